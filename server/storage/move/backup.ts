import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConnectOptions } from '../postgres/db.ts';
import { withConnection } from '../postgres/open.ts';
import { BackupRefused } from '../refused.ts';
import { syncToDisk } from '../sqlite/backup.ts';
import { copyToSqlite } from './to-sqlite.ts';

/** A copy of PostgreSQL of one moment as an SQLite database, while others write. It has its name when it is whole. */
export async function backup(
  from: ConnectOptions,
  to: string,
  onProgress?: (share: number) => void,
): Promise<void> {
  if (existsSync(to))
    throw new BackupRefused(`${to} exists. Choose another name: a backup overwrites nothing.`);
  if (!existsSync(dirname(to))) throw new BackupRefused(`There is no such folder: ${dirname(to)}`);
  const unfinished = `${to}.unfinished`;
  const forget = async () => {
    for (const end of ['', '-wal', '-shm']) await rm(`${unfinished}${end}`, { force: true });
  };
  await forget();
  try {
    await withConnection(from, async (db) => {
      await db.script('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await copyToSqlite(db, unfinished, onProgress);
      await db.script('COMMIT');
    });
    await syncToDisk(unfinished);
    await rename(unfinished, to);
    await syncToDisk(dirname(to));
  } finally {
    await forget();
  }
}
