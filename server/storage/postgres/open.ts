import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freshSettings } from '../fresh-settings.ts';
import { DatabaseRefused } from '../refused.ts';
import { type ConnectOptions, configOf, Db, wrapped } from './db.ts';
import { writeSettings } from './settings.ts';
import { locks } from './transactions.ts';

const ownMigrations = join(import.meta.dirname, 'migrations');
const oldestServer = 15;

/** One connection of its own, that may take its time; ended after the work. */
export async function withConnection<Result>(
  options: ConnectOptions,
  work: (db: Db, client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ ...configOf({ ...options, patience: 0 }), query_timeout: 0 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw wrapped(error);
  }
  try {
    await client.query('SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0');
    return await work(new Db(client), client);
  } finally {
    await client.end().catch(() => {});
  }
}

interface Migration {
  number: number;
  sql: string;
  /** The oldest version of the schema whose program still works with what this makes of it. */
  oldest: number;
}

function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      const number = Number(name.slice(0, 4));
      return {
        number,
        sql,
        oldest: Number(/^-- works with programs from (\d+) on/m.exec(sql)?.[1] ?? number),
      };
    });
}

export interface MigrateOptions {
  now?: number | undefined;
  /** A folder of numbered .sql files. */
  migrations?: string;
}

/** Whether a database has all that this program knows and nothing that it does not. */
export async function isCurrent(db: Db): Promise<boolean> {
  const newest = migrationsIn(ownMigrations).at(-1)!.number;
  const number = await db.value<number>('SELECT max(number) FROM migrations').catch((error: unknown) => {
    // There is no such table in a new database.
    if ((error as { code?: string }).code === '42P01') return 0;
    throw error;
  });
  if ((await db.value<string | null>("SELECT to_regclass('moving')::text")) !== null)
    throw new DatabaseRefused(
      'A database is being moved here and not all of it is there. Start the same move again; it goes on where it was.',
    );
  return number === newest;
}

/**
 * Brings a database to the version that this program knows, all of it or nothing; of several that start at once one
 * does it and the others wait. A newer database is taken as long as its migrations say that this program still works.
 */
export async function migrate(
  options: ConnectOptions,
  { now = Date.now(), migrations = ownMigrations }: MigrateOptions = {},
): Promise<void> {
  const known = migrationsIn(migrations);
  const newest = known.at(-1)!.number;
  await withConnection(options, async (db) => {
    const version = Math.floor(
      (await db.value<number>("SELECT current_setting('server_version_num')::int"))! / 10_000,
    );
    if (version < oldestServer)
      throw new DatabaseRefused(`This is PostgreSQL ${version}; Klantpuls needs ${oldestServer} or later.`);
    await db.script(`BEGIN; SELECT pg_advisory_xact_lock(${locks.migration});
      CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, oldest integer NOT NULL)`);
    const done = (await db.get<{ number: number; oldest: number }>(
      'SELECT coalesce(max(number), 0) AS number, coalesce(max(oldest), 0) AS oldest FROM migrations',
    ))!;
    if (done.oldest > newest)
      throw new DatabaseRefused(
        `This database is of a newer Klantpuls (version ${done.number}; this one knows up to ${newest}). ` +
          'Start the newer program.',
      );
    for (const { number, sql, oldest } of known.filter((one) => one.number > done.number)) {
      await db.script(sql);
      await db.run('INSERT INTO migrations VALUES ($1, $2)', [number, oldest]);
    }
    if (done.number === 0) await writeSettings(db, freshSettings, now);
    await db.script('COMMIT');
  });
}
