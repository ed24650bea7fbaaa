import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RatingAddition, RatingInput } from '#shared/contract/rating.ts';

/** What waits to be sent, in the order in which it was given. */
export type Item = RatingInput | (RatingAddition & { id: string; addition: true });
export interface Rejected {
  id: string;
  at: number;
  reasons: string[];
}
interface Schema extends DBSchema {
  outbox: { key: number; value: Item };
  rejected: { key: number; value: Rejected };
  settings: { key: string; value: unknown };
}
export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database> | undefined;

function open(): Promise<Database> {
  opened ??= openDB<Schema>('klantpuls-kiosk', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { autoIncrement: true });
      db.createObjectStore('rejected', { autoIncrement: true });
      db.createObjectStore('settings');
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** Browsers may close the connection of a sleeping tablet; the first use after that opens a new one. */
export async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await use(await open());
  } catch (error) {
    if (!(error instanceof DOMException) || !['InvalidStateError', 'UnknownError'].includes(error.name))
      throw error;
    opened = undefined;
    return use(await open());
  }
}

/** A tablet whose storage is broken still asks the server, and says so when a grade cannot be kept. */
export const recall = <T>(key: string): Promise<T | undefined> =>
  withDatabase(async (db) => (await db.get('settings', key)) as T | undefined).catch(() => undefined);
export const remember = (key: string, value: unknown): Promise<void> =>
  withDatabase(async (db) => {
    await db.put('settings', value, key);
  }).catch(() => undefined);
export const forget = (key: string): Promise<void> =>
  withDatabase((db) => db.delete('settings', key)).catch(() => undefined);
