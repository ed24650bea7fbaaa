import { dayOf, slotOf } from '#shared/core/calendar.ts';
import { indexOfAnswer } from '#shared/core/histogram.ts';
import { textOfAnswers } from '../answers.ts';
import { type Addition, counts, type Entry, isMarked, type NewRating, type Outcome } from '../port.ts';
import { answerErrorsIn, questionnaireAt } from '../questionnaires.ts';
import { Counting } from './counting.ts';
import type { Db } from './db.ts';
import { keepRatings } from './keeping.ts';
import { type Post, type Rating, readRatings } from './rows.ts';
import { bumpSettings, type LoadedSettings, methodId, readSettings } from './settings.ts';
import type { Clock } from './work.ts';

const hexOf = (id: string): string => (id.length === 32 ? id : id.replaceAll('-', ''));
const receivedOf = ({ at, received_after }: Rating): number => at + received_after;

/** What is there already, as long as nothing says otherwise: placements by name, and months that have a table. */
interface Known {
  placements: Map<string, number>;
  months: Set<number>;
}

/** What one commit does: all entries are decided in memory, from the rows that are there, and then written at once. */
class Commit {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #counting: Counting;
  readonly #known: Known;
  readonly #touched = new Map<string, Rating>();
  readonly #events: { kind: string; rating: Rating }[] = [];
  settings: LoadedSettings;

  constructor(db: Db, clock: Clock, entries: number, settings: LoadedSettings, known: Known) {
    this.#db = db;
    this.#clock = clock;
    this.#counting = new Counting(entries);
    this.settings = settings;
    this.#known = known;
  }

  async write(entries: readonly Entry[]): Promise<Outcome[]> {
    const ids = [...new Set(entries.map(({ id }) => hexOf(id)))];
    const known = await readRatings(this.#db, ids);
    const outcomes: Outcome[] = [];
    for (const entry of entries) {
      const row = known.get(hexOf(entry.id));
      if (entry.kind === 'addition') outcomes.push(this.#addition(entry, row));
      else if (row) outcomes.push(this.#repeated(entry, row));
      else {
        const made = this.#make(entry, await this.#placementOf(entry));
        known.set(made.id, made);
        outcomes.push({ status: 'accepted', receivedAt: entry.receivedAt, comment: entry.comment });
      }
    }
    const { months } = this.#known;
    const rows = [...this.#touched.values()];
    await keepRatings(this.#db, this.#clock, rows, this.#events, { themes: this.settings.themes, months });
    await this.#counting.finish(this.#db, this.#clock);
    return outcomes;
  }

  #make(rating: NewRating, placement: number): Rating {
    const { grade, smiley, comment, at } = rating;
    const row: Rating = {
      ...{ id: hexOf(rating.id), seq: ++this.#clock.ratings, placement, touchpoint: rating.touchpoint },
      ...{ grade, smiley, at, marks: rating.marks, form: rating.form },
      product: this.#productId(rating.product),
      language: this.#languageId(rating.language),
      received_after: rating.receivedAt - at,
      given_after: rating.givenAt === null ? null : rating.givenAt - at,
      answers: textOfAnswers(rating.answers),
      ...{ comment, unread: false, first: null, was: null },
    };
    this.#touched.set(row.id, row);
    this.#events.push({ kind: 'received', rating: row });
    if (comment !== null) this.#events.push({ kind: 'comment', rating: row });
    this.#counting.answered(this.settings.serviceNorms, row, 1);
    if (counts(row.marks)) this.#count(row, row, 1);
    return row;
  }

  #count(row: Rating, { grade, smiley }: Pick<Post, 'grade' | 'smiley'>, count: 1 | -1): void {
    const { placement, product, language } = row;
    const marked = isMarked(row.marks);
    const index = indexOfAnswer({ grade, smiley });
    this.#counting.add({ slot: slotOf(row.at), placement, product, language, marked, index, count });
  }

  /** The same id again: the same content as first posted is a success, other content a conflict. */
  #repeated(rating: NewRating, row: Rating): Outcome {
    const first = row.first ?? row;
    const same =
      row.touchpoint === rating.touchpoint &&
      first.grade === rating.grade &&
      first.smiley === rating.smiley &&
      // Words that were kept as long as they may be are not there to compare with.
      (row.at < this.settings.kept.comments ||
        (first.answers === textOfAnswers(rating.answers) && first.comment === rating.comment)) &&
      (row.given_after === null ? null : row.at + row.given_after) === rating.givenAt &&
      row.form === rating.form &&
      (rating.productByDefault || row.product === this.#productId(rating.product)) &&
      row.language === this.#languageId(rating.language);
    return same
      ? { status: 'duplicate', receivedAt: receivedOf(row), comment: row.comment }
      : { status: 'conflict' };
  }

  #addition(addition: Addition, row: Rating | undefined): Outcome {
    if (!row || (addition.reach && !addition.reach.includes(row.touchpoint))) return { status: 'unknown' };
    if (addition.window !== null && addition.now - receivedOf(row) > addition.window)
      return { status: 'closed' };
    if (
      (addition.grade !== undefined && row.grade === null) ||
      (addition.smiley !== undefined && row.smiley === null)
    )
      return { status: 'other-scale' };
    if (addition.answers) {
      const asked = questionnaireAt(this.settings, row.touchpoint, row.form, row.at);
      const errors = answerErrorsIn(asked, addition.answers);
      if (errors.length > 0) return { status: 'other-questions', errors };
    }
    const was: Post = { grade: row.grade, smiley: row.smiley, answers: row.answers, comment: row.comment };
    const is: Post = {
      grade: addition.grade ?? was.grade,
      smiley: addition.smiley ?? was.smiley,
      answers: addition.answers === undefined ? was.answers : textOfAnswers(addition.answers),
      comment: addition.comment === undefined ? was.comment : addition.comment,
    };
    const regraded = is.grade !== was.grade || is.smiley !== was.smiley;
    if (!regraded && is.answers === was.answers && is.comment === was.comment)
      return { status: 'duplicate', receivedAt: receivedOf(row), comment: is.comment };

    row.first ??= was;
    if (is.answers !== was.answers) {
      this.#counting.answered(this.settings.serviceNorms, row, -1);
      this.#counting.answered(this.settings.serviceNorms, { ...row, answers: is.answers }, 1);
    }
    if (regraded && counts(row.marks)) {
      this.#count(row, was, -1);
      this.#count(row, is, 1);
    }
    Object.assign(row, is);
    this.#touched.set(row.id, row);
    if (regraded) this.#events.push({ kind: 'changed', rating: row });
    if (is.comment !== null && is.comment !== was.comment)
      this.#events.push({ kind: 'comment', rating: row });
    return { status: 'accepted', receivedAt: receivedOf(row), comment: is.comment };
  }

  #productId(key: string | null): number {
    return key === null ? 0 : (this.settings.productIds.get(key) ?? 0);
  }

  #languageId(key: string | null): number {
    return key === null ? 0 : (this.settings.languageIds.get(key) ?? 0);
  }

  /** The touchpoint at its location of that day, asked in its method version; made when it is new. */
  async #placementOf({ touchpoint, at, method }: NewRating): Promise<number> {
    const moves = this.settings.locations.get(touchpoint) ?? [];
    const day = moves.length > 1 ? dayOf(at) : 0;
    const location = (moves.find(({ since }) => since <= day) ?? moves.at(-1))?.location ?? '';
    const key = `${touchpoint}\n${location}\n${method ?? ''}`;
    const known = this.#known.placements.get(key);
    if (known !== undefined) return known;
    const id =
      method === undefined
        ? this.settings.currentMethod.get(touchpoint)
        : await methodId(this.#db, touchpoint, method);
    const find = 'SELECT id FROM placements WHERE touchpoint = $1 AND location = $2 AND method = $3';
    let placement = await this.#db.value<number>(find, [touchpoint, location, id]);
    if (placement === undefined) {
      placement = await this.#db.value<number>(
        'INSERT INTO placements (touchpoint, location, method) VALUES ($1, $2, $3) RETURNING id',
        [touchpoint, location, id],
      );
      await bumpSettings(this.#db);
      this.settings = await readSettings(this.#db);
    }
    this.#known.placements.set(key, placement!);
    return placement!;
  }
}

/** Writes entries, their roll-ups and the change that announces them. */
export class Writer {
  readonly #known: Known = { placements: new Map(), months: new Set() };
  #settings: LoadedSettings;

  constructor(settings: LoadedSettings) {
    this.#settings = settings;
  }

  use(settings: LoadedSettings): void {
    this.#settings = settings;
    this.#known.placements.clear();
    this.#known.months.clear();
  }

  /** All outcomes, in order. `settings` is set when they are others than those in use. Runs inside a transaction. */
  async write(
    db: Db,
    clock: Clock,
    entries: readonly Entry[],
  ): Promise<{ outcomes: Outcome[]; settings: LoadedSettings | null }> {
    const before = this.#settings;
    if (clock.settings !== before.version) this.use(await readSettings(db));
    try {
      const commit = new Commit(db, clock, entries.length, this.#settings, this.#known);
      const outcomes = await commit.write(entries);
      return { outcomes, settings: commit.settings === before ? null : commit.settings };
    } catch (error) {
      // What was made in this transaction is not there.
      this.use(before);
      throw error;
    }
  }
}
