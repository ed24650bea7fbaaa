import { bucketKey, countColumns } from '../postgres/counting.ts';
import type { Db } from '../postgres/db.ts';
import { openMigrated } from '../sqlite/open.ts';
import { keyOf, PostgresSide, SqliteSide } from './sides.ts';
import { ratings, type Table, tables } from './tables.ts';

const atOnce = 2000;
export const buckets: Table = {
  name: 'buckets',
  key: bucketKey,
  columns: [...bucketKey, ...countColumns],
};

/**
 * Makes a new SQLite database of all that one connection to PostgreSQL sees; whoever calls keeps that at one moment.
 * `onProgress` hears the share of the ratings that is there.
 */
export async function copyToSqlite(
  db: Db,
  file: string,
  onProgress?: (share: number) => void,
): Promise<void> {
  const to = openMigrated(file);
  try {
    const triggers = to.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
      name: string;
      sql: string;
    }[];
    to.pragma('foreign_keys = OFF');
    to.exec('BEGIN');
    for (const { name } of triggers) to.exec(`DROP TRIGGER ${name}`);
    for (const { name } of tables) to.exec(`DELETE FROM "${name}"`);
    const [from, into] = [new PostgresSide(db), new SqliteSide(to)];
    const whole = await from.count(ratings);
    let done = 0;
    for (const table of [...tables, ratings, buckets])
      for (let after: unknown[] | null = null; ; ) {
        const rows = await from.page(table, after, atOnce);
        await into.insert(table, rows);
        if (table === ratings) done += rows.length;
        if (table === ratings && whole > 0) onProgress?.(Math.min(1, done / whole));
        if (rows.length < atOnce) break;
        after = keyOf(table, rows.at(-1)!);
      }
    const clock = (await db.get<{ changes: number; settings: number }>(
      'SELECT changes, settings FROM clock',
    ))!;
    to.prepare("INSERT OR REPLACE INTO settings VALUES ('version', ?)").run(String(clock.settings));
    to.prepare("DELETE FROM sqlite_sequence WHERE name = 'changes'").run();
    to.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('changes', ?)").run(clock.changes);
    to.exec(`INSERT INTO third_versions SELECT DISTINCT start, 1 FROM buckets WHERE level = 5;
      UPDATE inbox_progress SET made_with = '', next = 0`);
    for (const { sql } of triggers) to.exec(sql);
    to.exec('COMMIT');
    to.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    to.close();
  }
}
