import { dayOf, slotOf } from '#shared/core/calendar.ts';
import { indexOfAnswer } from '#shared/core/histogram.ts';
import { textOfAnswers } from '../answers.ts';
import { type Addition, counts, type Entry, isMarked, type NewRating, type Outcome } from '../port.ts';
import { answerErrorsIn, questionnaireAt } from '../questionnaires.ts';
import { Counting } from './counting.ts';
import type { Db } from './open.ts';
import { bytesOfId, type RatingRow, receivedOf } from './rows.ts';
import { bumpSettings, type LoadedSettings, readSettings } from './settings.ts';
import { readWith } from './words.ts';

/** Writes entries, their roll-ups and the change that announces them. Runs inside one transaction. */
export class Writer {
  readonly #db: Db;
  readonly #counting: Counting;
  #settings: LoadedSettings;
  readonly #placements = new Map<string, number>();

  readonly #insert;
  readonly #find;
  readonly #commentOf;
  readonly #keepFirst;
  readonly #firstPost;
  readonly #update;
  readonly #touchpointOf;
  readonly #setComment;
  readonly #dropComment;

  constructor(db: Db, settings: LoadedSettings) {
    this.#db = db;
    this.#settings = settings;
    this.#counting = new Counting(db);
    readWith(db, settings.themes);
    this.#insert = db.prepare(
      `INSERT INTO ratings (id, placement, grade, smiley, product, language, form, at, received_after, given_after, marks, answers)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#find = db.prepare('SELECT * FROM ratings WHERE id = ?');
    this.#commentOf = db.prepare('SELECT text FROM comments WHERE seq = ?').pluck();
    this.#keepFirst = db.prepare('INSERT INTO first_posts VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#firstPost = db.prepare('SELECT grade, smiley, answers, comment FROM first_posts WHERE seq = ?');
    this.#touchpointOf = db.prepare('SELECT touchpoint FROM placements WHERE id = ?').pluck();
    this.#update = db.prepare('UPDATE ratings SET grade = ?, smiley = ?, answers = ? WHERE seq = ?');
    this.#setComment = db.prepare(
      'INSERT INTO comments VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
    );
    this.#dropComment = db.prepare('DELETE FROM comments WHERE seq = ?');
  }

  use(settings: LoadedSettings): void {
    this.#settings = settings;
    readWith(this.#db, settings.themes);
    this.#placements.clear();
  }

  /** All outcomes, in order. `settings` is set when a new placement or method came to be. */
  write(entries: readonly Entry[]): { outcomes: Outcome[]; settings: LoadedSettings | null } {
    this.#counting.begin(entries.length);
    const before = this.#settings;
    const outcomes = entries.map((entry) =>
      entry.kind === 'rating' ? this.#rating(entry) : this.#addition(entry),
    );
    this.#counting.finish();
    return { outcomes, settings: this.#settings === before ? null : this.#settings };
  }

  #rating(rating: NewRating): Outcome {
    const { grade, smiley, comment } = rating;
    const placement = this.#placementOf(rating);
    const product = rating.product === null ? 0 : this.#productId(rating.product);
    const language = rating.language === null ? 0 : (this.#settings.languageIds.get(rating.language) ?? 0);
    const answers = textOfAnswers(rating.answers);
    const id = bytesOfId(rating.id);
    const done = this.#insert.run(
      id,
      placement,
      grade,
      smiley,
      product,
      language,
      rating.form,
      rating.at,
      rating.receivedAt - rating.at,
      rating.givenAt === null ? null : rating.givenAt - rating.at,
      rating.marks,
      answers,
    );
    if (done.changes === 0) return this.#repeated(rating, this.#find.get(id) as RatingRow);
    this.#counting.answered(this.#settings.serviceNorms, { ...rating, placement, answers }, 1);
    if (comment !== null) this.#setComment.run(done.lastInsertRowid, rating.at, placement, comment);
    if (counts(rating.marks))
      this.#counting.add({
        slot: slotOf(rating.at),
        placement,
        product,
        language,
        marked: isMarked(rating.marks),
        index: indexOfAnswer(rating),
        count: 1,
      });
    return { status: 'accepted', receivedAt: rating.receivedAt, comment };
  }

  /** The same id again: the same content as first posted is a success, other content a conflict. */
  #repeated(rating: NewRating, row: RatingRow): Outcome {
    const now = (this.#commentOf.get(row.seq) as string | undefined) ?? null;
    const first = (this.#firstPost.get(row.seq) as
      | { grade: number | null; smiley: number | null; answers: string | null; comment: string | null }
      | undefined) ?? {
      grade: row.grade,
      smiley: row.smiley,
      answers: row.answers,
      comment: now,
    };
    const touchpoint = this.#touchpointOf.get(row.placement);
    const same =
      touchpoint === rating.touchpoint &&
      first.grade === rating.grade &&
      first.smiley === rating.smiley &&
      // Words that were kept as long as they may be are not there to compare with.
      (row.at < this.#settings.kept.comments ||
        (first.answers === textOfAnswers(rating.answers) && first.comment === rating.comment)) &&
      (row.given_after === null ? null : row.at + row.given_after) === rating.givenAt &&
      row.form === rating.form &&
      (rating.productByDefault ||
        row.product === (rating.product === null ? 0 : this.#productId(rating.product))) &&
      row.language ===
        (rating.language === null ? 0 : (this.#settings.languageIds.get(rating.language) ?? 0));
    return same ? { status: 'duplicate', receivedAt: receivedOf(row), comment: now } : { status: 'conflict' };
  }

  #addition(addition: Addition): Outcome {
    const row = this.#find.get(bytesOfId(addition.id)) as RatingRow | undefined;
    if (!row) return { status: 'unknown' };
    const touchpoint = this.#touchpointOf.get(row.placement) as string;
    if (addition.reach && !addition.reach.includes(touchpoint)) return { status: 'unknown' };
    if (addition.window !== null && addition.now - receivedOf(row) > addition.window)
      return { status: 'closed' };
    if (
      (addition.grade !== undefined && row.grade === null) ||
      (addition.smiley !== undefined && row.smiley === null)
    )
      return { status: 'other-scale' };
    if (addition.answers) {
      const asked = questionnaireAt(this.#settings, touchpoint, row.form, row.at);
      const errors = answerErrorsIn(asked, addition.answers);
      if (errors.length > 0) return { status: 'other-questions', errors };
    }

    const had = (this.#commentOf.get(row.seq) as string | undefined) ?? null;
    const grade = addition.grade ?? row.grade;
    const smiley = addition.smiley ?? row.smiley;
    const answers = addition.answers === undefined ? row.answers : textOfAnswers(addition.answers);
    const comment = addition.comment === undefined ? had : addition.comment;
    if (grade === row.grade && smiley === row.smiley && answers === row.answers && comment === had)
      return { status: 'duplicate', receivedAt: receivedOf(row), comment };

    this.#keepFirst.run(row.seq, row.grade, row.smiley, row.answers, had);
    this.#update.run(grade, smiley, answers, row.seq);
    if (comment === null) this.#dropComment.run(row.seq);
    else if (comment !== had) this.#setComment.run(row.seq, row.at, row.placement, comment);
    if (answers !== row.answers) {
      this.#counting.answered(this.#settings.serviceNorms, row, -1);
      this.#counting.answered(this.#settings.serviceNorms, { ...row, answers }, 1);
    }
    const was = indexOfAnswer(row);
    const is = indexOfAnswer({ grade, smiley });
    if (was !== is && counts(row.marks)) {
      const cell = {
        slot: slotOf(row.at),
        placement: row.placement,
        product: row.product,
        language: row.language,
        marked: isMarked(row.marks),
      };
      this.#counting.add({ ...cell, index: was, count: -1 });
      this.#counting.add({ ...cell, index: is, count: 1 });
    }
    return { status: 'accepted', receivedAt: receivedOf(row), comment };
  }

  #productId(key: string): number {
    return this.#settings.productIds.get(key) ?? 0;
  }

  /** The touchpoint at its location of that day, asked in its method version; made when it is new. */
  #placementOf({ touchpoint, at, method }: NewRating): number {
    const moves = this.#settings.locations.get(touchpoint) ?? [];
    const day = moves.length > 1 ? dayOf(at) : 0;
    const location = (moves.find(({ since }) => since <= day) ?? moves.at(-1))?.location ?? '';
    const key = `${touchpoint}\n${location}\n${method ?? ''}`;
    const known = this.#placements.get(key);
    if (known !== undefined) return known;
    const methodId =
      method === undefined
        ? this.#settings.currentMethod.get(touchpoint)
        : this.#methodId(touchpoint, method);
    const find = this.#db
      .prepare('SELECT id FROM placements WHERE touchpoint = ? AND location = ? AND method = ?')
      .pluck();
    let id = find.get(touchpoint, location, methodId) as number | undefined;
    if (id === undefined) {
      const add = this.#db.prepare('INSERT INTO placements (touchpoint, location, method) VALUES (?, ?, ?)');
      id = Number(add.run(touchpoint, location, methodId).lastInsertRowid);
      bumpSettings(this.#db);
      this.#settings = readSettings(this.#db);
    }
    this.#placements.set(key, id);
    return id;
  }

  #methodId(touchpoint: string, label: string): number {
    this.#db
      .prepare('INSERT INTO methods (touchpoint, label) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(touchpoint, label);
    return this.#db
      .prepare('SELECT id FROM methods WHERE touchpoint = ? AND label = ?')
      .pluck()
      .get(touchpoint, label) as number;
  }
}
