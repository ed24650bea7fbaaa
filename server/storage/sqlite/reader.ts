import { firstDayOfThird, monthOfDay, monthOfThird, slotsPerDay } from '#shared/core/calendar.ts';
import { noCounts } from '#shared/core/histogram.ts';
import { type Stretch, stretchesOf, type Unit } from '../levels.ts';
import type { Cell, CellQuery } from '../port.ts';
import { countColumns } from './buckets.ts';
import type { Db } from './open.ts';
import { addBlock, Rollups } from './rollups.ts';

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

/** Cells of one answer, each once. */
class Sums {
  readonly cells: Cell[] = [];
  readonly #places = new Map<number, Map<number, Cell>>();

  cell(placement: number, product: number, language: number, time: number): Cell {
    let ofTime = this.#places.get(time);
    if (!ofTime) {
      ofTime = new Map();
      this.#places.set(time, ofTime);
    }
    const key = (placement * 2 ** 16 + product) * 256 + language;
    let cell = ofTime.get(key);
    if (!cell) {
      cell = { placement, product, language, time, counts: noCounts() };
      ofTime.set(key, cell);
      this.cells.push(cell);
    }
    return cell;
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
      return { sequence: this.sequence(), cells: sums.cells };
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

  /** Reads a little of what may be asked later; false when nothing is left to read. */
  prepare(): boolean {
    return this.#db.transaction(() => this.#rollups.prepare())();
  }

  #addBlocks(sums: Sums, query: CellQuery, stretches: Stretch[]): void {
    const { keep } = query;
    const rollups = this.#rollups;
    rollups.refresh();
    const span = rollups.span();
    if (!span) return;
    const asked = (ids: number[] | null) => ids && new Set(ids);
    const [placements, products, languages] = [query.placements, query.products, query.languages].map(asked);
    let month = 0;
    /** Per combination: the counts that it adds to; null when it is not asked for. */
    let targets: (number[] | null)[] = [];
    const targetOf = (number: number): number[] | null => {
      const { placement, product, language, marked } = rollups.combinations[number]!;
      const wanted =
        (!placements || placements.has(placement)) &&
        (!products || products.has(product)) &&
        (!languages || languages.has(language)) &&
        (query.marked || marked === 0);
      if (!wanted) return null;
      return sums.cell(placement, keep.product ? product : 0, keep.language ? language : 0, month).counts;
    };
    for (const { sign, level, unit, from, to } of stretches) {
      const third = unit === 'third';
      const first = Math.max(from, third ? span.first : firstDayOfThird(span.first));
      const last = Math.min(to, third ? span.last : firstDayOfThird(span.last + 1) - 1);
      for (let start = first; start <= last; start++) {
        const ofMonth = keep.time !== 'month' ? 0 : third ? monthOfThird(start) : monthOfDay(start);
        if (ofMonth !== month) [month, targets] = [ofMonth, []];
        addBlock(rollups.block(level, third ? 'third' : 'day', start), sign, (number) => {
          let into = targets[number];
          if (into === undefined) {
            into = targetOf(number);
            targets[number] = into;
          }
          return into;
        });
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
    const statementFor = (table: string) =>
      this.#statement(
        `SELECT ${keep.product ? 'product' : 0}, ${keep.language ? 'language' : 0}, ${time}, ${summed}
         FROM ${table} WHERE level = ? AND placement = ? AND start BETWEEN ? AND ?
         ${query.marked ? '' : 'AND marked = 0'} ${among('product', query.products)} ${among('language', query.languages)}
         GROUP BY ${grouped.join(', ')}`,
      ).raw();
    const ids = [query.products, query.languages]
      .filter((list) => list !== null)
      .map((list) => JSON.stringify(list));
    const [open, closed] = [statementFor('open_buckets'), statementFor('buckets')];
    const keyOf = ([product, language, time]: number[]) => (time! * 2 ** 16 + product!) * 256 + language!;
    for (const placement of query.placements ?? this.placements()) {
      const read = (statement: typeof open) =>
        statement.all(level, placement, from, to, ...ids) as number[][];
      const others = new Map(read(open).map((row) => [keyOf(row), row]));
      const add = (row: number[], counts: number[]) =>
        sums.cells.push({ placement, product: row[0]!, language: row[1]!, time: row[2]!, counts });
      for (const row of read(closed)) {
        const counts = row.slice(3);
        const other = others.size > 0 ? others.get(keyOf(row)) : undefined;
        if (other) {
          for (let i = 0; i < counts.length; i++) counts[i]! += other[3 + i]!;
          others.delete(keyOf(row));
        }
        add(row, counts);
      }
      for (const row of others.values()) add(row, row.slice(3));
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
