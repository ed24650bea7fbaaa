import { countsLength, noCounts } from '#shared/core/histogram.ts';
import type { Delta } from '../port.ts';
import { levels, startIn } from './levels.ts';
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

/** Adds deltas to every roll-up: summed first, so that each row is written once per commit. */
export class BucketWriter {
  /** Per level, per placement, per cell. */
  readonly #sums = levels.map(() => new Map<number, Map<number, Sum>>());
  readonly #upsert;
  readonly #touch;

  constructor(db: Db) {
    const values = Array.from({ length: 6 + countsLength }, () => '?').join(', ');
    const adding = countColumns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ');
    this.#upsert = db.prepare(`INSERT INTO buckets VALUES (${values}) ON CONFLICT DO UPDATE SET ${adding}`);
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

  flush(): void {
    const thirds = new Set<number>();
    for (const { level, detail, unit } of levels)
      for (const [placement, cells] of this.#sums[level]!)
        for (const { start, product, language, marked, counts } of cells.values()) {
          this.#upsert.run(level, placement, start, product, language, marked, ...counts);
          if (unit === 'third' && !detail) thirds.add(start);
        }
    for (const third of thirds) this.#touch.run(third);
    this.forget();
  }

  /** Also after a rolled-back transaction. */
  forget(): void {
    for (const cells of this.#sums) cells.clear();
  }
}
