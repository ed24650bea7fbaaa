import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import express from 'express';
import { describe, expect, test } from 'vitest';
import { databaseFile, EnvironmentRefused, readEnvironment, secretKey } from '../../server/environment.ts';
import { temporaryFolder } from '../support/program.ts';

/** One line per reason, or none when the environment is right. */
function reasons(source: NodeJS.ProcessEnv): string[] {
  try {
    readEnvironment(source);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentRefused) return error.message.split('\n');
    throw error;
  }
}

describe('the environment', () => {
  test('CM1: an empty environment serves on this machine only, with limits', () => {
    expect(readEnvironment({})).toEqual({
      ...{ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: './data', LOG_LEVEL: 'info', RATE_LIMIT: 'on' },
      OIDC_ROLE_CLAIM: 'roles',
    });
  });

  test('CM1: an empty value is no value, and what is not ours is left alone', () => {
    expect(readEnvironment({ PORT: '', PUBLIC_URL: '', HOME: '/root', KLANT: 'x' })).toEqual(
      readEnvironment({}),
    );
  });

  test('CM1: what is given is taken', () => {
    const secret = 's'.repeat(32);
    const given = { HOST: '0.0.0.0', DATA_DIR: '/srv/data', LOG_LEVEL: 'warn', RATE_LIMIT: 'off' };
    const further = { PUBLIC_URL: 'https://puls.voorbeeld.nl', SECRET_KEY: secret, TRUST_PROXY: '1' };
    const admin = { ADMIN_EMAIL: 'a@voorbeeld.nl', ADMIN_PASSWORD: 'twaalf tekens' };
    const tls = { TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' };
    expect(readEnvironment({ PORT: '0', ...given, ...further, ...admin, ...tls })).toEqual({
      ...{ PORT: 0, ...given, ...further, ...admin, ...tls, OIDC_ROLE_CLAIM: 'roles' },
    });
  });

  test.each([
    ['PORT', 'drieduizend'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['PORT', '1e3'],
    ['TRUST_PROXY', ' '],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', 'foo'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.0/x'],
    ['TRUST_PROXY', '::1/129'],
    ['TRUST_PROXY', '10.0.0.1/8/8'],
    ['TRUST_PROXY', 'loopback,'],
    ['TRUST_PROXY', '1, loopback'],
    ['PUBLIC_URL', 'puls.voorbeeld.nl'],
    ['PUBLIC_URL', 'ftp://voorbeeld.nl'],
    ['SECRET_KEY', 'kort'],
    ['LOG_LEVEL', 'hard'],
    ['RATE_LIMIT', 'nee'],
    ['DATABASE_URL', 'mysql://localhost/puls'],
    ['DATABASE_CONNECTIONS', '1'],
    ['KLANTPULS_PORT', '3000'],
  ])('CM1: %s=%s is one clear line that names it', (name, value) => {
    expect(reasons({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: .{10,}`))]);
  });

  test.each([
    ...['1', '2', '127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8', 'loopback'],
    'loopback, linklocal, uniquelocal, 192.0.2.7/32',
  ])('CM1: TRUST_PROXY=%s is taken, and by the server too', (value) => {
    const { TRUST_PROXY } = readEnvironment({ TRUST_PROXY: value });
    expect(TRUST_PROXY).toBe(value);
    express().set('trust proxy', /^\d+$/.test(value) ? Number(value) : TRUST_PROXY);
  });

  test.each([
    ['https://puls.voorbeeld.nl/', 'https://puls.voorbeeld.nl'],
    ['https://voorbeeld.nl/puls/', 'https://voorbeeld.nl/puls'],
  ])('CM1: PUBLIC_URL=%s is kept without the slash at its end', (given, kept) => {
    expect(readEnvironment({ PUBLIC_URL: given }).PUBLIC_URL).toBe(kept);
  });

  test('CM1: everything that is wrong is told at once, one line each', () => {
    const lines = reasons({ PORT: 'x', LOG_LEVEL: 'x', KLANTPULS_A: '1', KLANTPULS_B: '2', TLS_CERT: 'c' });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      ...['PORT', 'LOG_LEVEL', 'KLANTPULS_A', 'KLANTPULS_B', 'TLS_CERT, TLS_KEY'],
    ]);
  });

  test('CM1: of a pair both are given or neither', () => {
    expect(reasons({ TLS_KEY: 'key.pem' })).toEqual(['TLS_CERT, TLS_KEY: give both or neither']);
    expect(reasons({ ADMIN_EMAIL: 'a@voorbeeld.nl' })).toEqual([
      'ADMIN_EMAIL, ADMIN_PASSWORD: give both or neither',
    ]);
    expect(reasons({ ADMIN_EMAIL: 'a', ADMIN_PASSWORD: 'kort' }).map((line) => line.split(':')[0])).toEqual([
      ...['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
    ]);
  });
});

describe('the secret key', () => {
  test('CM1: it is made once, beside the data and not in it, for its owner only', () => {
    const folder = temporaryFolder();
    const environment = readEnvironment({ DATA_DIR: join(folder, 'data') });
    const key = secretKey(environment);
    expect(key.length).toBeGreaterThanOrEqual(43);
    expect(secretKey(environment)).toBe(key);
    expect(readdirSync(folder)).toEqual(['data.key']);
    expect(statSync(join(folder, 'data.key')).mode & 0o777).toBe(0o600);
    expect(databaseFile(environment)).toBe(join(folder, 'data', 'klantpuls.db'));
    expect(secretKey(readEnvironment({ DATA_DIR: join(folder, 'other') }))).not.toBe(key);
  });

  test('CM1: one that is given is used, and none is made', () => {
    const folder = temporaryFolder();
    const given = 'gegeven sleutel van ten minste 32 tekens';
    expect(secretKey(readEnvironment({ DATA_DIR: join(folder, 'data'), SECRET_KEY: given }))).toBe(given);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['', '\n', 'te kort\n'])(
    'CM1: a key file that holds %j is refused and stays as it is',
    (content) => {
      const folder = temporaryFolder();
      const file = join(folder, 'data.key');
      writeFileSync(file, content);
      const environment = readEnvironment({ DATA_DIR: join(folder, 'data') });
      expect(() => secretKey(environment)).toThrow(EnvironmentRefused);
      expect(() => secretKey(environment)).toThrow(`The key in ${file} is damaged`);
      expect(readFileSync(file, 'utf8')).toBe(content);
    },
  );

  test('CM1: programs that start at once make one key, and none reads half of it', async () => {
    const folder = temporaryFolder();
    const code = `
      import { workerData, parentPort } from 'node:worker_threads';
      const { readEnvironment, secretKey } = await import(workerData.module);
      const environment = readEnvironment({ DATA_DIR: workerData.dataDir });
      parentPort.postMessage('here');
      Atomics.wait(workerData.gate, 0, 0);
      parentPort.postMessage(secretKey(environment));`;
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const workerData = {
      module: new URL('../../server/environment.ts', import.meta.url).href,
      dataDir: join(folder, 'data'),
      gate,
    };
    const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const workers = Array.from({ length: 4 }, () => new Worker(url, { workerData }));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const keys = Promise.all(workers.map((worker) => once(worker, 'message')));
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    const [key, ...others] = new Set((await keys).flat());
    expect(others).toEqual([]);
    expect(readFileSync(join(folder, 'data.key'), 'utf8')).toBe(`${key}\n`);
    expect(readdirSync(folder)).toEqual(['data.key']);
  });
});
