import { firstDayOfThird, monthOfDay, monthOfThird, slotsPerDay } from '#shared/core/calendar.ts';
import { levels, type Stretch, stretchesOf, type Unit } from '../levels.ts';
import type { Cell, CellQuery } from '../port.ts';
import { Sums } from '../sums.ts';
import { addBlock, notAsked } from './blocks.ts';
import { countColumns } from './buckets.ts';
import type { Db } from './open.ts';
import { type Merge, Rollups, thirdsAtOnce } from './rollups.ts';

/** Of a combination that nobody looked at yet. */
const notFound = -2;
const summed = countColumns.map((column) => `sum(${column})`).join(', ');

const hour = `(CASE start % ${slotsPerDay} WHEN 24 THEN 2 ELSE start % ${slotsPerDay} END)`;

/** Hour 24 of a day is its second 2 o'clock; day 0 was a Thursday; a part of the day is six hours. */
function timeExpression(time: CellQuery['keep']['time'], unit: Unit): string {
  const day = unit === 'slot' ? `(start / ${slotsPerDay})` : 'start';
  switch (time) {
    case 'day':
      return day;
    case 'weekday':
      return `(${day} + 3) % 7 + 1`;
    case 'hour':
      return hour;
    case 'weekhour':
      return `((${day} + 3) % 7 + 1) * 24 + ${hour}`;
    case 'daypart':
      return `${hour} / 6`;
    default:
      return 'start';
  }
}

/** Reads figures from the roll-ups: what is added up over time from memory, what keeps hours or days apart by SQL. */
export class CellReader {
  readonly #db: Db;
  readonly #rollups: Rollups;
  readonly #statements = new Map<string, ReturnType<Db['prepare']>>();

  constructor(db: Db) {
    this.#db = db;
    this.#rollups = new Rollups(db);
  }

  cells(query: CellQuery): { sequence: number; cells: Cell[] } {
    return this.#db.transaction(() => {
      const sums = new Sums();
      const { time } = query.keep;
      const stretches = stretchesOf(query);
      if (time === undefined || time === 'month') this.#addBlocks(sums, query, stretches);
      else for (const stretch of stretches) this.#addRows(sums, query, stretch);
      return { sequence: this.sequence(), cells: sums.cells() };
    })();
  }

  /** The last change that everything read in this moment contains. */
  sequence(): number {
    const statement = this.#statement(
      "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0)",
    );
    return (statement.raw().get() as [number])[0];
  }

  placements(): number[] {
    return (this.#statement('SELECT id FROM placements').raw().all() as [number][]).map(([id]) => id);
  }

  firstSlots(): Map<number, number> {
    const first = this.#statement(
      `SELECT min(first) FROM (
         SELECT min(start) AS first FROM buckets WHERE level = 3 AND placement = ?
         UNION ALL SELECT min(start) FROM open_buckets WHERE level = 3 AND placement = ?)`,
    ).pluck();
    const found = new Map<number, number>();
    for (const placement of this.placements()) {
      const slot = first.get(placement, placement) as number | null;
      if (slot !== null) found.set(placement, slot);
    }
    return found;
  }

  /** Reads a little of what may be asked later, merged as given; false when nothing is left to read. */
  prepare(alike: () => ReadonlyMap<number, number>): boolean {
    return this.#db.transaction(() => this.#rollups.prepare(alike))();
  }

  /** How the blocks of products are merged: not at all where only some of placements that count as one are asked for. */
  #mergeOf({ alike, placements }: CellQuery, [stretch]: Stretch[]): Merge | null {
    const merge = alike && stretch && levels[stretch.level]!.detail ? this.#rollups.mergeOf(alike) : null;
    if (!merge || !placements) return merge;
    const asked = new Set(placements);
    return [...merge.into].every(([one, into]) => asked.has(one) === asked.has(into)) ? merge : null;
  }

  #addBlocks(sums: Sums, query: CellQuery, stretches: Stretch[]): void {
    const { keep } = query;
    const rollups = this.#rollups;
    rollups.refresh();
    const span = rollups.span();
    if (!span) return;
    const merge = this.#mergeOf(query, stretches);
    const asked = (ids: number[] | null) => ids && new Set(ids);
    const [placements, products, languages] = [query.placements, query.products, query.languages].map(asked);
    let month = 0;
    /** Per combination: where the counts begin that it adds to. */
    let targets = new Int32Array();
    const targetOf = (number: number): number => {
      const { placement, product, language, marked } = rollups.combinations[number]!;
      const wanted =
        (!placements || placements.has(placement)) &&
        (!products || products.has(product)) &&
        (!languages || languages.has(language)) &&
        (query.marked || marked === 0);
      if (!wanted) return notAsked;
      const into = merge ? placement : (query.alike?.get(placement) ?? placement);
      return sums.offsetOf(
        ...([into, keep.product ? product : 0] as const),
        ...([keep.language ? language : 0, month] as const),
      );
    };
    const find = (combination: Uint32Array) => {
      for (const number of combination) if (targets[number] === notFound) targets[number] = targetOf(number);
    };
    for (const { sign, level, unit, from, to } of stretches) {
      const third = unit === 'third';
      const first = Math.max(from, third ? span.first : firstDayOfThird(span.first));
      const last = Math.min(to, third ? span.last : firstDayOfThird(span.last + 1) - 1);
      for (let start = first; start <= last; ) {
        const ofMonth = keep.time !== 'month' ? 0 : third ? monthOfThird(start) : monthOfDay(start);
        const many = third && !keep.time && start % thirdsAtOnce === 0 && start + thirdsAtOnce - 1 <= last;
        const block = rollups.block(level, many ? 'thirds' : third ? 'third' : 'day', start, merge);
        start += many ? thirdsAtOnce : 1;
        const known = ofMonth === month ? targets : new Int32Array();
        if (known.length < rollups.combinations.length) {
          targets = new Int32Array(rollups.combinations.length).fill(notFound);
          targets.set(known);
        }
        month = ofMonth;
        find(block.packed.combination);
        find(block.whole.combination);
        addBlock(block, sign, targets, sums.counts);
      }
    }
  }

  /** One query per placement, so that each is a walk along the primary key. */
  #addRows(sums: Sums, query: CellQuery, { level, unit, from, to }: Stretch): void {
    const { keep } = query;
    const time = timeExpression(keep.time, unit);
    const grouped = [keep.product && 'product', keep.language && 'language', time].filter(Boolean);
    const among = (column: string, ids: number[] | null) =>
      ids ? `AND ${column} IN (SELECT value FROM json_each(?))` : '';
    const ids = [query.products, query.languages]
      .filter((list) => list !== null)
      .map((list) => JSON.stringify(list));
    const statements = ['buckets', 'open_buckets'].map((table) =>
      this.#statement(
        `SELECT ${keep.product ? 'product' : 0}, ${keep.language ? 'language' : 0}, ${time}, ${summed}
         FROM ${table} WHERE level = ? AND placement = ? AND start BETWEEN ? AND ?
         ${query.marked ? '' : 'AND marked = 0'} ${among('product', query.products)} ${among('language', query.languages)}
         GROUP BY ${grouped.join(', ')}`,
      ).raw(),
    );
    for (const placement of query.placements ?? this.placements()) {
      const into = query.alike?.get(placement) ?? placement;
      for (const statement of statements)
        for (const [product, language, time, ...counts] of statement.all(
          ...[level, placement, from, to, ...ids],
        ) as number[][]) {
          const offset = sums.offsetOf(into, product!, language!, time!);
          for (let i = 0; i < counts.length; i++) sums.counts[offset + i]! += counts[i]!;
        }
    }
  }

  #statement(sql: string) {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
