import type pg from 'pg';
import { Db, isAway, wrapped } from './db.ts';
import type { Clock } from './work.ts';

/** Locks of one database: any numbers, as long as they stay the same. */
export const locks = { writer: 5_482_001, leader: 5_482_002, migration: 5_482_003 } as const;

/**
 * One writer at a time, as SQLite has it: whatever is numbered gets its number in the order of the commits, and nobody
 * can wait for somebody who waits for him. The server lets go of the lock when the commit can be seen.
 */
const begin = `BEGIN; SELECT pg_advisory_xact_lock(${locks.writer}); SELECT ratings, changes, settings FROM clock`;

export function transactionsOf(pool: pg.Pool, written: () => void) {
  return async <Result>(work: (db: Db, clock: Clock) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw wrapped(error);
    });
    const db = new Db(client);
    try {
      const [clock] = await db.script<Clock>(begin);
      const result = await work(db, clock!);
      const { command } = await db.query('COMMIT');
      if (command !== 'COMMIT') throw new Error('A statement of this transaction had failed.');
      client.release();
      written();
      return result;
    } catch (error) {
      // A connection that does not answer is left; the server gives up what was begun on it.
      if (isAway(error)) client.release(true);
      else
        await db.query('ROLLBACK').then(
          () => client.release(),
          () => client.release(true),
        );
      throw error;
    }
  };
}
