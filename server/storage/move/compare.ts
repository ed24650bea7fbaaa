import type { Db } from '../postgres/db.ts';
import type { Db as Sqlite } from '../sqlite/open.ts';
import { PostgresSide, SqliteSide } from './sides.ts';
import { ratings, tables } from './tables.ts';
import { buckets } from './to-sqlite.ts';

export interface Comparison {
  figures: number;
  /** One line for each that is not alike. */
  differences: string[];
}

const width = buckets.key.length;
const columns = buckets.columns;
const summed = columns.map((name, i) => (i < width ? name : `sum(${name}) AS ${name}`)).join(', ');

/** Compares every figure of the two databases, and how many rows each table has. */
export async function compare(sqlite: Sqlite, db: Db): Promise<Comparison> {
  const differences: string[] = [];
  const there = new Map<string, string>();
  for (let after: unknown[] | null = null, side = new PostgresSide(db); ; ) {
    const rows = (await side.page(buckets, after, 5000)) as number[][];
    for (const row of rows)
      if (row.slice(width).some((count) => count !== 0))
        there.set(row.slice(0, width).join(' '), row.slice(width).join(' '));
    if (rows.length < 5000) break;
    after = rows.at(-1)!.slice(0, width);
  }
  let figures = 0;
  const read = sqlite.prepare(`SELECT ${summed} FROM counts GROUP BY ${buckets.key.join(', ')}`).raw();
  for (const row of read.iterate() as IterableIterator<number[]>) {
    const key = row.slice(0, width).join(' ');
    const counts = row.slice(width);
    if (counts.every((count) => count === 0)) continue;
    figures++;
    if (there.get(key) !== counts.join(' ')) differences.push(`figure ${key}`);
    there.delete(key);
  }
  for (const key of there.keys()) differences.push(`figure ${key}`);
  const [one, other] = [new SqliteSide(sqlite), new PostgresSide(db)];
  for (const table of [...tables.filter(({ name }) => name !== 'settings'), ratings]) {
    const [here, over] = [await one.count(table), await other.count(table)];
    if (here !== over) differences.push(`${table.name}: ${here} rows in SQLite, ${over} in PostgreSQL`);
  }
  const norms = tables.find(({ name }) => name === 'norm_counts')!;
  const [mine, theirs] = [await one.page(norms, null, 1e6), await other.page(norms, null, 1e6)];
  if (JSON.stringify(mine) !== JSON.stringify(theirs)) differences.push('the counts of service norms');
  return { figures: figures + mine.length, differences };
}
