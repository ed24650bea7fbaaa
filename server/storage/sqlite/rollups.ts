import { firstDayOfThird, thirdOfDay } from '#shared/core/calendar.ts';
import { countsLength, gradeCount } from '#shared/core/histogram.ts';
import { levels } from '../levels.ts';
import { type Block, bits, blockOf, bytesOf, half, most, none, sumOf } from './blocks.ts';
import { countColumns } from './buckets.ts';
import type { Db } from './open.ts';

/** What a row of counts is of; the same combination has the same number in every block. */
export interface Combination {
  placement: number;
  product: number;
  language: number;
  marked: number;
}

/** Placements that count as another one. `number` is its own, whatever has the same content. */
export interface Merge {
  number: number;
  into: ReadonlyMap<number, number>;
}

/** So much stays in memory, in bytes. */
const bytesKept = 128e6;
/** What is read ahead leaves room for what is asked; days with every placement apart leave more. */
const roomAhead = 0.8;
const roomApart = 0.5;
/**
 * Of so many ways to merge placements, those asked last, blocks are kept: touchpoints and locations apart or not, and those that asked
 * in several ways.
 */
const mergesKept = 2 ** 3;

/** What a block covers: also so many thirds at once, which are added up once and not in every question about a year. */
export type Span = 'day' | 'third' | 'thirds';
export const thirdsAtOnce = 9;

interface Place {
  level: number;
  unit: Span;
  start: number;
  merge: Merge | null;
}
const keysPerMerge = 2 * levels.length;
const keyOf = ({ level, unit, start, merge }: Place): number =>
  ((merge?.number ?? 0) * keysPerMerge + (unit === 'thirds' ? level + levels.length : level)) * 2 ** 32 +
  start;
const mergeOfKey = (key: number): number => Math.floor(key / 2 ** 32 / keysPerMerge);

const grades = countColumns.slice(0, gradeCount);
const smileys = countColumns.slice(gradeCount);
/** Of a row: product, language and mark in one number. */
const ofRow = '(product * 256 + language) * 2 + marked';
/**
 * Ten counts in one number, five bits each: most rows of a day or third have none above 31, and two columns of a row are read
 * in a quarter of the time that fourteen take.
 */
const fits = `(${grades.join(' | ')}) BETWEEN 0 AND ${most} AND (${smileys.join(' | ')}) = 0`;
const packed = grades.map((column, i) => `(${column} << ${bits * i})`).join(' | ');
/** What half of the counts takes: bits can be taken from a number of 32 without losing any. */
const word = 2 ** (bits * half);

/**
 * Roll-ups kept in memory: years of ratings are added up from these. What changed is read
 * anew, and no more. All calls for one question are in one read transaction.
 */
export class Rollups {
  readonly combinations: Combination[] = [];
  readonly #numbers = new Map<number, number>();
  /** The ones used last are at the end. */
  readonly #kept = new Map<number, Block>();
  #bytes = 0;
  /** By content; the ones used last are at the end. */
  readonly #merges = new Map<string, Merge>();
  #ahead: Generator<Place> | null = null;
  #versions = new Map<number, number>();
  readonly #readVersions;
  readonly #readPlacements;
  readonly #readPacked;
  readonly #readWhole;

  constructor(db: Db) {
    this.#readVersions = db.prepare('SELECT third, version FROM third_versions').raw();
    this.#readPlacements = db.prepare('SELECT id FROM placements').pluck();
    const read = (columns: string, which: string) =>
      db
        .prepare(
          `SELECT ${ofRow}, ${columns} FROM counts WHERE level = ? AND placement = ? AND start = ? ${which}`,
        )
        .raw();
    this.#readPacked = read(`CASE WHEN ${fits} THEN ${packed} ELSE -1 END`, '');
    this.#readWhole = read(countColumns.join(', '), `AND NOT (${fits})`);
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

  /** How these placements are merged; null where none is. */
  mergeOf(alike: ReadonlyMap<number, number>): Merge | null {
    const others = [...alike].filter(([placement, into]) => placement !== into).sort(([a], [b]) => a - b);
    if (others.length === 0) return null;
    const content = others.join(' ');
    const merge = this.#merges.get(content) ?? { number: this.#freeNumber(), into: new Map(others) };
    if (!this.#merges.delete(content)) this.#ahead = null;
    this.#merges.set(content, merge);
    return merge;
  }

  /** That of the way to merge that was asked for longest ago, with what was kept for it, when all are in use. */
  #freeNumber(): number {
    if (this.#merges.size < mergesKept) return this.#merges.size + 1;
    const [content, { number }] = this.#merges.entries().next().value!;
    this.#merges.delete(content);
    for (const key of this.#kept.keys()) if (mergeOfKey(key) === number) this.#drop(key);
    return number;
  }

  /** The roll-ups of one day or third, or of the thirds that begin with one; merged placements have one row. */
  block(level: number, unit: Span, start: number, merge: Merge | null): Block {
    const version = this.#versionOf(unit, start);
    if (version === 0) return none;
    const place = { level, unit, start, merge };
    const key = keyOf(place);
    const known = this.#kept.get(key);
    const block = known?.version === version ? known : this.#make(place, version);
    this.#drop(key);
    this.#kept.set(key, block);
    this.#bytes += bytesOf(block);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= bytesKept || oldest === key) break;
      this.#drop(oldest);
    }
    return block;
  }

  /**
   * Reads one block that nobody asked for yet, as long as there is room. False when nothing is left to read. `alike` is what
   * most questions will merge.
   */
  prepare(alike: () => ReadonlyMap<number, number>): boolean {
    if (!this.#ahead && this.#merges.size < mergesKept) this.mergeOf(alike());
    this.#ahead ??= this.#soonestAsked();
    for (;;) {
      const { done, value } = this.#ahead.next();
      if (done) return false;
      if (this.#kept.has(keyOf(value))) continue;
      this.block(value.level, value.unit, value.start, value.merge);
      return true;
    }
  }

  /** Totals, then products with placements merged, then each apart; thirds before days, the newest first. */
  *#soonestAsked(): Generator<Place> {
    this.refresh();
    const span = this.span();
    if (!span) return;
    const days = { first: firstDayOfThird(span.first), last: firstDayOfThird(span.last + 1) - 1 };
    const parts: { detail: boolean; merge: Merge | null }[] = [
      { detail: false, merge: null },
      ...[...this.#merges.values()].reverse().map((merge) => ({ detail: true, merge })),
      { detail: true, merge: null },
    ];
    for (const { detail, merge } of parts)
      for (const unit of ['third', 'day'] as const) {
        const room = bytesKept * (detail && !merge && unit === 'day' ? roomApart : roomAhead);
        const { first, last } = unit === 'third' ? span : days;
        const { level } = levels.find((one) => one.detail === detail && one.unit === unit)!;
        for (let start = last; start >= first && this.#bytes < room; start--)
          yield { level, unit, start, merge };
      }
  }

  #drop(key: number): void {
    const block = this.#kept.get(key);
    if (!block) return;
    this.#kept.delete(key);
    this.#bytes -= bytesOf(block);
  }

  /** Rises with every change; 0 where nothing ever was. */
  #versionOf(unit: Span, start: number): number {
    if (unit !== 'thirds') return this.#versions.get(unit === 'third' ? start : thirdOfDay(start)) ?? 0;
    let sum = 0;
    for (let i = 0; i < thirdsAtOnce; i++) sum += this.#versions.get(start + i) ?? 0;
    return sum;
  }

  #make({ level, unit, start, merge }: Place, version: number): Block {
    if (unit === 'thirds') {
      const thirds = Array.from({ length: thirdsAtOnce }, (_, i) =>
        this.block(level, 'third', start + i, merge),
      );
      return sumOf(version, thirds, this.combinations.length, (number) => number);
    }
    if (!merge) return this.#read(level, start, version);
    const apart = this.#apart(level, unit, start, version);
    return sumOf(version, [apart], this.combinations.length, (number) => {
      const { placement, product, language, marked } = this.combinations[number]!;
      const into = merge.into.get(placement) ?? placement;
      return this.#number(into, (product * 256 + language) * 2 + marked);
    });
  }

  /** To merge: kept as well where there is room for both. */
  #apart(level: number, unit: 'day' | 'third', start: number, version: number): Block {
    if (this.#bytes < bytesKept * roomApart) return this.block(level, unit, start, null);
    const kept = this.#kept.get(keyOf({ level, unit, start, merge: null }));
    return kept?.version === version ? kept : this.#read(level, start, version);
  }

  #read(level: number, start: number, version: number): Block {
    const parts = (this.#readPlacements.all() as number[]).map((placement) => {
      const rows = this.#readPacked.all(level, placement, start) as number[][];
      const fitting = rows.filter(([, counts]) => counts !== -1);
      const whole = fitting.length < rows.length ? this.#readWhole.all(level, placement, start) : [];
      return { placement, fitting, whole: whole as number[][] };
    });
    const all = (which: 'fitting' | 'whole') => parts.reduce((sum, part) => sum + part[which].length, 0);
    const block = blockOf(version, all('fitting'), all('whole'));
    const { packed, whole } = block;
    let [p, w] = [0, 0];
    for (const part of parts) {
      for (const [row, counts] of part.fitting) {
        packed.combination[p] = this.#number(part.placement, row!);
        packed.low[p] = counts! % word;
        packed.high[p++] = Math.floor(counts! / word);
      }
      for (const [row, ...counts] of part.whole) {
        whole.combination[w] = this.#number(part.placement, row!);
        whole.counts.set(counts, w++ * countsLength);
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
