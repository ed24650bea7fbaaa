import { slotOf } from '#shared/core/calendar.ts';
import { indexOfAnswer } from '#shared/core/histogram.ts';
import type { TrialRating, VoidRecord, VoidStore } from '../port/voids.ts';
import { counts, isMarked, mark } from '../port.ts';
import { Counting } from './counting.ts';
import { readNorms } from './norms.ts';
import type { RatingRow } from './rows.ts';
import type { Work } from './work.ts';

export class SqliteVoids implements VoidStore {
  readonly #work: Work;
  readonly #counting: Counting;
  readonly #moved: () => void;

  /** `moved` is called after a commit that moved a figure. */
  constructor(work: Work, moved: () => void) {
    this.#work = work;
    this.#counting = new Counting(work.db);
    this.#moved = moved;
  }

  async set(number: number, voided: VoidRecord | null) {
    const outcome = await this.#work.transaction(() => this.#set(number, voided));
    if (outcome === 'done') this.#moved();
    return outcome;
  }

  #set(number: number, voided: VoidRecord | null): 'done' | 'same' | 'unknown' {
    const { db } = this.#work;
    const row = db.prepare('SELECT * FROM ratings WHERE seq = ?').get(number) as RatingRow | undefined;
    if (!row) return 'unknown';
    if (Boolean(row.marks & mark.voided) === (voided !== null)) return 'same';
    const marks = row.marks ^ mark.voided;
    db.prepare('UPDATE ratings SET marks = ? WHERE seq = ?').run(marks, number);
    if (voided)
      db.prepare('INSERT OR REPLACE INTO voids VALUES (?, ?, ?, ?)').run(
        number,
        voided.reason,
        voided.by,
        voided.at,
      );
    else db.prepare('DELETE FROM voids WHERE seq = ?').run(number);
    this.#counting.begin(1);
    const norms = readNorms(db);
    this.#counting.answered(norms, row, -1);
    this.#counting.answered(norms, { ...row, marks }, 1);
    if (counts(row.marks) !== counts(marks))
      this.#counting.add({
        slot: slotOf(row.at),
        placement: row.placement,
        product: row.product,
        language: row.language,
        marked: isMarked(row.marks),
        index: indexOfAnswer(row),
        count: voided ? -1 : 1,
      });
    this.#counting.finish();
    return 'done';
  }

  async placementOf(number: number) {
    const found = this.#work.db.prepare('SELECT placement FROM ratings WHERE seq = ?').pluck().get(number);
    return (found as number | undefined) ?? null;
  }

  async find(number: number) {
    const found = this.#work.db.prepare('SELECT reason, by, at FROM voids WHERE seq = ?').get(number);
    return (found as VoidRecord | undefined) ?? null;
  }

  async trialRatings(touchpoint: string, most: number) {
    return this.#work.db
      .prepare(
        `SELECT r.seq AS number, r.at, r.grade, r.smiley, l.key AS language, r.form, r.answers, c.text AS comment
         FROM ratings r LEFT JOIN comments c ON c.seq = r.seq LEFT JOIN languages l ON l.id = r.language
         WHERE r.marks & 8 AND r.placement IN (SELECT id FROM placements WHERE touchpoint = ?)
         ORDER BY r.seq DESC LIMIT ?`,
      )
      .all(touchpoint, most) as TrialRating[];
  }
}
