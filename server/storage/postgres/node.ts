import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { configOf, patience as usual } from './db.ts';
import { locks } from './transactions.ts';

const channel = 'klantpuls';
/** What many commits tell within so long is told once, in milliseconds. */
const togetherFor = 20;
const longestRest = 2000;

export interface NodeOptions {
  url: string;
  /** In milliseconds. */
  lookEvery: number;
  /** The server ends a connection that asked nothing for so long, in milliseconds; half of it and it is lost here. */
  patience?: number | undefined;
  /** Another process wrote, or may have while this one could not hear it. */
  look: () => void;
  poll: (clock: { changes: number; settings: number }) => void;
}

/**
 * This process among others on the same database: one connection that hears that somebody wrote, tells it, and holds the
 * lock of who leads. A call only wakes: what happened stands in the tables, and is looked at now and then in any case.
 */
export class Node {
  readonly #options: NodeOptions;
  readonly #id = randomUUID();
  #client: pg.Client | null = null;
  #leads = false;
  /** When the server last answered. */
  #heardAt = -Infinity;
  #telling: NodeJS.Timeout | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #closed = false;

  constructor(options: NodeOptions) {
    this.#options = options;
  }

  /** A process that stood still, or whose line is cut, stops leading before the server lets another lead. */
  get leads(): boolean {
    return this.#leads && performance.now() - this.#heardAt < 0.8 * this.#patience;
  }

  get #patience(): number {
    return this.#options.patience ?? usual;
  }

  async begin(): Promise<void> {
    await this.#connect();
    this.#next();
  }

  /** That something was committed here. */
  tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      this.#client?.query('SELECT pg_notify($1, $2)', [channel, this.#id]).catch(() => {});
    }, togetherFor);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#telling) clearTimeout(this.#telling);
    const client = this.#client;
    this.#leave();
    // What was committed last is told as well.
    await client?.query('SELECT pg_notify($1, $2)', [channel, this.#id]).catch(() => {});
    await client?.end().catch(() => {});
  }

  #leave(): void {
    this.#client = null;
    this.#leads = false;
  }

  #next(): void {
    if (this.#closed) return;
    const rest = this.#client ? this.#options.lookEvery : Math.min(100 * 2 ** this.#failures, longestRest);
    this.#timer = setTimeout(() => void this.#round().finally(() => this.#next()), rest);
    this.#timer.unref();
  }

  async #round(): Promise<void> {
    try {
      if (!this.#client) {
        await this.#connect();
        // What was told meanwhile was not heard.
        this.#options.look();
        return;
      }
      await this.#lead();
      const { rows } = await this.#client.query(
        'SELECT changes::float8 AS changes, settings::float8 AS settings FROM clock',
      );
      this.#heardAt = performance.now();
      this.#options.poll(rows[0]);
    } catch {
      const lost = this.#client;
      this.#failures++;
      this.#leave();
      // It may hang on a line that is cut: nobody waits for its end.
      lost?.end().catch(() => {});
    }
  }

  async #connect(): Promise<void> {
    const { url } = this.#options;
    const client = new pg.Client(
      configOf(
        { url, name: 'klantpuls listener', patience: this.#patience / 2 },
        { idle_session_timeout: this.#patience },
      ),
    );
    client.on('error', () => {
      if (this.#client === client) this.#leave();
    });
    client.on('end', () => {
      if (this.#client === client) this.#leave();
    });
    client.on('notification', ({ payload }) => {
      if (payload !== this.#id) this.#options.look();
    });
    await client.connect();
    // A call that is lost costs a second, so it need not be on the disk.
    await client.query(`SET synchronous_commit = off; LISTEN ${channel}`);
    if (this.#closed) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#failures = 0;
    await this.#lead();
  }

  /** Leads when nobody does. The lock is that of the connection: the server gives it to another when this one ends. */
  async #lead(): Promise<void> {
    if (this.#leads || !this.#client) return;
    const client = this.#client;
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${locks.leader}) AS got`);
    if (!rows[0].got || this.#client !== client) return;
    this.#heardAt = performance.now();
    this.#leads = true;
    this.#options.look();
  }
}
