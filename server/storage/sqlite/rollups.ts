import type Database from 'better-sqlite3';
import { thirdOfDay } from '#shared/core/calendar.ts';
import { countsLength, gradeCount } from '#shared/core/histogram.ts';
import { countColumns } from './buckets.ts';
import type { Db } from './open.ts';

type Statement = Database.Statement<unknown[]>;

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
  readonly #readGrades;
  readonly #readAll;

  constructor(db: Db) {
    this.#readVersions = db.prepare('SELECT third, version FROM third_versions').raw();
    this.#readPlacements = db.prepare('SELECT id FROM placements').pluck();
    const read = (columns: string) =>
      db
        .prepare(
          `SELECT product, language, marked, ${columns} FROM counts WHERE level = ? AND placement = ? AND start = ?`,
        )
        .raw();
    this.#readGrades = read(`${grades.join(', ')}, ${smileys.join(' + ')}`);
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
    const rowsBy = (statement: Statement) => {
      const rows: [placement: number, row: number[]][] = [];
      for (const placement of this.#readPlacements.all() as number[])
        for (const row of statement.all(level, placement, start) as number[][]) rows.push([placement, row]);
      return rows;
    };
    let rows = rowsBy(this.#readGrades);
    let width = gradeCount;
    // Most municipalities ask no smileys: a third of the columns that need not be read.
    if (rows.some(([, row]) => row[3 + gradeCount] !== 0)) {
      rows = rowsBy(this.#readAll);
      width = countsLength;
    }
    const combination = new Uint32Array(rows.length);
    const counts = new Int32Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      const [placement, row] = rows[i]!;
      combination[i] = this.#number(placement, row[0]!, row[1]!, row[2]!);
      for (let c = 0; c < width; c++) counts[i * width + c] = row[3 + c]!;
    }
    return { version, width, combination, counts };
  }

  #number(placement: number, product: number, language: number, marked: number): number {
    const key = placement * 2 ** 32 + (product * 256 + language) * 2 + marked;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.combinations.push({ placement, product, language, marked }) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
