import type { Db } from './db.ts';

/** The month of an instant: years and months since year 0, UTC. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
/** The first instant of a month, in milliseconds. */
export const startOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1);
const tableOf = (month: number): string =>
  `ratings_${Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`;

/** The months that have a table of their own. */
export async function monthsIn(db: Db): Promise<number[]> {
  const names = await db.column<string>(
    "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ratings'::regclass",
  );
  return names.flatMap((name) => {
    const [, year, month] = /ratings_(\d{4})_(\d\d)$/.exec(name) ?? [];
    return year === undefined ? [] : [Number(year) * 12 + Number(month) - 1];
  });
}

/** Makes the tables of months that have none yet. Runs inside a transaction; who reads meanwhile is not held up. */
export async function makeMonths(db: Db, months: readonly number[]): Promise<void> {
  const known = new Set(await monthsIn(db));
  const missing = months.filter((month) => !known.has(month));
  if (missing.length === 0) return;
  const statements = missing.map((month) => {
    const [name, from, to] = [tableOf(month), startOfMonth(month), startOfMonth(month + 1)];
    return `CREATE TABLE ${name} (LIKE ratings INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
      ALTER TABLE ratings ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`;
  });
  await db.script(statements.join(';\n'));
}

/** Takes the whole table of a month away. Runs inside a transaction. */
export const dropMonth = (db: Db, month: number) => db.script(`DROP TABLE ${tableOf(month)}`);
