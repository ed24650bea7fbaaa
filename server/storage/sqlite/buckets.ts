import { countsLength, noCounts } from '#shared/core/histogram.ts';
import { levels, startIn } from '../levels.ts';
import type { Delta } from '../port.ts';
import type { Db } from './open.ts';

export const countColumns = [
  ...Array.from({ length: 10 }, (_, i) => `g${i + 1}`),
  ...Array.from({ length: 5 }, (_, i) => `s${i + 1}`),
];

/** Says that roll-ups of a third changed: who keeps them in memory reads them anew. */
export const touchThird =
  'INSERT INTO third_versions VALUES (?, 1) ON CONFLICT DO UPDATE SET version = version + 1';

interface Sum {
  start: number;
  product: number;
  language: number;
  marked: number;
  counts: number[];
}

/** Product, language and mark of a cell in the lower half of a key, the start in the upper: exact below 2 to the 53. */
const keyOf = (start: number, product: number, language: number, marked: number) =>
  start * 2 ** 32 + (product * 256 + language) * 2 + marked;

/**
 * Adds deltas to every roll-up: summed first, so that each row is written once per commit. Few of them go to
 * `open_buckets`, whose rows move to `buckets` when their hour, day or third is over; many at once, as of an import, go
 * to `buckets` themselves. What counts is the sum of both (decision 0016).
 */
export class BucketWriter {
  /** Per level, per placement, per cell. */
  readonly #sums = levels.map(() => new Map<number, Map<number, Sum>>());
  readonly #add;
  readonly #addOpen;
  readonly #move;
  readonly #dropMoved;
  readonly #touch;
  /** The newest hour that was written: until a newer one comes, nothing is over. */
  #newest = -Infinity;

  constructor(db: Db) {
    const values = Array.from({ length: 6 + countsLength }, () => '?').join(', ');
    const adding = `ON CONFLICT DO UPDATE SET ${countColumns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`;
    this.#add = db.prepare(`INSERT INTO buckets VALUES (${values}) ${adding}`);
    this.#addOpen = db.prepare(`INSERT INTO open_buckets VALUES (${values}) ${adding}`);
    this.#move = db.prepare(
      `INSERT INTO buckets SELECT * FROM open_buckets WHERE level = ? AND start < ? ${adding}`,
    );
    this.#dropMoved = db.prepare('DELETE FROM open_buckets WHERE level = ? AND start < ?');
    this.#touch = db.prepare(touchThird);
  }

  add({ slot, placement, product, language, marked, index, count }: Delta): void {
    for (const { level, detail, unit } of levels) {
      const cells = this.#sums[level]!;
      let ofPlacement = cells.get(placement);
      if (!ofPlacement) {
        ofPlacement = new Map();
        cells.set(placement, ofPlacement);
      }
      const start = startIn(unit, slot);
      const key = keyOf(start, detail ? product : 0, detail ? language : 0, Number(marked));
      let sum = ofPlacement.get(key);
      if (!sum) {
        sum = {
          start,
          product: detail ? product : 0,
          language: detail ? language : 0,
          marked: Number(marked),
          counts: noCounts(),
        };
        ofPlacement.set(key, sum);
      }
      sum.counts[index]! += count;
    }
  }

  flush({ many }: { many: boolean }): void {
    const thirds = new Set<number>();
    let newest = this.#newest;
    for (const { level, detail, unit } of levels)
      for (const [placement, cells] of this.#sums[level]!)
        for (const { start, product, language, marked, counts } of cells.values()) {
          const statement = many ? this.#add : this.#addOpen;
          statement.run(level, placement, start, product, language, marked, ...counts);
          if (unit === 'third' && !detail) thirds.add(start);
          if (unit === 'slot' && start > newest) newest = start;
        }
    for (const third of thirds) this.#touch.run(third);
    if (!many && newest > this.#newest) this.#moveBefore(newest);
    this.forget();
  }

  /** Also after a rolled-back transaction. */
  forget(): void {
    for (const cells of this.#sums) cells.clear();
  }

  #moveBefore(slot: number): void {
    for (const { level, unit } of levels) {
      const start = startIn(unit, slot);
      if (this.#move.run(level, start).changes > 0) this.#dropMoved.run(level, start);
    }
    this.#newest = slot;
  }
}
