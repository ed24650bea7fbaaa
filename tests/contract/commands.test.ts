import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { countRatings, inDatabase } from '../support/database.ts';
import { type Program, runCommand, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, get, post } from '../support/ratings.ts';

let program: Program;
let viewer: string;
const folder = temporaryFolder();

beforeAll(async () => {
  program = await startProgram();
  viewer = await program.token('viewer');
});
afterAll(() => program.stop());

/** A failure that a person can do something about: code 1, a sentence, no trace of our own code. */
const refused = (result: Awaited<ReturnType<typeof runCommand>>, sentence: RegExp) => {
  expect(result.stderr).toMatch(sentence);
  expect(result.stderr).not.toMatch(/\n\s+at |node:internal/);
  expect(result.code).toBe(1);
};
const json = (content: unknown): string => {
  const file = join(folder, `${randomUUID()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

test.each([
  ['backup', [], /Name one file/],
  ['backup', ['a', 'b'], /Name one file/],
  ['backup', [join(folder, 'no', 'such', 'folder', 'x.db')], /folder|no such/i],
  ['import', [], /Name one file/],
  ['import', [join(folder, 'none.csv')], /no such file/i],
  ['import', [folder], /folder|file/i],
  ['import', [join(folder, 'none.csv'), '--unknown'], /--unknown/],
  ['recount', ['--unknown'], /--unknown/],
  ['restore', [], /Name one file/],
  ['settings', [], /Name one file/],
  ['settings', [join(folder, 'none.json')], /no such file/i],
  ['token', [], /--name/],
  ['token', ['--name', 'x', '--role', 'boss'], /viewer.*machine/],
  ['token', ['--name', 'x', '--role', 'viewer', '--for', 'invitations'], /--role machine/],
  ['token', ['--name', 'x', '--role', 'machine', '--for', 'telephony:none'], /no touchpoint none/],
  ['token', ['--name', 'x', '--role', 'machine', '--for', 'all'], /telephony:KEY/],
  ['token', ['--name', 'x', '--role', 'viewer', '--days', '1.5'], /--days/],
  ['token', ['--name', 'x', '--role', 'viewer', '--days', '-1'], /--days/],
] as [string, string[], RegExp][])(
  'CM2: %s %j says what to do, with exit code 1',
  async (name, args, sentence) => {
    refused(await program.command(name, ...args), sentence);
  },
);

describe('tokens', () => {
  test('AC5: a token stands alone on standard output and is kept as a hash only', async () => {
    const { stdout, stderr } = await program.command(
      'token',
      '--name',
      'x',
      '--role',
      'viewer',
      '--days',
      '1',
    );
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^[\w-]{43}\n$/), stderr: '' });
    expect((await get(program.url, '/summary', stdout.trim())).status).toBe(200);
    for (const end of ['', '-wal'])
      expect(readFileSync(join(program.dataDir, `klantpuls.db${end}`)).includes(stdout.trim())).toBe(false);
  });
});

describe('settings', () => {
  const channel = (fields: Record<string, unknown>) => ({ key: 'x', name: 'X', channel: 'balie', ...fields });
  test.each([
    ['no JSON', '{', /not valid JSON/],
    ['an unknown part', { colours: [] }, /\/colours/],
    [
      'two mistakes, both told',
      { municipality: '', viewerThreshold: 0 },
      /municipality[\s\S]*viewerThreshold/,
    ],
    ['an unknown channel', { touchpoints: [channel({ channel: 'none' })] }, /no channel none/],
    ['another channel of a touchpoint', { touchpoints: [channel({ key: 'website' })] }, /channel is fixed/],
    ['a key with capitals', { touchpoints: [channel({ key: 'Balie 1' })] }, /\/touchpoints\/0\/key/],
  ])('CM2: settings with %s change nothing and say why', async (_name, content, sentence) => {
    const before = await get(program.url, '/touchpoints', viewer);
    refused(await program.command('settings', json(content)), sentence);
    expect((await get(program.url, '/touchpoints', viewer)).body).toEqual(before.body);
  });
});

describe('recount', () => {
  test('AG1: it finds what was damaged with exit code 1, and --repair mends it while ratings come in', async () => {
    for (let i = 0; i < 30; i++) await post(program.url, aRating({ grade: 1 + (i % 10), language: 'nl' }));
    const clean = await program.command('recount');
    expect({ code: clean.code, last: clean.stdout.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      last: '0 differences',
    });
    const right = (await get<Summary>(program.url, '/summary?by=language', viewer)).body;
    inDatabase(program.dataDir, (db) => {
      db.exec('INSERT INTO buckets SELECT * FROM open_buckets; DELETE FROM open_buckets');
      db.prepare('UPDATE buckets SET g1 = g1 + 7, g9 = g9 - 1 WHERE level = 0').run();
      db.prepare('DELETE FROM buckets WHERE level = 3').run();
      db.prepare(
        'INSERT INTO buckets SELECT level, placement, start + 99, product, language, marked, g1, g2, g3, g4, g5, g6, g7, g8, g9, g10, s1, s2, s3, s4, s5 FROM buckets WHERE level = 4',
      ).run();
    });
    const damaged = await program.command('recount');
    expect({ code: damaged.code, out: damaged.stdout }).toEqual({
      code: 1,
      out: expect.stringMatching(/\n[1-9]\d* differences/),
    });
    let more = 0;
    let going = true;
    const coming = (async () => {
      for (; going; more++) await post(program.url, aRating({ grade: 10 }));
    })();
    expect(await program.command('recount', '--repair')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('repaired'),
    });
    going = false;
    await coming;
    expect((await program.command('recount')).stdout).toContain('\n0 differences');
    const after = (await get<Summary>(program.url, '/summary?by=language', viewer)).body;
    expect(after.total.n).toBe(right.total.n + more);
    expect(after.groups.find(({ key }) => key === 'nl')).toEqual(
      right.groups.find(({ key }) => key === 'nl'),
    );
  });
});

describe('backup and restore', () => {
  test('AG7: a backup made while ratings come in is whole, overwrites nothing, and is restored with its pause', async () => {
    const file = join(folder, 'copy.db');
    const answered: Record<string, unknown>[] = [];
    let going = true;
    const coming = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (going) {
          const rating = aRating();
          expect((await post(program.url, rating)).status).toBe(201);
          answered.push(rating);
        }
      }),
    );
    const before = countRatings(program.dataDir);
    const done = await program.command('backup', file);
    going = false;
    await coming;
    expect({ code: done.code, stderr: done.stderr }).toEqual({ code: 0, stderr: '' });
    refused(await program.command('backup', file), /exists/);

    const elsewhere = join(temporaryFolder(), 'data');
    expect((await runCommand(elsewhere, 'restore', file)).stdout).toMatch(/\d+ ratings restored/);
    const kept = countRatings(elsewhere);
    expect(kept).toBeGreaterThanOrEqual(before);
    expect(kept).toBeLessThanOrEqual(before + answered.length);
    expect((await runCommand(elsewhere, 'recount')).stdout).toContain('\n0 differences');
    const paused = inDatabase(elsewhere, (db) =>
      db.prepare("SELECT value FROM settings WHERE name = 'outgoingPaused'").pluck().get(),
    );
    expect(paused).toBe('true');
    refused(await runCommand(elsewhere, 'restore', file), /not overwritten/);
    expect(countRatings(program.dataDir)).toBe(before + answered.length);
  });

  test('AG7: a log left behind by another database is named and stops the restore', async () => {
    const elsewhere = join(temporaryFolder(), 'data');
    mkdirSync(elsewhere);
    const left = ['klantpuls.db-wal', 'klantpuls.db-shm'].map((name) => join(elsewhere, name));
    for (const file of left) {
      writeFileSync(file, 'van een ander');
      const result = await runCommand(elsewhere, 'restore', join(folder, 'copy.db'));
      refused(result, /not overwritten.*move/);
      expect(result.stderr).toContain(file);
      expect(() => statSync(join(elsewhere, 'klantpuls.db'))).toThrow();
      rmSync(file);
    }
    for (const file of left) writeFileSync(file, 'van een ander');
    refused(await runCommand(elsewhere, 'restore', join(folder, 'copy.db')), /db-wal, .*db-shm\. Stop/);
  });

  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['a text', Buffer.from('geen database\n'.repeat(500))],
    ['half a database', null],
  ])('AG7: %s is not restored, and nothing is left behind', async (_name, content) => {
    const file = join(folder, `${randomUUID()}.db`);
    const whole = join(folder, 'copy.db');
    writeFileSync(file, content ?? readFileSync(whole).subarray(0, statSync(whole).size / 2));
    const elsewhere = join(temporaryFolder(), 'data');
    mkdirSync(elsewhere);
    refused(await runCommand(elsewhere, 'restore', file), /not a backup/);
    expect(() => statSync(join(elsewhere, 'klantpuls.db'))).toThrow();
    expect(() => statSync(join(elsewhere, 'klantpuls.db.unfinished'))).toThrow();
  });
});

describe('the environment', () => {
  const lines = async (environment: Record<string, string>) => {
    const error = await startProgram({ environment }).then(
      async (started) => {
        await started.stop();
        return new Error('it started');
      },
      (reason: Error) => reason,
    );
    const [ended = '', ...output] = error.message.split('\n');
    expect(ended).toContain('ended with 1');
    return output;
  };
  const name = 'klantpuls: ';
  test.each([
    [{ KLANTPULS_THEME: 'x', PORT: 'abc', LOG_LEVEL: 'loud' }, ['KLANTPULS_THEME', 'LOG_LEVEL', 'PORT']],
    [{ PORT: '70000' }, ['PORT']],
    [{ TLS_CERT: '/none.pem' }, ['TLS_CERT, TLS_KEY']],
    [{ TLS_CERT: '/none.pem', TLS_KEY: '/none.pem' }, ['/none.pem']],
    [{ ADMIN_EMAIL: 'a@b.nl', ADMIN_PASSWORD: 'short' }, ['ADMIN_PASSWORD']],
    [{ PUBLIC_URL: 'gemeente.example' }, ['PUBLIC_URL']],
    [{ RATE_LIMIT: 'no' }, ['RATE_LIMIT']],
    [{ HOST: '192.0.2.1' }, ['192.0.2.1']],
    [{ DATA_DIR: '/dev/null' }, ['/dev/null']],
  ])('CM1: %j ends the start with one clear line each', async (environment, expected) => {
    const output = await lines(environment);
    expect(output.map((line) => line.startsWith(name))).toEqual(expected.map(() => true));
    for (const [i, part] of expected.entries()) expect(output.sort()[i]).toContain(part);
  });

  test('CM1: a port that is in use ends the start with one clear line', async () => {
    const output = await lines({ PORT: new URL(program.url).port });
    expect(output).toEqual([expect.stringMatching(/^klantpuls: .*port/)]);
  });

  test('CM1: a database that is none ends the start with one clear line, and stays as it is', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'klantpuls.db'), 'geen database\n'.repeat(500));
    const output = await lines({ DATA_DIR: dataDir });
    expect(output).toEqual([expect.stringMatching(/^klantpuls: /)]);
    expect(readFileSync(join(dataDir, 'klantpuls.db'), 'utf8')).toBe('geen database\n'.repeat(500));
  });
});
