import { countsLength, noCounts } from '#shared/core/histogram.ts';
import { changesKept, packDelta, tellAtMost } from '../deltas.ts';
import { levels, startIn } from '../levels.ts';
import type { Delta, Settings } from '../port.ts';
import { columnsOf, type Db } from './db.ts';
import { addNorms, type NormSum, NormSums } from './norms.ts';
import type { Clock } from './work.ts';

export const countColumns = [
  ...Array.from({ length: 10 }, (_, i) => `g${i + 1}`),
  ...Array.from({ length: 5 }, (_, i) => `s${i + 1}`),
];
export const bucketKey = ['level', 'placement', 'start', 'product', 'language', 'marked'];
const adding = countColumns.map((column) => `${column} = buckets.${column} + excluded.${column}`).join(', ');
export const bucketWidth = bucketKey.length + countsLength;
/** Arrays as parameters of a statement, from this number on. */
export const arraysFrom = (first: number): string =>
  Array.from({ length: bucketWidth }, (_, i) => `$${first + i}::int[]`).join(', ');
export const onBucket = `ON CONFLICT (${bucketKey.join(', ')}) DO UPDATE SET ${adding}`;
const add = `INSERT INTO buckets SELECT * FROM unnest(${arraysFrom(1)}) ${onBucket}`;

/** A row of `buckets`: its key and its counts. */
export type BucketRow = number[];
const inOrder = (a: BucketRow, b: BucketRow): number => {
  for (let i = 0; i < bucketKey.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
};

/** Adds rows to the roll-ups, always in the same order: two that write at once cannot wait for each other. */
export async function addBuckets(db: Db, rows: BucketRow[]): Promise<void> {
  await db.run(add, bucketColumns(rows), true);
}
const columns = Array.from({ length: bucketWidth }, (_, i) => (row: BucketRow) => row[i]);
export const bucketColumns = (rows: BucketRow[]): unknown[][] => columnsOf(rows.sort(inOrder), ...columns);

/** What a commit adds to the figures, and how it is announced: null when it is too much to tell. */
export interface Counted {
  buckets: BucketRow[];
  norms: NormSum[];
  deltas: string | null;
}

/** Moves figures inside one transaction: every roll-up, and the change that announces them. */
export class Counting {
  readonly #cells = new Map<string, Delta>();
  readonly #norms = new NormSums();
  readonly #telling: boolean;

  constructor(entries: number) {
    this.#telling = entries <= tellAtMost;
  }

  add(delta: Delta): void {
    const { slot, placement, product, language, marked, index } = delta;
    const key = `${slot} ${placement} ${product} ${language} ${marked} ${index}`;
    const known = this.#cells.get(key);
    if (known) known.count += delta.count;
    else this.#cells.set(key, { ...delta });
  }

  /** What a rating answered to the questions of service norms, more or less by one. */
  answered(norms: Settings['serviceNorms'], ...rating: [Parameters<NormSums['add']>[1], 1 | -1]): void {
    this.#norms.add(norms, ...rating);
  }

  result(): Counted {
    const tooMuch = !this.#telling || this.#cells.size > tellAtMost;
    const deltas = tooMuch ? null : JSON.stringify([...this.#cells.values()].map(packDelta));
    return { buckets: this.#rows(), norms: this.#norms.values(), deltas };
  }

  /** Runs inside a transaction. */
  async write(db: Db, clock: Clock): Promise<void> {
    const { buckets, norms, deltas } = this.result();
    await addNorms(db, norms);
    if (buckets.length === 0) return;
    await addBuckets(db, buckets);
    await announce(db, clock, deltas);
  }

  #rows(): BucketRow[] {
    const sums = new Map<string, BucketRow>();
    for (const { slot, placement, product, language, marked, index, count } of this.#cells.values())
      for (const { level, detail, unit } of levels) {
        const of = detail ? [product, language] : [0, 0];
        const row = [level, placement, startIn(unit, slot), ...of, Number(marked)];
        const key = row.join(' ');
        let sum = sums.get(key);
        if (!sum) {
          sum = [...row, ...noCounts()];
          sums.set(key, sum);
        }
        sum[bucketKey.length + index]! += count;
      }
    return [...sums.values()];
  }
}

/** The next change. Runs inside a transaction, whose lock keeps the numbers in the order of the commits. */
export async function announce(db: Db, clock: Clock, deltas: string | null): Promise<void> {
  clock.changes++;
  await db.run(
    `WITH told AS (INSERT INTO changes VALUES ($1, $2)) UPDATE clock SET changes = $1`,
    [clock.changes, deltas],
    true,
  );
  if (clock.changes % 1000 === 0)
    await db.run('DELETE FROM changes WHERE sequence <= $1', [clock.changes - changesKept]);
}
