import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, readEnvironment } from '../../server/environment.ts';
import { type Running, serve } from '../../server/serve.ts';
import { openSqlite, type SqliteStore } from '../../server/storage/sqlite/store.ts';
import { inDatabase } from '../support/database.ts';
import { Listener } from '../support/listener.ts';
import { type Program, startProgram, temporaryFolder } from '../support/program.ts';
import { get, type Reply, send } from '../support/ratings.ts';

const email = 'Beheer@gemeente.example';
const password = 'een lang wachtwoord 1';
const person = { name: 'Bea Heer', email, password };

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const linkOf = ({ output }: Program) => {
  const link = /(http\S+\/setup#)([\w-]+)/.exec(output.join('\n'));
  return link && { address: link[1], token: link[2] };
};
const setUp = (url: string, token: unknown, fields = {}) =>
  send('POST', `${url}/api/v1/setup`, { token, ...person, ...fields });
const signIn = (url: string, fields = {}, headers = {}) =>
  send('POST', `${url}/api/v1/session`, { email, password, ...fields }, headers);
const cookieOf = (reply: Reply) =>
  reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const account = (url: string, cookie: string) => send('GET', `${url}/api/v1/account`, undefined, { cookie });

describe('the first administrator', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(() => program.stop());

  test('AC1: an expired link makes nobody', async () => {
    const link = linkOf(program)!;
    inDatabase(program.dataDir, (db) =>
      db.prepare('UPDATE setup_links SET expires_at = ?').run(Date.now() - 1),
    );
    expect((await setUp(program.url, link.token)).status).toBe(404);
    expect((await get(program.url, '/meta')).body).toMatchObject({ needsSetup: true });
    await program.stop();
    program = await program.restart();
    expect(linkOf(program)!.token).not.toBe(link.token);
    expect((await setUp(program.url, link.token)).status).toBe(404);
  });

  test('AC1: a link holds for an hour, and its secret is kept as a hash', async () => {
    const kept = inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT hash, expires_at FROM setup_links').all(),
    ) as {
      hash: Buffer;
      expires_at: number;
    }[];
    expect(kept).toHaveLength(1);
    expect(Math.abs(kept[0]!.expires_at - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect(kept[0]!.hash.includes(linkOf(program)!.token!)).toBe(false);
  });

  test('AC1: what is not right is refused with every error, and the link stays good', async () => {
    const { token } = linkOf(program)!;
    const reply = await setUp(program.url, token, { email: 'x', password: 'kort', name: ' ', role: 'admin' });
    expect(reply.status).toBe(400);
    expect((reply.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/email',
      '/name',
      '/password',
      '/role',
    ]);
    expect((await setUp(program.url, 'a'.repeat(32))).status).toBe(404);
    expect((await get(program.url, '/meta')).body).toMatchObject({ needsSetup: true });
  });

  test('AC1: the link works once, even when used ten times at the same time, and signs in', async () => {
    const { token } = linkOf(program)!;
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) => setUp(program.url, token, { email: `b${i}@gemeente.example` })),
    );
    const made = replies.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 404)).toHaveLength(9);
    expect(made[0]!.body).toMatchObject({ name: 'Bea Heer', role: 'admin' });
    expect((await account(program.url, cookieOf(made[0]!))).body).toEqual(made[0]!.body);
    expect((await get(program.url, '/meta')).body).toMatchObject({ needsSetup: false });
    expect((await setUp(program.url, token)).status).toBe(404);
    await program.stop();
    program = await program.restart();
    expect(linkOf(program)).toBe(null);
  });
});

describe('a session', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } });
  });
  afterAll(() => program.stop());

  test('AC1: ADMIN_EMAIL and ADMIN_PASSWORD make the first administrator without a link', async () => {
    expect(linkOf(program)).toBe(null);
    const reply = await signIn(program.url, { email: email.toLowerCase() });
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 201,
      body: expect.objectContaining({ role: 'admin' }),
    });
    await program.stop();
    program = await program.restart();
    expect((await signIn(program.url)).status).toBe(201);
    const people = inDatabase(program.dataDir, (db) => db.prepare('SELECT count(*) FROM user').pluck().get());
    expect(people).toBe(1);
  });

  test('AC4: its cookie is for the server alone and does not go along from other sites', async () => {
    const cookies = (await signIn(program.url)).headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; ?HttpOnly/i);
      expect(cookie).toMatch(/; ?SameSite=(Lax|Strict)/i);
      expect(cookie).toMatch(/; ?Path=\//i);
    }
    const kept = inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT ipAddress, userAgent FROM session').all(),
    );
    for (const row of kept as Record<string, string | null>[]) expect(row.ipAddress ?? '').toBe('');
  });

  test('AC4: behind TLS its cookie is sent over TLS only', async () => {
    const port = await freePort();
    const started = await startProgram({
      environment: {
        PORT: String(port),
        PUBLIC_URL: 'https://klantpuls.gemeente.example',
        ADMIN_EMAIL: email,
        ADMIN_PASSWORD: password,
      },
    });
    const reply = await signIn(
      `http://127.0.0.1:${port}`,
      {},
      { origin: 'https://klantpuls.gemeente.example' },
    );
    const name = '__Host-klantpuls.session_token';
    const document = await send('GET', `http://127.0.0.1:${port}/api/v1/openapi.json`);
    expect(document.body).toMatchObject({ components: { securitySchemes: { session: { name } } } });
    expect((await account(`http://127.0.0.1:${port}`, cookieOf(reply))).status).toBe(200);
    await started.stop();
    expect(reply.status).toBe(201);
    expect(cookieOf(reply)).toContain(`${name}=`);
    for (const cookie of reply.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-/);
      expect(cookie).toMatch(/; ?Secure/i);
      expect(cookie).not.toMatch(/Domain/i);
    }
    expect(reply.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  });

  test('AC2: it answers who is signed in, and after signing out it is worth nothing', async () => {
    const cookie = cookieOf(await signIn(program.url));
    expect((await account(program.url, cookie)).body).toMatchObject({
      role: 'admin',
      languages: expect.arrayContaining(['nl']),
    });
    expect((await send('GET', `${program.url}/api/v1/summary`, undefined, { cookie })).status).toBe(200);
    const out = await send('DELETE', `${program.url}/api/v1/session`, undefined, { cookie });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().join()).toMatch(/Max-Age=0/i);
    expect((await account(program.url, cookie)).status).toBe(401);
    expect((await send('GET', `${program.url}/api/v1/summary`, undefined, { cookie })).status).toBe(401);
  });

  test('AC3: a wrong password and an unknown address look the same', async () => {
    const wrong = await signIn(program.url, { password: 'een ander wachtwoord' });
    for (const other of ['niemand@gemeente.example', 'geen adres', "' OR 1=1 --"]) {
      const unknown = await signIn(program.url, { email: other });
      expect({ status: unknown.status, body: unknown.body }).toEqual({ status: 401, body: wrong.body });
      expect(unknown.headers.getSetCookie()).toEqual([]);
      expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()]);
    }
  });

  test.each([
    ['nothing', {}, 400],
    ['no password', { email }, 400],
    ['a list', { email: [email], password }, 400],
    ['a very long password', { email, password: 'x'.repeat(5000) }, 400],
    ['another field', { email, password, role: 'admin' }, 400],
  ])('AC3: signing in with %s is answered 400', async (_name, body, status) => {
    expect((await send('POST', `${program.url}/api/v1/session`, body)).status).toBe(status);
  });

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
    'AC4: a page of %s cannot change anything with the cookie of somebody',
    async (origin) => {
      const cookie = cookieOf(await signIn(program.url));
      const from = { cookie, origin };
      expect((await send('DELETE', `${program.url}/api/v1/session`, undefined, from)).status).toBe(403);
      expect((await signIn(program.url, {}, { origin })).status).toBe(403);
      expect(
        (await send('POST', `${program.url}/api/v1/setup`, { token: 'x', ...person }, from)).status,
      ).toBe(403);
      const seen = await account(program.url, cookie);
      expect(seen.status).toBe(200);
      const read = await send('GET', `${program.url}/api/v1/summary`, undefined, from);
      expect(read.headers.get('access-control-allow-origin')).toBe(null);
      await expect(new Listener(program.url, {}, from).connected()).rejects.toThrow();
    },
  );

  test('LV7: signing out ends the live connection of that session and of no other', async () => {
    const [mine, other] = [cookieOf(await signIn(program.url)), cookieOf(await signIn(program.url))];
    const [leaves, stays] = [
      new Listener(program.url, {}, { cookie: mine }),
      new Listener(program.url, {}, { cookie: other }),
    ];
    await leaves.connected();
    await stays.connected();
    await leaves.subscribe({ period: 'today', by: 'channel' });
    const gone = new Promise<string>((resolve) => leaves.socket.on('disconnect', resolve));
    await send('DELETE', `${program.url}/api/v1/session`, undefined, { cookie: mine });
    expect(await gone).toMatch(/server|transport/);
    expect((await stays.subscribe({ period: 'today', by: 'channel' })).error).toBe(undefined);
    stays.close();
    await expect(new Listener(program.url, {}, { cookie: mine }).connected()).rejects.toThrow(
      'not-signed-in',
    );
  });

  test('AC5: an expired or revoked token is refused, and so is one in the wrong place', async () => {
    const token = await program.token('viewer');
    const change = (sql: string) => inDatabase(program.dataDir, (db) => db.prepare(sql).run(Date.now() - 1));
    expect((await get(program.url, '/summary', token)).status).toBe(200);
    expect((await get(program.url, `/summary?token=${token}`)).status).toBe(401);
    for (const scheme of [
      `Basic ${token}`,
      token,
      `Bearer ${token}x`,
      'Bearer ',
      `Bearer ${token.slice(0, 30)}`,
    ]) {
      const reply = await send('GET', `${program.url}/api/v1/summary`, undefined, { authorization: scheme });
      expect(reply.status).toBe(401);
    }
    change('UPDATE tokens SET expires_at = ?');
    expect((await get(program.url, '/summary', token)).status).toBe(401);
    change('UPDATE tokens SET expires_at = NULL, revoked_at = ?');
    expect((await get(program.url, '/summary', token)).status).toBe(401);
  });

  test('AC5: --days says how long a token is valid', async () => {
    await program.command('token', '--name', 'kort', '--role', 'viewer', '--days', '3');
    const expires = inDatabase(program.dataDir, (db) =>
      db.prepare("SELECT expires_at FROM tokens WHERE name = 'kort'").pluck().get(),
    );
    expect(Math.abs(Number(expires) - Date.now() - 3 * 86_400_000)).toBeLessThan(60_000);
  });
});

describe('guessing', () => {
  /** The program stands here with a clock of the test: what is spent comes back only when it says so. */
  const now = Date.parse('2026-06-03T09:00:00Z');
  let store: SqliteStore;
  let program: Running;
  beforeEach(async () => {
    const environment = readEnvironment({
      ...{ DATA_DIR: join(temporaryFolder(), 'data'), PORT: '0', LOG_LEVEL: 'silent' },
      ...{ ADMIN_EMAIL: email, ADMIN_PASSWORD: password, RATE_LIMIT: 'on', TRUST_PROXY: 'loopback' },
    });
    store = await openSqlite({ file: databaseFile(environment) });
    program = await serve({ store, environment, now: () => now });
  });
  afterEach(async () => {
    await program.close();
    await store.close();
  });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const guess = (address: string, i: number, fields = {}) =>
    signIn(program.url, { password: `geraden wachtwoord ${i}`, ...fields }, from(address));

  test('AC3: guesses at an account are limited per address, with Retry-After, and lock nobody else out', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 30 && !statuses.includes(429); i++) {
      const reply = await guess('203.0.113.1', i);
      statuses.push(reply.status);
      if (reply.status === 429) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    for (let i = 0; i < 150; i++) expect((await guess('203.0.113.1', i)).status).toBe(429);
    expect((await signIn(program.url, {}, from('203.0.113.1'))).status).toBe(429);
    expect((await signIn(program.url, {}, from('203.0.113.2'))).status).toBe(201);
  });

  test('AC3: guesses are limited per account from all addresses, and per address at all accounts', async () => {
    const until429 = async (one: (i: number) => Promise<Reply>) => {
      const replies = await Promise.all(Array.from({ length: 120 }, (_, i) => one(i)));
      const allowed = replies.filter(({ status }) => status === 401).length;
      return replies.filter(({ status }) => status === 429).length === 120 - allowed ? allowed : null;
    };
    const accounts = await until429((i) =>
      guess('203.0.113.3', i, { email: `b${i}@gemeente.example`, password: 'te kort' }),
    );
    expect(accounts).toBe(100);
    const addresses = await until429((i) => guess(`203.0.113.${10 + (i % 200)}`, i, { password: 'te kort' }));
    expect(addresses).toBe(100);
  });
});
