import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Access } from '../../server/access/accounts.ts';
import type { Cell, Store } from '../../server/storage/port.ts';
import { openPostgres } from '../../server/storage/postgres/store.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { cuttableLine } from '../support/nodes.ts';
import { type Postgres, renew, startPostgres } from '../support/postgres.ts';
import { root, runCommand, temporaryFolder } from '../support/program.ts';
import { until } from '../support/until.ts';
import { anEntry } from './store/audit.ts';
import {
  anAddition,
  aProduct,
  aRating,
  benchOf,
  countIn,
  everything,
  type Hold,
  noon,
  ratings,
  statuses,
} from './store/bench.ts';
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

/** The next commit has all its numbers and then waits for a lock; whoever writes meanwhile would overtake it. */
async function hold(place: string): Promise<Hold> {
  const { url } = used.get(place)!;
  await postgres.query(
    url,
    `CREATE SEQUENCE turns; CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF nextval('turns') = 1 THEN PERFORM pg_advisory_xact_lock_shared(42); END IF; RETURN NULL; END $$;
     CREATE TRIGGER dawdle AFTER INSERT ON changes FOR EACH ROW EXECUTE FUNCTION dawdle()`,
  );
  const gate = new pg.Client({ connectionString: url });
  await gate.connect();
  await gate.query('SELECT pg_advisory_lock(42)');
  const waiting = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return {
    underWay: (transactions) =>
      until(
        `${transactions} are under way`,
        async () => (await postgres.query(url, waiting))[0]!.n === transactions,
      ),
    async letGo() {
      await gate.end();
      await postgres.query(url, 'DROP TRIGGER dawdle ON changes; DROP FUNCTION dawdle; DROP SEQUENCE turns');
    },
  };
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

// A connection and a new database cost more than a file does: fewer cases at random, every promise all the same.
storeContract(open, newPlace, { cases: 6, hold });

describe('PostgreSQL', () => {
  const bench = benchOf(open, newPlace);
  const urlOf = (place: string) => used.get(place)!.url;
  async function fresh() {
    const place = newPlace();
    const store = await bench.open(place);
    return { place, store, url: urlOf(place) };
  }

  test('AG1: a recount finds what was damaged, and a repair mends it and tells whoever watches', async () => {
    const { store, url } = await fresh();
    await store.append(ratings(300));
    await postgres.query(
      url,
      `UPDATE buckets SET g8 = g8 + 5 WHERE level = 5;
       DELETE FROM buckets WHERE level = 4 AND start = (SELECT min(start) FROM buckets WHERE level = 4)`,
    );
    const { sequence } = await store.cells(everything);
    const found = await store.recount({ repair: true });
    expect(found).toMatchObject({ ratings: 300, differences: 4 });
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 300, differences: 0 });
    expect((await store.changesSince(sequence))!.map(({ deltas }) => deltas)).toEqual([null]);
  });

  test('ND6: months of ratings that are older than their period go as a whole; what they counted stays', async () => {
    const { store, url } = await fresh();
    const old = Date.parse('2020-03-05T12:00:00Z');
    await store.append([
      ...[aRating({ at: old, comment: 'Lang geleden' }), aRating({ at: old + 40 * 86_400_000 })],
      ...[aRating({ comment: 'Van nu' }), aRating()],
    ]);
    const cut = Date.parse('2020-04-20T22:00:00Z');
    const { removed } = await store.privacy.remove({
      ...{ comments: 0, answers: 0, ratings: cut, firstPosts: 0, auditEvents: 0 },
    });
    expect(removed).toMatchObject({ ratings: 2 });
    const tables = "SELECT relname FROM pg_class WHERE relname IN ('ratings_2020_03', 'ratings_2020_04')";
    expect(await postgres.query(url, tables)).toEqual([{ relname: 'ratings_2020_04' }]);
    expect(await postgres.query(url, 'SELECT count(*)::int AS n FROM rating_numbers')).toEqual([{ n: 2 }]);
    expect(await countIn(store)).toBe(4);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 2, differences: 0 });
    expect(statuses(await store.append([aRating({ at: old })]))).toEqual(['accepted']);
  });

  test('AG6: a database of a newer version is taken when that says so, and refused when it does not', async () => {
    const { place, url } = await fresh();
    await postgres.query(url, 'INSERT INTO migrations VALUES (9001, 1)');
    await bench.open(place);
    await postgres.query(url, 'UPDATE migrations SET oldest = 9001 WHERE number = 9001');
    await expect(openPostgres({ url })).rejects.toThrow(/newer Klantpuls \(version 9001/);
    await postgres.query(url, 'DELETE FROM migrations WHERE number = 9001');
  });

  test('ND8: an older PostgreSQL is refused with the version that is needed', async () => {
    const url = await postgres.empty();
    const name = new URL(url).pathname.slice(1);
    await postgres.query(
      url,
      `CREATE SCHEMA older; CREATE FUNCTION older.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT ''140012''';
       ALTER DATABASE ${name} SET search_path = older, pg_catalog, public`,
    );
    await expect(openPostgres({ url })).rejects.toThrow(
      'This is PostgreSQL 14; Klantpuls needs 15 or later.',
    );
    expect(await postgres.query(url, "SELECT to_regclass('public.clock')::text AS clock")).toEqual([
      { clock: null },
    ]);
    await postgres.drop(url);
  });

  test('ND4: cut off in the middle of a transaction the database is away within a bounded time, another leads, and all goes on by itself', async () => {
    const { store, url } = await fresh();
    await store.append([aRating()]);
    const line = await cuttableLine(url);
    const cutOff = await openPostgres({ url: line.url, lookEvery: 50, connections: 3, patience: 1000 });
    try {
      await bench.close(store);
      await until('the one behind the line leads', () => cutOff.leads());
      const other = await openPostgres({ url, lookEvery: 50, connections: 3, patience: 1000 });
      try {
        line.cutAt('pg_advisory_xact_lock');
        const away = { code: 'DATABASE_AWAY' };
        await expect(cutOff.append(ratings(2))).rejects.toMatchObject(away);
        await expect(cutOff.append([aRating()])).rejects.toMatchObject(away);
        await until('the other leads', () => other.leads());
        expect(cutOff.leads()).toBe(false);
        await other.append(ratings(3));
        line.mend();
        await until('it is answered again', () =>
          cutOff.append([aRating()]).then(
            () => true,
            () => false,
          ),
        );
        await until('it sees what the other wrote', async () => (await countIn(cutOff)) === 5);
        expect(await cutOff.recount({ repair: false })).toMatchObject({ ratings: 5, differences: 0 });
      } finally {
        await other.close();
      }
    } finally {
      line.mend();
      await cutOff.close();
      line.close();
    }
  });

  test('ND7: a database moves to PostgreSQL and back, stopped half-way and continued, and every figure is the same', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const file = join(dataDir, 'klantpuls.db');
    const sqlite = await bench.open(file);
    await sqlite.changeSettings({ municipality: 'Nieuwegein', products: [aProduct('paspoort')] });
    await sqlite.append([...ratings(2499, { comment: 'Lange wachttijd' }), aRating({ smiley: 2 })]);
    await sqlite.append([anAddition((await anyRating(sqlite)).id, { grade: 2, comment: 'Toch niet' })]);
    await sqlite.keyFingerprint('abc');
    for (let i = 0; i < 5; i++) await sqlite.audit.append(anEntry());
    const person = await personIn(sqlite);
    const asked = { ...everything, keep: { product: true, language: true, time: 'slot' as const } };
    const figures = async (store: Store) => {
      const { cells, sequence } = await store.cells(asked);
      const key = ({ placement, time }: Cell) => placement * 1e9 + time;
      return { sequence, cells: cells.sort((a, b) => key(a) - key(b)) };
    };
    const expected = { ...(await figures(sqlite)), audit: await sqlite.audit.verify() };
    await bench.close(sqlite);

    const url = await postgres.empty();
    const stopped = spawn(process.execPath, [join(root, 'server/dist/cli-move.js'), '--to', url], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    });
    const copied = 'SELECT count(*)::int AS n FROM rating_numbers';
    await until('a part is there', async () => {
      const [found] = await postgres.query(url, copied).catch(() => []);
      return (found?.n as number) >= 2000 || stopped.exitCode !== null;
    });
    stopped.kill('SIGKILL');
    const { stdout, stderr, code } = await runCommand(dataDir, 'move', '--to', url);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toMatch(
      /[1-9]\d* figures compared, 0 differences\n2501 ratings counted again in PostgreSQL, 0 differences/,
    );
    expect((await runCommand(dataDir, 'move', '--to', url)).stderr).toMatch(
      /There is data in this PostgreSQL/,
    );

    const moved = await openPostgres({ url });
    expect(await figures(moved)).toEqual({ sequence: expected.sequence, cells: expected.cells });
    expect((await moved.audit.verify()).records).toBe(6);
    expect(await moved.keyFingerprint(null)).toBe('abc');
    expect(await moved.access.users()).toMatchObject([{ id: person, email: 'a@gemeente.test' }]);
    await moved.append([aRating()]);
    await moved.close();

    const back = join(temporaryFolder(), 'back.db');
    const again = await runCommand(dataDir, 'move', '--from', url, back);
    expect([again.stderr, again.code]).toEqual(['', 0]);
    const returned = await bench.open(back);
    expect(await countIn(returned)).toBe(2502);
    expect(await returned.recount({ repair: false })).toMatchObject({ ratings: 2502, differences: 0 });
    expect((await returned.audit.verify()).broken).toBeNull();
    expect(returned.settings().municipality).toBe('Nieuwegein');
    while (await returned.inbox.index(2000));
    expect((await returned.cells(everything)).sequence).toBe(expected.sequence + 1);
    await postgres.drop(url);
  });
});

const given = aRating({ comment: 'Eerst zo' });
async function anyRating(store: Store) {
  await store.append([given]);
  return given;
}
const personIn = (store: Store) =>
  new Access({
    ...{ store, secret: 'a secret of some length for the test', baseUrl: 'http://localhost', secure: false },
    now: () => noon,
  }).addAccount({ email: 'a@gemeente.test', name: 'Ali', role: 'admin' });
