import { close, fdatasync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Checkpoints } from './checkpoints.ts';
import type { Db } from './open.ts';

const toDisk = promisify(fdatasync);
/** How long a copy to the database waits for those who read, when the log itself could not be written. Milliseconds. */
const patience = 10_000;

/**
 * Brings commits to the disk without holding up the process: SQLite appends them to the write-ahead log and does not wait
 * (synchronous = NORMAL); whoever asked for one is answered when `kept` resolves (decision 0018).
 */
export class Log {
  readonly #db: Db;
  readonly #file: string;
  readonly #checkpoints: Checkpoints;
  #handle: number | null = null;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  /** Why the log may have a hole, in front of which nothing that follows counts; null when it has none. */
  #doubt: { cause: unknown } | null = null;

  constructor(db: Db, file: string) {
    this.#db = db;
    this.#file = `${file}-wal`;
    this.#checkpoints = new Checkpoints(db, file);
    db.pragma('synchronous = NORMAL');
  }

  /**
   * Resolves when everything that is committed now is on the disk, and rejects when that cannot be known. Those who ask
   * while the disk is busy share its next turn.
   */
  kept(): Promise<void> {
    this.#checkpoints.committed();
    if (!this.#running) return this.#write();
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.#write();
      });
    return this.#next;
  }

  async close(): Promise<void> {
    while (this.#running) await this.#running.catch(() => {});
    await this.#checkpoints.close();
    if (this.#handle !== null) await promisify(close)(this.#handle);
    this.#handle = null;
  }

  #write(): Promise<void> {
    this.#handle ??= openSync(this.#file, 'r+');
    const kept = this.#doubt
      ? this.#copy(this.#doubt.cause)
      : toDisk(this.#handle).catch((cause) => this.#copy(cause));
    const running = kept.finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  /**
   * After a failure the system may hold what it could not write for written, so the log is not asked again: all of it is
   * copied to the database, which SQLite brings to the disk itself. Until that was done once, it is done for every commit.
   */
  async #copy(cause: unknown): Promise<void> {
    this.#doubt = { cause };
    for (const until = performance.now() + patience; ; await pause(10)) {
      const [result] = this.#db.pragma('wal_checkpoint(FULL)') as { busy: number }[];
      if (result?.busy === 0) {
        this.#doubt = null;
        return;
      }
      if (performance.now() > until) throw cause;
    }
  }
}
