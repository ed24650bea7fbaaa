import { addBuckets, type BucketRow } from '../postgres/counting.ts';
import type { ConnectOptions, Db } from '../postgres/db.ts';
import { migrate, withConnection } from '../postgres/open.ts';
import { DatabaseRefused } from '../refused.ts';
import { connect, type Db as Sqlite } from '../sqlite/open.ts';
import { keyOf, PostgresSide, SqliteSide } from './sides.ts';
import { quoted, ratings, type Table, tables } from './tables.ts';
import { buckets } from './to-sqlite.ts';

const atOnce = 2000;
const guarded = ['audit_events', 'audit_chain', 'signals', 'devices', 'comments'];

/** What was copied before, by table: the key of the last row, or null when all of it was. */
type Progress = Map<string, unknown[] | null>;

/** Keys hold bytes: as text they stand between quotes of their own. */
const textOf = (key: unknown[] | null): string =>
  JSON.stringify(
    key?.map((value) => (Buffer.isBuffer(value) ? { hex: value.toString('hex') } : value)) ?? null,
  );
const keyFrom = (text: string): unknown[] | null =>
  (JSON.parse(text) as unknown[] | null)?.map((value) =>
    value !== null && typeof value === 'object' ? Buffer.from((value as { hex: string }).hex, 'hex') : value,
  ) ?? null;

/**
 * Copies an SQLite database into an empty one of PostgreSQL, a portion per transaction, and goes on where it was
 * stopped. Until all is there nobody can start on it. The program must not write to the file meanwhile.
 */
export async function copyToPostgres(
  file: string,
  to: ConnectOptions,
  onProgress?: (table: string, share: number) => void,
): Promise<void> {
  await migrate(to);
  const source = connect(file, { readonly: true });
  try {
    await withConnection(to, async (db) => {
      const from = new SqliteSide(source);
      const into = new PostgresSide(db);
      const progress = await begin(db);
      for (const table of [...tables, ratings]) await copy(db, from, into, table, progress, onProgress);
      await copyBuckets(db, source);
      await finish(db, source);
    });
  } finally {
    source.close();
  }
}

async function begin(db: Db): Promise<Progress> {
  const known = await db.value<string | null>("SELECT to_regclass('moving')::text");
  if (known) {
    const rows = await db.all<{ name: string; after: string }>('SELECT name, after FROM moving');
    return new Map(rows.map(({ name, after }) => [name, keyFrom(after)]));
  }
  const used = await db.value<boolean>(
    `SELECT (SELECT ratings > 0 OR changes > 0 FROM clock) OR EXISTS (SELECT 1 FROM "user")
       OR EXISTS (SELECT 1 FROM tokens) OR EXISTS (SELECT 1 FROM audit_events)`,
  );
  if (used)
    throw new DatabaseRefused(
      'There is data in this PostgreSQL database already, and nothing is written over.',
    );
  const names = tables.map(({ name }) => quoted(name));
  await db.script(`BEGIN; CREATE TABLE moving (name text PRIMARY KEY, after text NOT NULL);
    ALTER TABLE audit_chain DISABLE TRIGGER USER; TRUNCATE ${names.join(', ')} CASCADE;
    ALTER TABLE audit_chain ENABLE TRIGGER USER; COMMIT`);
  return new Map();
}

async function copy(
  db: Db,
  from: SqliteSide,
  into: PostgresSide,
  table: Table,
  progress: Progress,
  onProgress?: (table: string, share: number) => void,
): Promise<void> {
  const { name } = table;
  if (progress.get(name) === null) return;
  const whole = await from.count(table);
  let after = progress.get(name) ?? null;
  let done = after ? await into.count(table) : 0;
  for (;;) {
    const rows = await from.page(table, after, atOnce);
    after = rows.length < atOnce ? null : keyOf(table, rows.at(-1)!);
    const switched = guarded.includes(name);
    await db.script(`BEGIN; ${switched ? `ALTER TABLE ${name} DISABLE TRIGGER USER` : ''}`);
    if (rows.length > 0) await into.insert(table, rows);
    await db.run(
      'INSERT INTO moving VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET after = excluded.after',
      [name, textOf(after)],
    );
    await db.script(`${switched ? `ALTER TABLE ${name} ENABLE TRIGGER USER;` : ''} COMMIT`);
    done += rows.length;
    onProgress?.(name, whole === 0 ? 1 : done / whole);
    if (after === null) return;
  }
}

/** Figures: what SQLite keeps in two tables is one here. */
async function copyBuckets(db: Db, source: Sqlite): Promise<void> {
  await db.script('BEGIN; TRUNCATE buckets');
  let rows: BucketRow[] = [];
  const read = source.prepare(`SELECT ${buckets.columns.join(', ')} FROM counts`).raw();
  for (const row of read.iterate() as IterableIterator<BucketRow>) {
    rows.push(row);
    if (rows.length < atOnce) continue;
    await addBuckets(db, together(rows));
    rows = [];
  }
  if (rows.length > 0) await addBuckets(db, together(rows));
  await db.script('COMMIT');
}

/** One statement may name a row once. */
function together(rows: readonly BucketRow[]): BucketRow[] {
  const width = buckets.key.length;
  const sums = new Map<string, BucketRow>();
  for (const row of rows) {
    const key = row.slice(0, width).join(' ');
    const known = sums.get(key);
    if (known) for (let i = width; i < row.length; i++) known[i]! += row[i]!;
    else sums.set(key, [...row]);
  }
  return [...sums.values()];
}

async function finish(db: Db, source: Sqlite): Promise<void> {
  const number = (sql: string) => Number(source.prepare(sql).pluck().get() ?? 0);
  const last = number('SELECT max(seq) FROM ratings');
  const changes = number("SELECT seq FROM sqlite_sequence WHERE name = 'changes'");
  const identities = await db.all<{ table: string; column: string }>(
    `SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attidentity <> '' AND n.nspname = 'public'`,
  );
  await db.script('BEGIN');
  for (const { table, column } of identities)
    await db.run(
      `SELECT setval(pg_get_serial_sequence($1, $2), coalesce((SELECT max(${quoted(column)}) FROM ${quoted(table)}), 0) + 1, false)`,
      [quoted(table), column],
    );
  await db.run('UPDATE clock SET ratings = $1, changes = $2, settings = settings + 1', [last, changes]);
  await db.script(`DELETE FROM settings WHERE name IN ('version', 'writable');
    UPDATE inbox_progress SET made_with = '', next = 0; DROP TABLE moving; COMMIT; ANALYZE`);
}
