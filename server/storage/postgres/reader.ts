import { slotsPerDay } from '#shared/core/calendar.ts';
import { type Stretch, stretchesOf, type Unit } from '../levels.ts';
import type { Cell, CellQuery } from '../port.ts';
import { Sums } from '../sums.ts';
import { countColumns } from './counting.ts';
import type { Db } from './db.ts';

const hour = `(CASE start % ${slotsPerDay} WHEN 24 THEN 2 ELSE start % ${slotsPerDay} END)`;
const monthOf = (day: string) =>
  `((extract(year FROM date '1970-01-01' + ${day}) * 12 + extract(month FROM date '1970-01-01' + ${day}) - 1)::int)`;

/** Hour 24 of a day is its second 2 o'clock; day 0 was a Thursday; a part of the day is six hours. */
function timeExpression(time: CellQuery['keep']['time'], unit: Unit): string {
  const day = unit === 'slot' ? `(start / ${slotsPerDay})` : 'start';
  switch (time) {
    case undefined:
      return '0';
    case 'slot':
      return 'start';
    case 'day':
      return day;
    case 'month':
      return unit === 'third' ? '(start / 3)' : monthOf(day);
    case 'weekday':
      return `((${day} + 3) % 7 + 1)`;
    case 'hour':
      return hour;
    case 'weekhour':
      return `(((${day} + 3) % 7 + 1) * 24 + ${hour})`;
    case 'daypart':
      return `(${hour} / 6)`;
  }
}

/** All placements unless some are named: each is then a walk along the primary key. */
const ofPlacements = 'placement = ANY(coalesce($1::int[], ARRAY(SELECT id FROM placements)))';

/** One stretch, as rows that are added up or taken off. Its numbers are ours. */
const selectOf = (
  { sign, level, unit, from, to }: Stretch,
  { keep, marked, products, languages }: CellQuery,
) =>
  `SELECT placement, ${keep.product ? 'product' : '0'} AS product, ${keep.language ? 'language' : '0'} AS language,
     ${timeExpression(keep.time, unit)} AS time, ${countColumns.map((name) => `${sign} * ${name} AS ${name}`).join(', ')}
   FROM buckets WHERE level = ${level} AND ${ofPlacements} AND start BETWEEN ${from} AND ${to}
     ${marked ? '' : 'AND marked = 0'} ${products ? 'AND product = ANY($2::int[])' : ''}
     ${languages ? 'AND language = ANY($3::int[])' : ''}`;

/** The cells of a question and the last change that they contain: one statement sees one moment. */
export async function readCells(db: Db, query: CellQuery): Promise<{ sequence: number; cells: Cell[] }> {
  const stretches = stretchesOf(query).map((stretch) => selectOf(stretch, query));
  const summed = countColumns.map((name) => `sum(${name})::bigint`).join(', ');
  const rows = await db.rows<(number | null)[]>(
    `SELECT clock.changes, cells.* FROM clock LEFT JOIN (
       SELECT placement, product, language, time, ${summed} FROM (${stretches.join(' UNION ALL ')}) rows
       WHERE ($2::int[] IS NULL OR true) AND ($3::int[] IS NULL OR true)
       GROUP BY placement, product, language, time ORDER BY time, placement, product, language) cells ON true`,
    [query.placements, query.products, query.languages],
  );
  const sums = new Sums();
  for (const [, placement, product, language, time, ...counts] of rows) {
    // The clock alone, where nothing was found.
    if (placement == null) continue;
    const offset = sums.offsetOf(query.alike?.get(placement) ?? placement, product!, language!, time!);
    for (let i = 0; i < counts.length; i++) sums.counts[offset + i]! += counts[i]!;
  }
  return { sequence: rows[0]![0]!, cells: sums.cells() };
}

export async function readFirstSlots(db: Db): Promise<Map<number, number>> {
  const rows = await db.all<{ placement: number; first: number | null }>(
    `SELECT id AS placement, (SELECT min(start) FROM buckets WHERE level = 3 AND placement = id) AS first
     FROM placements ORDER BY id`,
  );
  return new Map(rows.flatMap(({ placement, first }) => (first === null ? [] : [[placement, first]])));
}
