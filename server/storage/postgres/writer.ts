import { dayOf, slotOf } from '#shared/core/calendar.ts';
import { indexOfAnswer } from '#shared/core/histogram.ts';
import { textOfAnswers } from '../answers.ts';
import { type Addition, counts, type Entry, isMarked, type NewRating, type Outcome } from '../port.ts';
import { answerErrorsIn, questionnaireAt } from '../questionnaires.ts';
import { change, keepFirst } from './changing.ts';
import { Counting } from './counting.ts';
import type { Db } from './db.ts';
import { type Kept, keepAll, valuesOf } from './keeping.ts';
import { makeMonths, monthOf } from './partitions.ts';
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

/** What one commit does, decided in memory from the rows that are there. */
class Commit {
  /** Number of the last rating. */
  #last: number;
  readonly #counting: Counting;
  readonly #placements: ReadonlyMap<string, number>;
  readonly #touched = new Map<string, Rating>();
  readonly #events: { kind: string; rating: Rating }[] = [];
  readonly #settings: LoadedSettings;

  constructor(last: number, entries: number, settings: LoadedSettings, { placements }: Known) {
    this.#last = last;
    this.#counting = new Counting(entries);
    this.#settings = settings;
    this.#placements = placements;
  }

  /** All outcomes, in order; what is there by id is added to. */
  decide(entries: readonly Entry[], there: Map<string, Rating>): Outcome[] {
    return entries.map((entry) => {
      const row = there.get(hexOf(entry.id));
      if (entry.kind === 'addition') return this.#addition(entry, row);
      if (row) return this.#repeated(entry, row);
      const made = this.#make(entry, this.#placements.get(placeOf(this.#settings, entry).name)!);
      there.set(made.id, made);
      return { status: 'accepted', receivedAt: entry.receivedAt, comment: entry.comment };
    });
  }

  /** What is to be written. */
  get kept(): Kept & { touched: readonly Rating[] } {
    const touched = [...this.#touched.values()];
    return {
      touched,
      made: touched.filter(({ was }) => was === null),
      said: touched.filter(({ was, comment }) => comment !== null && (was?.comment ?? null) === null),
      events: this.#events,
      counted: this.#counting.result(),
    };
  }

  #make(rating: NewRating, placement: number): Rating {
    const { grade, smiley, comment, at } = rating;
    const row: Rating = {
      ...{ id: hexOf(rating.id), seq: ++this.#last, placement, touchpoint: rating.touchpoint },
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
    this.#counting.answered(this.#settings.serviceNorms, row, 1);
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
      (row.at < this.#settings.kept.comments ||
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
      const asked = questionnaireAt(this.#settings, row.touchpoint, row.form, row.at);
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
      this.#counting.answered(this.#settings.serviceNorms, row, -1);
      this.#counting.answered(this.#settings.serviceNorms, { ...row, answers: is.answers }, 1);
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
    return key === null ? 0 : (this.#settings.productIds.get(key) ?? 0);
  }

  #languageId(key: string | null): number {
    return key === null ? 0 : (this.#settings.languageIds.get(key) ?? 0);
  }
}

/** The touchpoint at its location of that day, asked in its method version. */
function placeOf(settings: LoadedSettings, { touchpoint, at, method }: NewRating) {
  const moves = settings.locations.get(touchpoint) ?? [];
  const day = moves.length > 1 ? dayOf(at) : 0;
  const location = (moves.find(({ since }) => since <= day) ?? moves.at(-1))?.location ?? '';
  return { name: `${touchpoint}\n${location}\n${method ?? ''}`, location };
}

/** Writes entries, their roll-ups and the change that announces them. */
export class Writer {
  readonly #known: Known = { placements: new Map(), months: new Set() };
  #settings: LoadedSettings;

  constructor(settings: LoadedSettings) {
    this.#settings = settings;
  }

  /** Also after a transaction that failed: what was made in it is not there. */
  use(settings: LoadedSettings): void {
    this.#settings = settings;
    this.#known.placements.clear();
    this.#known.months.clear();
  }

  /**
   * New ratings of which nothing has to be looked up: the values of `keepAll`, and the outcomes when that returns a row.
   * Null when they have to be written otherwise.
   */
  quick(entries: readonly Entry[]): { values: unknown[]; outcomes: Outcome[] } | null {
    const { placements, months } = this.#known;
    const ids = new Set<string>();
    for (const entry of entries) {
      if (entry.kind === 'addition' || !months.has(monthOf(entry.at))) return null;
      if (!placements.has(placeOf(this.#settings, entry).name)) return null;
      ids.add(hexOf(entry.id));
    }
    if (ids.size < entries.length) return null;
    const clock = { ratings: 0, changes: 0, settings: this.#settings.version };
    const commit = new Commit(clock.ratings, entries.length, this.#settings, this.#known);
    const outcomes = commit.decide(entries, new Map());
    return { outcomes, values: valuesOf(commit.kept, clock) };
  }

  /** All outcomes, in order. `settings` is set when they are others than those in use. Runs inside a transaction. */
  async write(
    db: Db,
    clock: Clock,
    entries: readonly Entry[],
  ): Promise<{ outcomes: Outcome[]; settings: LoadedSettings | null }> {
    const before = this.#settings;
    if (clock.settings !== before.version) this.use(await readSettings(db));
    const ids = new Set(entries.map(({ id }) => hexOf(id)));
    const there = await readRatings(db, [...ids]);
    for (const entry of entries)
      if (entry.kind === 'rating' && ids.delete(hexOf(entry.id)) && !there.has(hexOf(entry.id)))
        await this.#findPlace(db, entry);
    const commit = new Commit(clock.ratings, entries.length, this.#settings, this.#known);
    const outcomes = commit.decide(entries, there);
    await this.#keep(db, { ...clock, settings: this.#settings.version }, commit.kept);
    return { outcomes, settings: this.#settings === before ? null : this.#settings };
  }

  async #keep(db: Db, clock: Clock, { touched, ...kept }: Commit['kept']): Promise<void> {
    if (touched.length === 0) return;
    await this.#ensureMonths(db, kept.made);
    await keepFirst(
      db,
      touched.filter(({ first, was }) => first !== null && !was?.first),
    );
    if (!(await db.get(keepAll, valuesOf(kept, clock), true))) throw new Error('Nothing was written.');
    await change(
      db,
      touched.filter(({ was }) => was !== null),
      this.#settings.themes,
    );
  }

  /** A month is new once in thirty days, but a file of old ratings holds many. */
  async #ensureMonths(db: Db, made: readonly Rating[]): Promise<void> {
    const { months } = this.#known;
    const missing = [...new Set(made.map(({ at }) => monthOf(at)))].filter((month) => !months.has(month));
    if (missing.length === 0) return;
    await makeMonths(db, missing);
    for (const month of missing) months.add(month);
  }

  /** Makes a placement that is new. */
  async #findPlace(db: Db, rating: NewRating): Promise<void> {
    const { placements } = this.#known;
    const { name, location } = placeOf(this.#settings, rating);
    if (placements.has(name)) return;
    const { touchpoint, method } = rating;
    const id =
      method === undefined
        ? this.#settings.currentMethod.get(touchpoint)
        : await methodId(db, touchpoint, method);
    const find = 'SELECT id FROM placements WHERE touchpoint = $1 AND location = $2 AND method = $3';
    let placement = await db.value<number>(find, [touchpoint, location, id]);
    if (placement === undefined) {
      placement = await db.value<number>(
        'INSERT INTO placements (touchpoint, location, method) VALUES ($1, $2, $3) RETURNING id',
        [touchpoint, location, id],
      );
      await bumpSettings(db);
      this.#settings = await readSettings(db);
    }
    placements.set(name, placement!);
  }
}
