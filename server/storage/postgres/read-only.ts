import type pg from 'pg';
import type { CellQuery, CommentQuery, Reader, Settings } from '../port.ts';
import { readArrivals, readComments } from './comments.ts';
import { type ConnectOptions, Db, makePool } from './db.ts';
import { InboxRows } from './inbox.ts';
import { readNormCounts } from './norms.ts';
import { readCells, readFirstSlots } from './reader.ts';
import { type LoadedSettings, readSettings } from './settings.ts';

/** A question about years may take so long, in milliseconds. */
const patience = 60_000;

/** A reader of its own connections, for another thread. */
export async function openReader(options: ConnectOptions): Promise<Reader> {
  const pool = makePool({ ...options, name: 'klantpuls reader', patience }, 2);
  const db = new Db(pool);
  return new ReadOnly(pool, db, await readSettings(db));
}

class ReadOnly implements Reader {
  readonly #pool: pg.Pool;
  readonly #db: Db;
  readonly inbox: InboxRows;
  #settings: LoadedSettings;

  constructor(pool: pg.Pool, db: Db, settings: LoadedSettings) {
    this.#pool = pool;
    this.#db = db;
    this.#settings = settings;
    this.inbox = new InboxRows(db);
  }

  settings(): Settings {
    return this.#settings;
  }

  async refresh(): Promise<void> {
    const version = await this.#db.value<number>('SELECT settings FROM clock');
    if (version !== this.#settings.version) this.#settings = await readSettings(this.#db);
  }

  firstSlots() {
    return readFirstSlots(this.#db);
  }

  cells(query: CellQuery) {
    return readCells(this.#db, query);
  }

  comments(query: CommentQuery) {
    return readComments(this.#db, query);
  }

  normCounts(query: Parameters<Reader['normCounts']>[0]) {
    return readNormCounts(this.#db, query);
  }

  arrivals(after: number, most: number) {
    return readArrivals(this.#db, after, most);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
