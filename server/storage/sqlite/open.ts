import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

export type Db = Database.Database;

const folder = join(import.meta.dirname, 'migrations');
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort();
export const schemaVersion = migrations.length;

export class DatabaseRefused extends Error {}

/** A connection as all of Klantpuls uses it: write-ahead log, and a commit is on the disk before it is answered. */
export function connect(
  file: string,
  options: { readonly?: boolean; waitMs?: number; cacheMb?: number } = {},
): Db {
  const db = new Database(file, { readonly: options.readonly ?? false });
  if (!options.readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma(`busy_timeout = ${options.waitMs ?? 5000}`);
  db.pragma(`cache_size = ${-(options.cacheMb ?? 12) * 1024}`);
  db.pragma('temp_store = MEMORY');
  return db;
}

/** Brings a database to the version that this program knows; copies it first. Refuses a newer one. */
export function openMigrated(file: string): { db: Db; fresh: boolean } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const existed = existsSync(file);
  const db = connect(file);
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > schemaVersion) {
    db.close();
    throw new DatabaseRefused(
      `The database ${file} is of a newer Klantpuls (version ${version}; this one knows up to ${schemaVersion}). ` +
        'Start the newer program, or restore a backup from before the upgrade.',
    );
  }
  if (version === schemaVersion) return { db, fresh: false };
  if (existed && version > 0) {
    db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(file, `${file}.before-${String(version + 1).padStart(4, '0')}`);
  }
  // Another process may be migrating the same file: whoever has the lock first does it.
  db.transaction(() => {
    const now = db.pragma('user_version', { simple: true }) as number;
    for (const name of migrations.slice(now)) db.exec(readFileSync(join(folder, name), 'utf8'));
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
  return { db, fresh: version === 0 };
}
