import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { freshSettings } from '../fresh-settings.ts';
import { DatabaseRefused } from '../refused.ts';
import { writeSettings } from './settings.ts';
import { teachWords } from './words.ts';

export type Db = Database.Database;

const ownMigrations = join(import.meta.dirname, 'migrations');
const migrationsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
/** The version of a database is the number of the last migration that it has had. */
const numberOf = (name: string): number => Number(name.slice(0, 4));
const lastOf = (names: string[]): number => numberOf(names.at(-1) ?? '0000');
export const schemaVersion = lastOf(migrationsIn(ownMigrations));

/** A connection as all of Klantpuls uses it: write-ahead log, and a commit is on the disk before it is answered. */
export function connect(
  file: string,
  options: { readonly?: boolean; waitMs?: number; cacheMb?: number } = {},
): Db {
  const db = new Database(file, { readonly: options.readonly ?? false });
  if (!options.readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is deleted or emptied is overwritten, not only forgotten.
  db.pragma('secure_delete = ON');
  db.pragma(`busy_timeout = ${options.waitMs ?? 5000}`);
  db.pragma(`cache_size = ${-(options.cacheMb ?? 12) * 1024}`);
  db.pragma('temp_store = MEMORY');
  teachWords(db);
  return db;
}

export interface MigrateOptions {
  now?: number | undefined;
  /** A folder of numbered .sql files. */
  migrations?: string;
}

/** Brings a database to the version that this program knows; copies an older one first. Refuses a newer one. */
export function openMigrated(file: string, options: MigrateOptions = {}): Db {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = connect(file);
  try {
    migrate(db, file, options);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(
  db: Db,
  file: string,
  { now = Date.now(), migrations = ownMigrations }: MigrateOptions,
): void {
  const names = migrationsIn(migrations);
  const readVersion = () => db.pragma('user_version', { simple: true }) as number;
  const version = readVersion();
  const newest = lastOf(names);
  if (version > newest)
    throw new DatabaseRefused(
      `The database ${file} is of a newer Klantpuls (version ${version}; this one knows up to ${newest}). ` +
        'Start the newer program, or restore a backup from before the upgrade.',
    );
  if (version === newest) return;
  // Another process may be migrating the same file: whoever has the lock first does it. The settings of a new database
  // are in the same transaction: whoever is killed here leaves nothing half.
  db.transaction(() => {
    const found = readVersion();
    if (found > 0 && found < newest) keepCopy(file, `${file}.before-${String(found + 1).padStart(4, '0')}`);
    for (const name of names.filter((one) => numberOf(one) > found))
      db.exec(readFileSync(join(migrations, name), 'utf8'));
    if (found === 0) writeSettings(db, freshSettings, now);
    db.pragma(`user_version = ${newest}`);
  }).immediate();
}

/** The copy itself, of one moment and compacted, whoever reads or writes meanwhile. */
export function copyDatabase(from: string, to: string): void {
  const db = connect(from);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

/** Gets its name when it is whole and on the disk. */
function keepCopy(from: string, to: string): void {
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { force: true });
  copyDatabase(from, unfinished);
  syncToDisk(unfinished);
  renameSync(unfinished, to);
  syncToDisk(dirname(to));
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
