import { thirdOfDay } from '#shared/core/calendar.ts';
import { countsLength, gradeCount } from '#shared/core/histogram.ts';
import { countColumns } from './buckets.ts';
import type { Db } from './open.ts';

/** What a row of counts is of; the same combination has the same number in every block. */
export interface Combination {
  placement: number;
  product: number;
  language: number;
  marked: number;
}

/** The roll-ups of one day or third on one level: `counts` holds `width` numbers per row, all or those of the grades. */
export interface Block {
  version: number;
  width: number;
  combination: Uint32Array;
  /** Below 0 in a row of open hours where something was taken away: rows of one combination add up. */
  counts: Int32Array;
}

const none: Block = {
  version: 0,
  width: gradeCount,
  combination: new Uint32Array(),
  counts: new Int32Array(),
};

/** So many rows stay in memory; most have 44 bytes. */
const rowsKept = 1_500_000;
const grades = countColumns.slice(0, gradeCount);
const smileys = countColumns.slice(gradeCount);

/** Of a row: product, language and mark in one number. */
const ofRow = '(product * 256 + language) * 2 + marked';
/**
 * Ten counts in one number, five bits each: most rows of a day or third have none above 31, and two columns of a row are read
 * in a quarter of the time that fourteen take. −1 for the others, and where somebody chose a smiley.
 */
const bits = 5;
const packed = `CASE WHEN (${grades.join(' | ')}) BETWEEN 0 AND 31 AND (${smileys.join(' | ')}) = 0
  THEN ${grades.map((column, i) => `(${column} << ${bits * i})`).join(' | ')} ELSE -1 END`;
/** Half of them: what bits can be taken from without losing any. */
const half = gradeCount / 2;

/**
 * Roll-ups kept in memory from the first question on: years of ratings are added up from these. What changed is read
 * anew, and no more. All calls for one question are in one read transaction.
 */
export class Rollups {
  readonly combinations: Combination[] = [];
  readonly #numbers = new Map<number, number>();
  /** By level and start; the ones used last are at the end. */
  readonly #kept = new Map<number, Block>();
  #rows = 0;
  #versions = new Map<number, number>();
  readonly #readVersions;
  readonly #readPlacements;
  readonly #readPacked;
  readonly #readAll;

  constructor(db: Db) {
    this.#readVersions = db.prepare('SELECT third, version FROM third_versions').raw();
    this.#readPlacements = db.prepare('SELECT id FROM placements').pluck();
    const read = (columns: string) =>
      db
        .prepare(`SELECT ${ofRow}, ${columns} FROM counts WHERE level = ? AND placement = ? AND start = ?`)
        .raw();
    this.#readPacked = read(packed);
    this.#readAll = read(countColumns.join(', '));
  }

  /** Looks what changed: once, before the blocks of a question. */
  refresh(): void {
    this.#versions = new Map(this.#readVersions.all() as [number, number][]);
  }

  /** The first and the last third that have roll-ups; null when there are none. */
  span(): { first: number; last: number } | null {
    if (this.#versions.size === 0) return null;
    let [first, last] = [Infinity, -Infinity];
    for (const third of this.#versions.keys()) {
      first = Math.min(first, third);
      last = Math.max(last, third);
    }
    return { first, last };
  }

  /** The roll-ups of one day or third. */
  block(level: number, unit: 'day' | 'third', start: number): Block {
    const version = this.#versions.get(unit === 'third' ? start : thirdOfDay(start));
    if (version === undefined) return none;
    const key = level * 2 ** 32 + start;
    const known = this.#kept.get(key);
    const block = known?.version === version ? known : this.#read(level, start, version);
    this.#kept.delete(key);
    this.#kept.set(key, block);
    this.#rows += block.combination.length - (known?.combination.length ?? 0);
    for (const [oldest, { combination }] of this.#kept) {
      if (this.#rows <= rowsKept || oldest === key) break;
      this.#kept.delete(oldest);
      this.#rows -= combination.length;
    }
    return block;
  }

  #read(level: number, start: number, version: number): Block {
    const parts = (this.#readPlacements.all() as number[]).map((placement) => {
      const rows = this.#readPacked.all(level, placement, start) as number[][];
      const whole = rows.some(([, counts]) => counts === -1);
      return {
        ...{ placement, whole },
        rows: whole ? (this.#readAll.all(level, placement, start) as number[][]) : rows,
      };
    });
    const smiled = parts.some(
      ({ whole, rows }) => whole && rows.some((row) => row.some((count, i) => i > gradeCount && count !== 0)),
    );
    const width = smiled ? countsLength : gradeCount;
    const length = parts.reduce((sum, { rows }) => sum + rows.length, 0);
    const combination = new Uint32Array(length);
    const counts = new Int32Array(length * width);
    let i = 0;
    for (const { placement, whole, rows } of parts)
      for (const row of rows) {
        const from = i * width;
        combination[i++] = this.#number(placement, row[0]!);
        if (whole) for (let c = 0; c < width; c++) counts[from + c] = row[1 + c]!;
        else {
          const low = row[1]! % 2 ** (bits * half);
          const high = Math.floor(row[1]! / 2 ** (bits * half));
          for (let c = 0; c < half; c++) {
            counts[from + c] = (low >> (bits * c)) & 31;
            counts[from + half + c] = (high >> (bits * c)) & 31;
          }
        }
      }
    return { version, width, combination, counts };
  }

  #number(placement: number, row: number): number {
    const key = placement * 2 ** 32 + row;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      const [product, language, marked] = [Math.floor(row / 512), Math.floor(row / 2) % 256, row % 2];
      number = this.combinations.push({ placement, product, language, marked }) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
