import type { Db } from './db.ts';

/** How far everything is, read under the lock of the writer. */
export interface Clock {
  /** Number of the last rating. */
  ratings: number;
  /** Number of the last change. */
  changes: number;
  /** Rises when the settings change. */
  settings: number;
}

/** What the parts of the adapter work with. */
export interface Work {
  /** For reading: each statement on any connection. */
  db: Db;
  now: () => number;
  /** All of it or nothing, by one writer at a time of all processes. */
  transaction<Result>(work: (db: Db, clock: Clock) => Promise<Result>): Promise<Result>;
  /** The same for what every process must know at once: the settings are read anew after it. */
  changingSettings<Result>(work: (db: Db, clock: Clock) => Promise<Result>): Promise<Result>;
}
