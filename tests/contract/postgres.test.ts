import { afterAll, afterEach, beforeAll } from 'vitest';
import { openPostgres } from '../../server/storage/postgres/store.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { type Postgres, renew, startPostgres } from '../support/postgres.ts';
import { storeContract } from './store.ts';

let postgres: Postgres;
/** Databases of the server, used one test after the other. */
const free: string[] = [];
const mostDatabases = 4;
let made = 0;
const used = new Map<string, { url: string; open: number }>();
let places = 0;
const newPlace = () => `place ${++places}`;

async function databaseFor(): Promise<string> {
  // A test that goes through many places closes those that it needs no more.
  const closed = [...used].find(([, { open }]) => open === 0);
  if (free.length === 0 && made >= mostDatabases && closed) {
    used.delete(closed[0]);
    await renew(closed[1].url);
    return closed[1].url;
  }
  if (free.length > 0) return free.pop()!;
  made++;
  return postgres.database();
}

/** A place is a database of the server; a copy is a file. */
async function open(place: string) {
  if (place.endsWith('.db')) return openSqlite({ file: place });
  const one = used.get(place) ?? { url: await databaseFor(), open: 0 };
  used.set(place, one);
  const store = await openPostgres({ url: one.url, lookEvery: 50, connections: 4 });
  one.open++;
  const close = store.close.bind(store);
  store.close = async () => {
    await close();
    one.open--;
  };
  return store;
}

beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(async () => {
  for (const { url } of used.values()) {
    await renew(url);
    free.push(url);
  }
  used.clear();
});
afterAll(() => postgres?.stop());

storeContract(open, newPlace);
