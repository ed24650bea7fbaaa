import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { countRatings } from '../support/database.ts';
import { runCommand, startProgram, temporaryFolder } from '../support/program.ts';

const folder = temporaryFolder();
const dataDir = join(folder, 'data');
const csv = join(folder, 'ratings.csv');
const other = 'een heel andere sleutel van meer dan 32 tekens';
const backup = join(folder, 'copy.db');
let key: string;

beforeAll(async () => {
  writeFileSync(csv, 'touchpoint;grade;givenAt\nbalie-1;8;2023-01-05 10:00\nbalie-1;8;2023-01-05 10:00\n');
  expect((await runCommand(dataDir, 'import', csv)).stdout).toContain('2 accepted');
  key = readFileSync(`${dataDir}.key`, 'utf8');
  expect((await runCommand(dataDir, 'backup', backup)).code).toBe(0);
});

const refused = {
  code: 1,
  stdout: '',
  stderr: expect.stringMatching(/^SECRET_KEY: .*used with .*\.key.*\n$/),
};
const failure = (environment: Record<string, string>, where = dataDir) =>
  startProgram({ dataDir: where, environment }).then(
    async (program) => {
      await program.stop();
      return ['it started'];
    },
    (error: Error) => error.message.split('\n').slice(1),
  );

describe('another key than the database was used with', () => {
  test('AG8: is refused by an import with one clear sentence, and counts nothing twice', async () => {
    writeFileSync(`${dataDir}.key`, other);
    expect(await runCommand(dataDir, 'import', csv)).toMatchObject(refused);
    writeFileSync(`${dataDir}.key`, key);
    expect((await runCommand(dataDir, 'import', csv)).stdout).toContain('2 duplicate');
    expect(countRatings(dataDir)).toBe(2);
  });

  test('AG8: is refused by the server with one clear line, the right one is not', async () => {
    expect(await failure({ SECRET_KEY: other })).toEqual([
      expect.stringMatching(/^klantpuls: SECRET_KEY: .*used with /),
    ]);
    expect(await failure({ SECRET_KEY: key.trim() })).toEqual(['it started']);
  });

  test('AG8: a key that is lost is not replaced by a new one', async () => {
    rmSync(`${dataDir}.key`);
    expect(await runCommand(dataDir, 'import', csv)).toMatchObject(refused);
    expect(await failure({})).toEqual([expect.stringMatching(/^klantpuls: SECRET_KEY: .*used with /)]);
    expect(existsSync(`${dataDir}.key`)).toBe(false);
    writeFileSync(`${dataDir}.key`, key);
  });

  test('AG8: the first key that a server has is the one, also for a database that was made without', async () => {
    const made = join(temporaryFolder(), 'data');
    expect((await runCommand(made, 'token', '--name', 'x', '--role', 'viewer')).code).toBe(0);
    expect(existsSync(`${made}.key`)).toBe(false);
    expect(await failure({ SECRET_KEY: other }, made)).toEqual(['it started']);
    expect(await runCommand(made, 'import', csv)).toMatchObject(refused);
  });
});

describe('a restore', () => {
  const restored = async (...options: string[]) => {
    const elsewhere = join(temporaryFolder(), 'data');
    return { elsewhere, ...(await runCommand(elsewhere, 'restore', backup, ...options)) };
  };

  test('AG8: without the key says where it goes, and with it an import adds nothing', async () => {
    const { elsewhere, code, stdout } = await restored();
    expect(code).toBe(0);
    expect(stdout).toMatch(/2 ratings restored/);
    expect(stdout).toContain(`${elsewhere}.key`);
    expect(stdout).toContain('--new-key');
    expect(await runCommand(elsewhere, 'import', csv)).toMatchObject(refused);
    writeFileSync(`${elsewhere}.key`, key);
    expect((await runCommand(elsewhere, 'import', csv)).stdout).toContain('2 duplicate');
  });

  test('AG8: beside its key says nothing of it', async () => {
    const elsewhere = join(temporaryFolder(), 'data');
    writeFileSync(`${elsewhere}.key`, key);
    const { code, stdout } = await runCommand(elsewhere, 'restore', backup);
    expect(code).toBe(0);
    expect(stdout).not.toContain('key');
  });

  test('AG8: whoever lost the key goes on with a new one when that is asked for', async () => {
    const { elsewhere, code, stdout } = await restored('--new-key');
    expect(code).toBe(0);
    expect(stdout).not.toContain(dirname(elsewhere).concat('/data.key'));
    expect((await runCommand(elsewhere, 'import', csv)).stdout).toContain('2 accepted');
    expect((await runCommand(elsewhere, 'import', csv)).stdout).toContain('2 duplicate');
  });
});
