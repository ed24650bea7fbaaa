import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Db } from './open.ts';
import type { Work } from './work.ts';

/** How long a commit waits for another process that writes, without holding up this one. */
const patience = 10_000;
const isBusy = (error: unknown) => (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ?? false;

/**
 * BEGIN IMMEDIATE … COMMIT, and on the disk; while another process writes it tries again without blocking. Patience is for the other
 * process, not for each commit: who waited behind one that was given up does not wait as long again.
 */
export function transactionsOf(db: Db, log: Log, onFailure: () => void): Work['transaction'] {
  /** Since when another process holds the database, and when that was last found. */
  let blocked: { since: number; last: number } | null = null;
  const commit = async <Result>(work: () => Result): Promise<Result> => {
    const transaction = db.transaction(work);
    for (;;) {
      try {
        const result = transaction.immediate();
        blocked = null;
        return result;
      } catch (error) {
        onFailure();
        if (!isBusy(error)) throw error;
        const now = performance.now();
        const since = blocked && now - blocked.last < 1000 ? blocked.since : now;
        blocked = { since, last: now };
        if (now - since > patience) throw error;
        await pause(1);
      }
    }
  };
  return async (work) => {
    const result = await commit(work);
    await log.kept();
    return result;
  };
}
