import { monthOfDay, slotsPerDay } from '#shared/core/calendar.ts';
import { gradeCount, smileyCount } from '#shared/core/histogram.ts';
import type { Cell, CellQuery } from '../port.ts';
import { countColumns } from './buckets.ts';
import { type Stretch, stretchesOf, type Unit } from './levels.ts';
import type { Db } from './open.ts';

const sumOf = (columns: readonly string[]) => columns.map((column) => `sum(${column})`).join(', ');
/** Most municipalities ask no smileys: a third of the sums that need not be made. */
const sums = { grades: sumOf(countColumns.slice(0, gradeCount)), all: sumOf(countColumns) };
const noSmileys = new Array<number>(smileyCount).fill(0);
const anySmiley = countColumns
  .slice(gradeCount)
  .map((column) => `${column} <> 0`)
  .join(' OR ');

const hour = `(CASE start % ${slotsPerDay} WHEN 24 THEN 2 ELSE start % ${slotsPerDay} END)`;

/** Hour 24 of a day is its second 2 o'clock; day 0 was a Thursday; a part of the day is six hours. */
function timeExpression(time: CellQuery['keep']['time'], unit: Unit): string | null {
  const day = unit === 'slot' ? `(start / ${slotsPerDay})` : 'start';
  switch (time) {
    case undefined:
      return null;
    case 'slot':
      return 'start';
    case 'month':
      return unit === 'month' ? 'start' : null;
    case 'day':
      return day;
    case 'weekday':
      return `(${day} + 3) % 7 + 1`;
    case 'hour':
      return hour;
    case 'daypart':
      return `${hour} / 6`;
  }
}

/** Reads figures from the roll-ups. One query per placement, so that each is a walk along the primary key. */
export class CellReader {
  readonly #db: Db;
  readonly #statements = new Map<string, ReturnType<Db['prepare']>>();

  constructor(db: Db) {
    this.#db = db;
  }

  cells(query: CellQuery): { sequence: number; cells: Cell[] } {
    return this.#db.transaction(() => {
      const any = this.#statement(`SELECT 1 FROM buckets WHERE level = 5 AND (${anySmiley}) LIMIT 1`);
      const smileys = any.raw().get() !== undefined;
      return {
        sequence: this.sequence(),
        cells: stretchesOf(query).flatMap((stretch) => this.#stretch(query, stretch, smileys)),
      };
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
      'SELECT start FROM buckets WHERE level = 3 AND placement = ? ORDER BY start LIMIT 1',
    ).raw();
    const found = new Map<number, number>();
    for (const placement of this.placements()) {
      const row = first.get(placement) as [number] | undefined;
      if (row) found.set(placement, row[0]);
    }
    return found;
  }

  #stretch(query: CellQuery, { sign, level, unit, from, to }: Stretch, smileys: boolean): Cell[] {
    const { keep } = query;
    const time = timeExpression(keep.time, unit);
    const edgeOf = keep.time === 'month' && time === null ? monthOfDay(from) : null;
    const grouped = [keep.product && 'product', keep.language && 'language', time].filter(Boolean);
    const among = (column: string, ids: number[] | null) =>
      ids ? `AND ${column} IN (SELECT value FROM json_each(?))` : '';
    const statement = this.#statement(
      `SELECT ${keep.product ? 'product' : 0}, ${keep.language ? 'language' : 0}, ${time ?? 0}, ${smileys ? sums.all : sums.grades}
       FROM buckets WHERE level = ? AND placement = ? AND start BETWEEN ? AND ?
       ${query.marked ? '' : 'AND marked = 0'} ${among('product', query.products)} ${among('language', query.languages)}
       ${grouped.length > 0 ? `GROUP BY ${grouped.join(', ')}` : ''}`,
    ).raw();
    const ids = [query.products, query.languages]
      .filter((list) => list !== null)
      .map((list) => JSON.stringify(list));
    const cells: Cell[] = [];
    for (const placement of query.placements ?? this.placements()) {
      for (const row of statement.all(level, placement, from, to, ...ids) as number[][]) {
        if (row[3] === null) continue;
        const counts = row.slice(3);
        if (!smileys) counts.push(...noSmileys);
        cells.push({
          placement,
          product: row[0]!,
          language: row[1]!,
          time: edgeOf ?? row[2]!,
          counts: sign === 1 ? counts : counts.map((count) => -count),
        });
      }
    }
    return cells;
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
