import type pg from 'pg';
import { Db, isAway, type Values, wrapped } from './db.ts';
import type { Clock } from './work.ts';

/** Locks of one database: any numbers, as long as they stay the same. */
export const locks = { writer: 5_482_001, leader: 5_482_002, migration: 5_482_003 } as const;

/**
 * One writer at a time, as SQLite has it: whatever is numbered gets its number in the order of the commits, and nobody
 * can wait for somebody who waits for him. The server lets go of the lock when the commit can be seen.
 */
const begin = `BEGIN; SELECT pg_advisory_xact_lock(${locks.writer})`;
const beginAndRead = `${begin}; SELECT ratings, changes, settings FROM clock`;

const connectionOf = (pool: pg.Pool): Promise<pg.PoolClient> =>
  pool.connect().catch((error: unknown) => {
    throw wrapped(error);
  });

export function transactionsOf(pool: pg.Pool, written: () => void) {
  return async <Result>(work: (db: Db, clock: Clock) => Promise<Result>): Promise<Result> => {
    const client = await connectionOf(pool);
    const db = new Db(client);
    try {
      const [clock] = await db.script<Clock>(beginAndRead);
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

/** A plan that was made when there were few rows yet has to do when there are many. */
const beginPlanned = `${begin}; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off`;

/**
 * A statement that is a transaction of its own under the same lock: what begins and ends it is sent along, so nobody waits
 * for this process while it holds the lock. The first row that it returns.
 */
export function atOnceOf(pool: pg.Pool, written: () => void) {
  return async <Row>(sql: string, values: Values): Promise<Row | undefined> => {
    const client = await connectionOf(pool);
    const db = new Db(client);
    const [begun, row, ended] = await Promise.allSettled([
      db.script(beginPlanned),
      db.get<Row>(sql, values, true),
      db.query('COMMIT'),
    ]);
    // What comes after the one that failed only says that something had.
    for (const one of [begun, row, ended])
      if (one.status === 'rejected') {
        client.release(isAway(one.reason));
        throw one.reason;
      }
    client.release();
    written();
    return (row as PromiseFulfilledResult<Row | undefined>).value;
  };
}
