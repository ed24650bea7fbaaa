import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { DatabaseRefused } from '../../server/storage/refused.ts';
import { connect, openMigrated, schemaVersion } from '../../server/storage/sqlite/open.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { startProgram, temporaryFolder } from '../support/program.ts';
import { until } from '../support/until.ts';
import { aRating, benchOf, countIn, everything, ratings, statuses } from './store/bench.ts';
import { storeContract } from './store.ts';

const open = (file: string) => openSqlite({ file, lookEvery: 10 });
const folder = temporaryFolder();
let places = 0;
const newPlace = () => join(folder, String(++places), 'data', 'klantpuls.db');

storeContract(open, newPlace);

describe('SQLite', () => {
  const bench = benchOf(open, newPlace);

  /** As when a later hour comes. */
  const hoursAreOver = 'INSERT INTO buckets SELECT * FROM open_buckets; DELETE FROM open_buckets';

  /** Something happens to the file that no part of ours would do. */
  function meddle(file: string, ...statements: string[]): void {
    const db = new Database(file);
    for (const statement of statements) db.exec(statement);
    db.close();
  }

  test('AG1: a recount finds what was damaged, a repair mends it and tells whoever watches', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    await store.append(ratings(300));
    meddle(
      file,
      hoursAreOver,
      'UPDATE buckets SET g8 = g8 + 5 WHERE level = 5',
      'DELETE FROM buckets WHERE level = 4 AND start = (SELECT min(start) FROM buckets WHERE level = 4)',
      'INSERT INTO buckets SELECT 0, placement, start + 9999, 0, 0, 1, 1,1,1,1,1,1,1,1,1,1, 1,1,1,1,1 FROM buckets LIMIT 1',
    );
    const { sequence } = await store.cells(everything);
    const found = await store.recount({ repair: false });
    expect(found.differences).toBe(5);
    expect(await store.recount({ repair: false })).toEqual(found);
    expect(await store.changesSince(sequence)).toEqual([]);

    expect(await store.recount({ repair: true })).toEqual(found);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 300, differences: 0 });
    expect(await countIn(store)).toBe(300);
    expect(await countIn(store, { keep: { time: 'day' } })).toBe(300);
    expect((await store.changesSince(sequence))!.map(({ deltas }) => deltas)).toEqual([null]);
  });

  test('AG1: a repair while ratings come in loses none of them', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    await store.append(ratings(1000));
    meddle(file, hoursAreOver, 'UPDATE buckets SET g8 = g8 + 1, g1 = 3');
    let repairing = true;
    const repair = store.recount({ repair: true }).finally(() => {
      repairing = false;
    });
    let written = 1000;
    while (repairing) {
      await store.append(ratings(3));
      written += 3;
    }
    expect((await repair).differences).toBeGreaterThan(1000);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: written, differences: 0 });
  });

  test('AG3: a failure at any step of a commit leaves nothing of it behind', async () => {
    for (const table of ['ratings', 'comments', 'open_buckets', 'changes']) {
      const file = newPlace();
      const store = await bench.open(file);
      await store.append(ratings(2));
      meddle(file, `CREATE TRIGGER stop BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'stop'); END`);
      const rating = aRating({ comment: 'Fijn' });
      await expect(store.append([rating])).rejects.toThrow('stop');
      expect(await store.recount({ repair: false }), table).toMatchObject({ ratings: 2, differences: 0 });
      expect(await store.changesSince(0), table).toHaveLength(1);
      meddle(file, 'DROP TRIGGER stop');
      expect(statuses(await store.append([rating])), table).toEqual(['accepted']);
      expect(await store.recount({ repair: false }), table).toMatchObject({ ratings: 3, differences: 0 });
    }
  });

  test('IN20: the log is copied to the database beside those who give ratings', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    await store.append(ratings(1));
    expect(statSync(file).size).toBe(4096);
    for (let i = 0; i < 500; i++) await store.append([aRating({})]);
    await until('the log was copied', () => statSync(file).size > 100_000);
  });

  test('IN15: a database that cannot be written says so, and is tried again the next time', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    meddle(file, "CREATE TRIGGER full BEFORE INSERT ON settings BEGIN SELECT RAISE(ABORT, 'full'); END");
    await expect(store.checkWritable()).rejects.toThrow('full');
    meddle(file, 'DROP TRIGGER full');
    await store.checkWritable();
  });

  test('LV3: changes that are no longer all known are not told in part', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    await store.append(ratings(1));
    await store.append(ratings(1));
    // As if twenty-one thousand commits had come: the next one forgets those of long ago.
    meddle(file, "UPDATE sqlite_sequence SET seq = 20998 WHERE name = 'changes'");
    for (let i = 0; i < 3; i++) await store.append(ratings(1));
    expect(await store.changesSince(0)).toBeNull();
    expect(await store.changesSince(1)).toBeNull();
    expect((await store.changesSince(20998))!.map(({ sequence }) => sequence)).toEqual([20999, 21000, 21001]);
    expect(await store.changesSince(21001)).toEqual([]);
    meddle(file, 'DELETE FROM changes WHERE sequence = 20999');
    expect(await store.changesSince(20998)).toBeNull();
  });

  test('AG6: a database of a newer version is refused with what to do, and is left as it is', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    await store.append(ratings(2));
    await bench.close(store);
    meddle(file, 'PRAGMA user_version = 99');
    const refused = await openSqlite({ file }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseRefused);
    expect((refused as Error).message).toMatch(
      /newer Klantpuls \(version 99; .*\)\. Start the newer program, or/,
    );
    meddle(file, `PRAGMA user_version = ${schemaVersion}`);
    expect(await countIn(await bench.open(file))).toBe(2);
  });

  test('AG6: a database of this version is opened without a copy, and a new one has nothing to copy', async () => {
    const file = newPlace();
    await bench.close(await bench.open(file));
    await bench.close(await bench.open(file));
    expect(readdirSync(dirname(file))).toEqual(['klantpuls.db']);
  });

  test('AG6: a new database has its settings from the moment that it has tables, so a kill leaves nothing half', async () => {
    const file = newPlace();
    openMigrated(file).close();
    const { channels, touchpoints } = (await bench.open(file)).settings();
    expect([channels.length, touchpoints.length]).toEqual([4, 4]);
  });

  test('AG6: what fails while a new database is made leaves no version behind', async () => {
    const file = newPlace();
    const migrations = temporaryFolder();
    writeFileSync(
      join(migrations, '0001-none.sql'),
      'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT)',
    );
    expect(() => openMigrated(file, { migrations })).toThrow('languages');
    expect((await bench.open(file)).settings().channels).toHaveLength(4);
  });

  test('AG1: of two repairs at once one gives way, and nothing is mended twice', async () => {
    const file = newPlace();
    const store = await bench.open(file);
    const beside = await bench.beside(store);
    await store.append(ratings(300));
    meddle(file, hoursAreOver, 'UPDATE buckets SET g8 = g8 + 5');
    const both = await Promise.allSettled([store, beside].map((one) => one.recount({ repair: true })));
    const reasons = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(reasons).toEqual([expect.any(DatabaseRefused)]);
    expect(reasons[0].message).toMatch(/Another repair .* again/);
    expect(await store.recount({ repair: true })).toMatchObject({ ratings: 300, differences: 0 });
    meddle(file, 'UPDATE buckets SET g8 = g8 + 5');
    await beside.recount({ repair: true });
    expect((await store.recount({ repair: false })).differences).toBe(0);
  });

  describe('a migration', () => {
    /** What this version has, and one more. */
    const withSecond = (sql: string): string => {
      const migrations = join(temporaryFolder(), 'migrations');
      cpSync(new URL('../../server/storage/sqlite/migrations', import.meta.url), migrations, {
        recursive: true,
      });
      writeFileSync(join(migrations, `${String(schemaVersion + 1).padStart(4, '0')}-more.sql`), sql);
      return migrations;
    };
    const copyOf = (file: string) => `${file}.before-${String(schemaVersion + 1).padStart(4, '0')}`;

    test('AG6: an older database is copied whole before it is migrated, also while somebody reads it', async () => {
      const file = newPlace();
      openMigrated(file).close();
      const reader = new Database(file);
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM ratings').get();
      const store = await bench.open(file);
      await store.append(ratings(40));

      const migrated = openMigrated(file, { migrations: withSecond('CREATE TABLE more (x)') });
      reader.close();
      expect(migrated.pragma('user_version', { simple: true })).toBe(schemaVersion + 1);
      migrated.close();
      expect(readdirSync(dirname(file)).filter((name) => name.includes('before'))).toEqual([
        basename(copyOf(file)),
      ]);
      const copy = await bench.open(copyOf(file));
      expect(await copy.recount({ repair: false })).toMatchObject({ ratings: 40, differences: 0 });
    });

    test('AG6: a migration that fails leaves the database as it was, beside its copy', async () => {
      const file = newPlace();
      const store = await bench.open(file);
      await store.append(ratings(3));
      const migrations = withSecond(
        'CREATE TABLE more (x); DROP TABLE comments; INSERT INTO none VALUES (1);',
      );
      expect(() => openMigrated(file, { migrations })).toThrow('none');
      expect(await store.append([aRating({ comment: 'Fijn' })])).toHaveLength(1);
      expect(await countIn(await bench.open(file))).toBe(4);
      expect(await countIn(await bench.open(copyOf(file)))).toBe(3);
    });

    test('AG6: a copy that could not be made stops the migration', async () => {
      const file = newPlace();
      openMigrated(file).close();
      mkdirSync(join(copyOf(file), 'in the way'), { recursive: true });
      const migrations = withSecond('CREATE TABLE more (x)');
      expect(() => openMigrated(file, { migrations })).toThrow();
      openMigrated(file).close();
    });
  });

  test('CM1: first starts at the same time all work, on one installation', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const started = await Promise.all(Array.from({ length: 3 }, () => startProgram({ dataDir })));
    expect(await Promise.all(started.map((program) => program.stop()))).toEqual([0, 0, 0]);
    const store = await bench.open(join(dataDir, 'klantpuls.db'));
    expect(store.settings().touchpoints).toHaveLength(4);
  });

  test('AG7: a copy that was interrupted is in nobody’s way', async () => {
    const store = await bench.fresh();
    await store.append(ratings(2));
    const copy = join(folder, 'copy.db');
    meddle(`${copy}.unfinished`, 'CREATE TABLE half (x)');
    await store.backup(copy);
    expect(existsSync(`${copy}.unfinished`)).toBe(false);
    expect(readFileSync(copy).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(await countIn(await bench.open(copy))).toBe(2);
  });

  test('IN2: every connection waits for the disk at a commit', () => {
    const db = connect(join(folder, 'connection.db'));
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });
});
