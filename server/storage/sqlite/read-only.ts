import { alikeOf } from '../alike.ts';
import type { CellQuery, CommentQuery, Reader, Settings } from '../port.ts';
import { readComments } from './comments.ts';
import { InboxRows } from './inbox.ts';
import { readNormCounts } from './norms.ts';
import { connect, type Db } from './open.ts';
import { CellReader } from './reader.ts';
import { readSettings, settingsVersion } from './settings.ts';
import { readArrivals } from './signals.ts';

/** A reader of its own connection, for another thread. Its settings are those of the database at each question. */
export function openReader({ file }: { file: string }): Reader {
  return new ReadOnly(connect(file, { readonly: true }));
}

class ReadOnly implements Reader {
  readonly #db: Db;
  readonly inbox: InboxRows;
  readonly #cells: CellReader;
  #settings: Settings;
  #version: number;

  constructor(db: Db) {
    this.#db = db;
    this.inbox = new InboxRows(db);
    this.#cells = new CellReader(db);
    this.#version = settingsVersion(db);
    this.#settings = readSettings(db);
  }

  settings(): Settings {
    const version = settingsVersion(this.#db);
    if (version !== this.#version) {
      this.#version = version;
      this.#settings = readSettings(this.#db);
    }
    return this.#settings;
  }

  /** Looked at with every use. */
  async refresh(): Promise<void> {}

  async prepare() {
    return this.#cells.prepare(() => alikeOf(this.settings(), []));
  }

  async firstSlots() {
    return this.#cells.firstSlots();
  }

  async cells(query: CellQuery) {
    return this.#cells.cells(query);
  }

  async comments(query: CommentQuery) {
    return readComments(this.#db, query);
  }

  async normCounts(query: Parameters<Reader['normCounts']>[0]) {
    return readNormCounts(this.#db, query);
  }

  async arrivals(after: number, most: number) {
    return readArrivals(this.#db, after, most);
  }

  async close(): Promise<void> {
    this.#db.close();
  }
}
