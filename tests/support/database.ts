import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A connection of the test's own to the database of a program, running or not. */
export function inDatabase<Result>(dataDir: string, work: (db: Database.Database) => Result): Result {
  const db = new Database(join(dataDir, 'klantpuls.db'), { timeout: 5000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

export const countRatings = (dataDir: string): number =>
  inDatabase(dataDir, (db) => db.prepare('SELECT count(*) FROM ratings').pluck().get() as number);

export const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
