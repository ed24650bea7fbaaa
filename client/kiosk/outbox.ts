import { type Item, type Rejected, withDatabase } from './database.ts';

export interface Waiting {
  key: number;
  item: Item;
}
const strict = { durability: 'strict' } as const;

/** Resolves when the item is on disk, and not before. */
export const keep = (item: Item): Promise<void> =>
  withDatabase(async (db) => {
    const tx = db.transaction('outbox', 'readwrite', strict);
    await Promise.all([tx.store.add(item), tx.done]);
  });

export const oldest = (count: number): Promise<Waiting[]> =>
  withDatabase(async (db) => {
    const tx = db.transaction('outbox');
    const [keys, items] = await Promise.all([tx.store.getAllKeys(null, count), tx.store.getAll(null, count)]);
    return items.map((item, index) => ({ key: keys[index]!, item }));
  });

/** Takes out what the server answered for; what it refused stays visible in a list of its own. */
export const settle = (keys: number[], refused: Rejected[]): Promise<void> =>
  withDatabase(async (db) => {
    const tx = db.transaction(['outbox', 'rejected'], 'readwrite', strict);
    for (const key of keys) tx.objectStore('outbox').delete(key);
    for (const one of refused) tx.objectStore('rejected').add(one);
    await tx.done;
  });

export const waitingCount = (): Promise<number> => withDatabase((db) => db.count('outbox'));
export const refusedItems = (): Promise<Rejected[]> => withDatabase((db) => db.getAll('rejected'));

/** When the oldest rating that waits was given; undefined when none does. */
export async function oldestGivenAt(): Promise<number | undefined> {
  const [first] = await oldest(1);
  const given = first && 'givenAt' in first.item ? first.item.givenAt : undefined;
  return given === undefined ? undefined : Date.parse(given);
}
