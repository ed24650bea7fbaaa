import { Worker } from 'node:worker_threads';
import type { Db } from './open.ts';

/** So many commits fill the log with 4 to 35 MB. */
const commitsBetween = 500;
/** Pages, 64 MB: whoever commits copies the log itself when it has become this long. */
const longest = 16_000;

/**
 * Copies the write-ahead log to the database in a thread of its own, where SQLite would do it in the commit that finds the
 * log too long: 10 to 50 ms, in which nobody is read from or answered (decision 0018). While ratings keep coming there is
 * always a little that was not copied, so the log grows; at `longest` a commit copies that little, and the log begins anew.
 */
export class Checkpoints {
  readonly #file: string;
  #worker: Worker | null = null;
  #commits = 0;
  #copying = false;

  constructor(db: Db, file: string) {
    this.#file = file;
    db.pragma(`wal_autocheckpoint = ${longest}`);
  }

  /** After each commit. */
  committed(): void {
    if (++this.#commits < commitsBetween || this.#copying) return;
    this.#commits = 0;
    this.#copying = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage(null);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), {
      workerData: { file: this.#file },
    });
    worker.unref();
    const ended = () => {
      this.#worker = null;
      this.#copying = false;
    };
    worker.on('message', () => {
      this.#copying = false;
    });
    // A thread that cannot be had costs nobody a rating: commits copy the log themselves, and the next asks again.
    worker.on('error', ended);
    worker.on('exit', ended);
    return worker;
  }
}
