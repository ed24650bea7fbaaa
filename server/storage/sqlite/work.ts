import type { Db } from './open.ts';

/** What the parts of the adapter work with: the one connection that writes, and the way to do so. */
export interface Work {
  db: Db;
  now: () => number;
  /** All of it or nothing; waits while another process writes. */
  transaction<Result>(work: () => Result): Promise<Result>;
  /** The same for what every process must know at once: the settings are read anew after it. */
  changingSettings(work: () => void): Promise<void>;
}
