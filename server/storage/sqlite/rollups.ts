import { firstDayOfThird, thirdOfDay } from '#shared/core/calendar.ts';
import { countsLength, gradeCount } from '#shared/core/histogram.ts';
import { levels } from '../levels.ts';
import { countColumns } from './buckets.ts';
import type { Db } from './open.ts';

/** What a row of counts is of; the same combination has the same number in every block. */
export interface Combination {
  placement: number;
  product: number;
  language: number;
  marked: number;
}

/** The roll-ups of one day or third on one level. Rows of one combination add up. */
export interface Block {
  version: number;
  /** Rows of grades with counts below 32: the first five counts in `low`, five bits each, the others in `high`. */
  packed: { combination: Uint32Array; low: Uint32Array; high: Uint32Array };
  /** The others, `countsLength` counts each; below 0 in a row of open hours where something was taken away. */
  whole: { combination: Uint32Array; counts: Int32Array };
}

const blockOf = (version: number, packed: number, whole: number): Block => ({
  version,
  packed: {
    combination: new Uint32Array(packed),
    low: new Uint32Array(packed),
    high: new Uint32Array(packed),
  },
  whole: { combination: new Uint32Array(whole), counts: new Int32Array(whole * countsLength) },
});
const none = blockOf(0, 0, 0);
const rowsOf = ({ packed, whole }: Block): number => packed.combination.length + whole.combination.length;

/** So many rows stay in memory; most have 12 bytes. */
const rowsKept = 6_000_000;
const grades = countColumns.slice(0, gradeCount);
const smileys = countColumns.slice(gradeCount);

/** What a block covers: also so many thirds at once, which are added up once and not in every question about a year. */
export type Span = 'day' | 'third' | 'thirds';
export const thirdsAtOnce = 9;

const keyOf = (level: number, unit: Span, start: number): number =>
  (unit === 'thirds' ? level + levels.length : level) * 2 ** 32 + start;
/** What is read ahead leaves room for what is asked. */
const roomAhead = 0.8;

/** Of a row: product, language and mark in one number. */
const ofRow = '(product * 256 + language) * 2 + marked';
/**
 * Ten counts in one number, five bits each: most rows of a day or third have none above 31, and two columns of a row are read
 * in a quarter of the time that fourteen take. −1 for the others, and where somebody chose a smiley.
 */
const bits = 5;
const most = 2 ** bits - 1;
const packed = `CASE WHEN (${grades.join(' | ')}) BETWEEN 0 AND ${most} AND (${smileys.join(' | ')}) = 0
  THEN ${grades.map((column, i) => `(${column} << ${bits * i})`).join(' | ')} ELSE -1 END`;
/** What half of the counts takes: bits can be taken from a number of 32 without losing any. */
const half = 2 ** ((bits * gradeCount) / 2);

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
  #ahead: Generator<{ level: number; unit: 'day' | 'third'; start: number }> | null = null;
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

  /** The roll-ups of one day or third, or of the thirds that begin with one. */
  block(level: number, unit: Span, start: number): Block {
    const version = this.#versionOf(unit, start);
    if (version === 0) return none;
    const key = keyOf(level, unit, start);
    const known = this.#kept.get(key);
    const block =
      known?.version === version
        ? known
        : unit === 'thirds'
          ? this.#sum(level, start, version)
          : this.#read(level, start, version);
    this.#kept.delete(key);
    this.#kept.set(key, block);
    this.#rows += rowsOf(block) - (known ? rowsOf(known) : 0);
    for (const [oldest, other] of this.#kept) {
      if (this.#rows <= rowsKept || oldest === key) break;
      this.#kept.delete(oldest);
      this.#rows -= rowsOf(other);
    }
    return block;
  }

  /**
   * Reads one block that nobody asked for yet, as long as there is room: thirds before days, the newest first. False when
   * nothing is left to read.
   */
  prepare(): boolean {
    this.#ahead ??= this.#newestFirst();
    while (this.#rows < rowsKept * roomAhead) {
      const { done, value } = this.#ahead.next();
      if (done) return false;
      if (this.#kept.has(keyOf(value.level, value.unit, value.start))) continue;
      this.block(value.level, value.unit, value.start);
      return true;
    }
    return false;
  }

  *#newestFirst(): Generator<{ level: number; unit: 'day' | 'third'; start: number }> {
    this.refresh();
    const span = this.span();
    if (!span) return;
    const days = { first: firstDayOfThird(span.first), last: firstDayOfThird(span.last + 1) - 1 };
    for (const unit of ['third', 'day'] as const) {
      const { first, last } = unit === 'third' ? span : days;
      for (let start = last; start >= first; start--)
        for (const { level } of levels.filter((level) => level.unit === unit)) yield { level, unit, start };
    }
  }

  /** Rises with every change; 0 where nothing ever was. */
  #versionOf(unit: Span, start: number): number {
    if (unit !== 'thirds') return this.#versions.get(unit === 'third' ? start : thirdOfDay(start)) ?? 0;
    let sum = 0;
    for (let i = 0; i < thirdsAtOnce; i++) sum += this.#versions.get(start + i) ?? 0;
    return sum;
  }

  #sum(level: number, start: number, version: number): Block {
    const thirds = Array.from({ length: thirdsAtOnce }, (_, i) => this.block(level, 'third', start + i));
    const targets = new Int32Array(this.combinations.length).fill(notAsked);
    const found: number[] = [];
    for (const { packed, whole } of thirds)
      for (const numbers of [packed.combination, whole.combination])
        for (const number of numbers)
          if (targets[number] === notAsked) targets[number] = (found.push(number) - 1) * countsLength;
    const block = blockOf(version, 0, found.length);
    block.whole.combination.set(found);
    for (const third of thirds) addBlock(third, 1, targets, block.whole.counts);
    return block;
  }

  #read(level: number, start: number, version: number): Block {
    const parts = (this.#readPlacements.all() as number[]).map((placement) => {
      const rows = this.#readPacked.all(level, placement, start) as number[][];
      const fits = rows.every(([, counts]) => counts !== -1);
      return {
        ...{ placement, fits },
        rows: fits ? rows : (this.#readAll.all(level, placement, start) as number[][]),
      };
    });
    const rowsThat = (fit: boolean) =>
      parts.reduce((sum, { fits, rows }) => sum + (fits === fit ? rows.length : 0), 0);
    const block = blockOf(version, rowsThat(true), rowsThat(false));
    const { packed, whole } = block;
    let [p, w] = [0, 0];
    for (const { placement, fits, rows } of parts)
      for (const row of rows) {
        const number = this.#number(placement, row[0]!);
        if (fits) {
          packed.combination[p] = number;
          packed.low[p] = row[1]! % half;
          packed.high[p++] = Math.floor(row[1]! / half);
        } else {
          whole.combination[w] = number;
          for (let i = 0; i < countsLength; i++) whole.counts[w * countsLength + i] = row[1 + i]!;
          w++;
        }
      }
    return block;
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

/** The target of a combination that is not asked for. */
export const notAsked = -1;

/** Adds the counts of every row to those that begin at the target of its combination. */
export function addBlock(
  { packed, whole }: Block,
  sign: 1 | -1,
  targets: Int32Array,
  counts: Int32Array,
): void {
  const { combination, low, high } = packed;
  for (let row = 0; row < combination.length; row++) {
    const at = targets[combination[row]!]!;
    if (at === notAsked) continue;
    let [first, second] = [low[row]!, high[row]!];
    for (let i = 0; i < gradeCount / 2; i++) {
      counts[at + i]! += sign * (first & most);
      counts[at + i + gradeCount / 2]! += sign * (second & most);
      first >>= bits;
      second >>= bits;
    }
  }
  for (let row = 0; row < whole.combination.length; row++) {
    const at = targets[whole.combination[row]!]!;
    if (at === notAsked) continue;
    for (let i = 0; i < countsLength; i++) counts[at + i]! += sign * whole.counts[row * countsLength + i]!;
  }
}
