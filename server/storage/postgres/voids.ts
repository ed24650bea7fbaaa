import { slotOf } from '#shared/core/calendar.ts';
import { indexOfAnswer } from '#shared/core/histogram.ts';
import type { TrialRating, VoidRecord, VoidStore } from '../port/voids.ts';
import { counts, isMarked, mark } from '../port.ts';
import { Counting } from './counting.ts';
import type { Db } from './db.ts';
import { readNorms } from './norms.ts';
import type { Clock, Work } from './work.ts';

interface Row {
  seq: number;
  at: number;
  placement: number;
  product: number;
  language: number;
  grade: number | null;
  smiley: number | null;
  marks: number;
  answers: string | null;
}
const select = `SELECT r.* FROM rating_numbers n JOIN ratings r ON r.seq = n.seq AND r.at = n.at WHERE n.seq = $1`;

export class PostgresVoids implements VoidStore {
  readonly #work: Work;
  readonly #moved: () => void;

  /** `moved` is called after a commit that moved a figure. */
  constructor(work: Work, moved: () => void) {
    this.#work = work;
    this.#moved = moved;
  }

  async set(number: number, voided: VoidRecord | null) {
    const outcome = await this.#work.transaction((db, clock) => this.#set(db, clock, number, voided));
    if (outcome === 'done') this.#moved();
    return outcome;
  }

  async #set(
    db: Db,
    clock: Clock,
    number: number,
    voided: VoidRecord | null,
  ): Promise<'done' | 'same' | 'unknown'> {
    const row = await db.get<Row>(select, [number]);
    if (!row) return 'unknown';
    if (Boolean(row.marks & mark.voided) === (voided !== null)) return 'same';
    const marks = row.marks ^ mark.voided;
    await db.run('UPDATE ratings SET marks = $1 WHERE seq = $2 AND at = $3', [marks, number, row.at]);
    await db.run('DELETE FROM voids WHERE seq = $1', [number]);
    if (voided)
      await db.run('INSERT INTO voids VALUES ($1, $2, $3, $4)', [
        number,
        voided.reason,
        voided.by,
        voided.at,
      ]);
    const counting = new Counting(1);
    const norms = await readNorms(db);
    counting.answered(norms, row, -1);
    counting.answered(norms, { ...row, marks }, 1);
    if (counts(row.marks) !== counts(marks))
      counting.add({
        slot: slotOf(row.at),
        placement: row.placement,
        product: row.product,
        language: row.language,
        marked: isMarked(row.marks),
        index: indexOfAnswer(row),
        count: voided ? -1 : 1,
      });
    await counting.write(db, clock);
    return 'done';
  }

  async placementOf(number: number) {
    return (await this.#work.db.get<Row>(select, [number]))?.placement ?? null;
  }

  async find(number: number) {
    const found = await this.#work.db.get<VoidRecord>('SELECT reason, "by", at FROM voids WHERE seq = $1', [
      number,
    ]);
    return found ?? null;
  }

  trialRatings(touchpoint: string, most: number): Promise<TrialRating[]> {
    return this.#work.db.all(
      `SELECT r.seq AS number, r.at, r.grade, r.smiley, l.key AS language, r.form, r.answers, c.text AS comment
       FROM ratings r LEFT JOIN comments c ON c.seq = r.seq LEFT JOIN languages l ON l.id = r.language
       WHERE (r.marks & ${mark.trial}) <> 0
         AND r.placement = ANY(ARRAY(SELECT id FROM placements WHERE touchpoint = $1))
       ORDER BY r.seq DESC LIMIT $2`,
      [touchpoint, most],
    );
  }
}
