import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Backups } from '../../server/operations/backups.ts';
import { openSqlite, type SqliteStore } from '../../server/storage/sqlite/store.ts';
import { inDatabase } from '../support/database.ts';
import { runCommand, temporaryFolder } from '../support/program.ts';
import { aRating } from './store/bench.ts';

const day = 86_400_000;
const dataDir = join(temporaryFolder(), 'data');
const folder = join(temporaryFolder(), 'backups');
let store: SqliteStore;
let clock = Date.parse('2026-06-01T02:00:00Z');
const failures: unknown[] = [];
const backups = () =>
  new Backups({
    folder,
    database: join(dataDir, 'klantpuls.db'),
    backup: (file) => store.backup(file),
    leads: () => true,
    now: () => clock,
    failed: (error) => failures.push(error),
  });
const kept = () => readdirSync(folder).sort();

beforeAll(async () => {
  store = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
});
afterAll(() => store.close());

test('OP1: one backup a day, old ones go after their period, the newest never, and nothing of others is touched', async () => {
  const keeping = backups();
  mkdirSync(folder);
  // Left by who was killed while it was made, and by somebody else.
  writeFileSync(join(folder, 'klantpuls-2026-06-01T020000Z.db.unfinished'), 'half');
  writeFileSync(join(folder, 'notities.txt'), 'van een ander');
  for (let days = 0; days < 5; days++) {
    await keeping.look();
    clock += day - 1;
    await keeping.look();
    clock += 1;
  }
  const names = [1, 2, 3, 4, 5].map((number) => `klantpuls-2026-06-0${number}T020000Z.db`);
  expect(kept()).toEqual([...names, 'notities.txt']);
  expect((await keeping.list()).map(({ name }) => name)).toEqual([...names].reverse());
  for (const name of names) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);

  expect(await keeping.removeOlder(Date.parse('2026-06-03T02:00:00Z'))).toBe(2);
  expect(kept()).toEqual([...names.slice(2), 'notities.txt']);
  expect(await keeping.removeOlder(clock + 365 * day)).toBe(2);
  expect(kept()).toEqual([names[4], 'notities.txt']);

  // One that fails is told, leaves no file with the name of a backup, and is tried again at the next look.
  const { backup } = store;
  store.backup = async () => {
    throw new Error('disk full');
  };
  clock += day;
  await keeping.look();
  expect(failures).toEqual([new Error('disk full')]);
  expect(kept()).toEqual([names[4], 'notities.txt']);
  store.backup = backup;
  await keeping.look();
  expect(await keeping.list()).toHaveLength(2);
  await keeping.close();
});

test('OP1: the drill restores the newest backup and counts it again; one that is damaged or does not fit fails it', async () => {
  const drill = async (...args: string[]) => {
    process.env.BACKUP_DIR = folder;
    try {
      return await runCommand(dataDir, 'drill', ...args);
    } finally {
      delete process.env.BACKUP_DIR;
    }
  };
  await store.append([aRating({ grade: 8 }), aRating({ grade: 6 })]);
  clock += 2 * day;
  const keeping = backups();
  await keeping.look();
  const [newest] = await keeping.list();
  await keeping.close();
  await store.append([aRating({ grade: 1 })]);
  const before = kept();
  const good = await drill();
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(good.stdout).toMatch(/^2 ratings restored in [\d.]+ s\n0 differences\nThe drill succeeded\.\n$/);
  expect(kept()).toEqual(before);

  const bent = join(temporaryFolder(), 'data');
  mkdirSync(bent);
  copyFileSync(join(folder, newest!.name), join(bent, 'klantpuls.db'));
  inDatabase(bent, (db) => db.exec('UPDATE open_buckets SET g8 = g8 + 1 WHERE level = 1'));
  const wrong = await drill(join(bent, 'klantpuls.db'));
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('do not fit its ratings') });
  const damaged = join(bent, 'damaged.db');
  writeFileSync(damaged, 'geen database');
  expect(await drill(damaged)).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be used') });
});
