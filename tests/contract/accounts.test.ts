import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SecondFactor, StaffSession, Token, User } from '#shared/contract/access.ts';
import type { AuditPage } from '#shared/contract/audit.ts';
import { inDatabase } from '../support/database.ts';
import { Listener } from '../support/listener.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, type Reply, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

const admin = { email: 'beheer@gemeente.example', password: 'een lang wachtwoord 1' };
const chosen = 'vier losse kiezels wandelen';
let program: Program;
let tokens: Record<'admin' | 'viewer', string>;
beforeAll(async () => {
  ({ program, tokens } = await startPrepared({
    environment: { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password },
    tokens: { admin: 'admin', viewer: 'viewer' },
  }));
});
afterAll(() => program.stop());

const ask = <Body = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  who = tokens.admin,
) => send<Body>(method, `${program.url}/api/v1${path}`, body, { authorization: `Bearer ${who}` });
const as = <Body = Record<string, unknown>>(cookie: string, method: string, path: string, body?: unknown) =>
  send<Body>(method, `${program.url}/api/v1${path}`, body, { cookie });
const open = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
  send<Body>(method, `${program.url}/api/v1${path}`, body);
const cookieOf = (reply: Reply) =>
  reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const signIn = async (email: string, password: string, code?: string) => {
  const reply = await open('POST', '/session', { email, password, ...(code ? { code } : {}) });
  return { ...reply, cookie: cookieOf(reply) };
};
const secretIn = (link: string) => link.split('#')[1]!;

let count = 0;
/** An account with a password, made as people make one. */
async function person(fields: Record<string, unknown> = {}) {
  const email = `mens${++count}@gemeente.example`;
  const made = await ask<{ user: User; link: string }>('POST', '/users', {
    ...{ name: `Mens ${count}`, email, role: 'manager', ...fields },
  });
  expect(made.status).toBe(201);
  const token = secretIn(made.body.link);
  expect((await open('POST', '/passwords', { token, password: chosen })).status).toBe(204);
  const { cookie } = await signIn(email, chosen);
  return { id: made.body.user.id, email, cookie };
}

describe('an invitation', () => {
  test('AC8: its link works once, names who it is for, and leads to an account with the role that was given', async () => {
    const made = await ask<{ user: User; link: string }>('POST', '/users', {
      ...{ name: 'Ali Yılmaz', email: 'Ali@Gemeente.example', role: 'viewer' },
    });
    expect(made.body).toMatchObject({
      user: { email: 'ali@gemeente.example', status: 'invited', role: 'viewer', secondFactor: false },
      link: expect.stringMatching(new RegExp(`^${program.url}/toegang#[\\w-]{32}$`)),
    });
    expect((await signIn('ali@gemeente.example', chosen)).status).toBe(401);
    const token = secretIn(made.body.link);
    expect((await open('POST', '/link-openings', { token })).body).toEqual({
      ...{ name: 'Ali Yılmaz', email: 'ali@gemeente.example', purpose: 'invitation' },
    });
    expect((await open('POST', '/link-openings', { token: `${token}x` })).status).toBe(404);
    const twice = await Promise.all(
      [chosen, chosen].map((password) => open('POST', '/passwords', { token, password })),
    );
    expect(twice.map(({ status }) => status).sort()).toEqual([204, 404]);
    const signedIn = await signIn('ali@gemeente.example', chosen);
    expect([signedIn.status, signedIn.body.role]).toEqual([201, 'viewer']);
    expect((await as(signedIn.cookie, 'GET', '/users')).status).toBe(403);
    const { items } = (await ask<{ items: User[] }>('GET', '/users')).body;
    expect(items.find(({ id }) => id === made.body.user.id)).toMatchObject({ status: 'active', sessions: 1 });
  });

  test('AC8: an expired link is worth nothing, and a new one replaces it', async () => {
    const { body } = await ask<{ user: User; link: string }>('POST', '/users', {
      ...{ name: 'Laat', email: 'laat@gemeente.example', role: 'viewer' },
    });
    const again = await ask<{ link: string }>('POST', `/users/${body.user.id}/links`);
    expect((await open('POST', '/link-openings', { token: secretIn(body.link) })).status).toBe(404);
    inDatabase(program.dataDir, (db) => db.prepare('UPDATE access_links SET expires_at = 1').run());
    const token = secretIn(again.body.link);
    expect((await open('POST', '/passwords', { token, password: chosen })).status).toBe(404);
  });

  test('AC8: the same address twice, an unknown role and limits on an administrator are refused', async () => {
    const { email } = await person();
    const same = await ask('POST', '/users', { name: 'X', email: email.toUpperCase(), role: 'viewer' });
    expect(same.status).toBe(409);
    const wrong = { name: ' ', email: 'x', role: 'machine', extra: 1 };
    const { status, body } = await ask('POST', '/users', wrong);
    expect(status).toBe(400);
    expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      ...['/email', '/extra', '/name', '/role'],
    ]);
    const reach = { channels: ['balie'] };
    const limited = await ask('POST', '/users', { name: 'X', email: 'x@y.example', role: 'admin', reach });
    expect(limited.status).toBe(400);
  });
});

describe('a password', () => {
  test('AC9: it is changed with the old one, and every other session ends', async () => {
    const { email, cookie } = await person();
    const other = await signIn(email, chosen);
    const change = (current: string) =>
      as(cookie, 'PUT', '/account/password', { current, password: 'zes gele fietsen in de regen' });
    expect((await change('iets heel anders')).body.errors).toMatchObject([{ pointer: '/current' }]);
    for (const [password, code] of [
      ['kort', 'range'],
      ['Wachtwoord2026!', 'too-common'],
    ]) {
      const weak = await as(cookie, 'PUT', '/account/password', { current: chosen, password });
      expect([weak.status, weak.body.errors]).toMatchObject([400, [{ pointer: '/password', code }]]);
    }
    expect((await change(chosen)).status).toBe(204);
    expect((await as(cookie, 'GET', '/account')).status).toBe(200);
    expect((await as(other.cookie, 'GET', '/account')).status).toBe(401);
    expect((await signIn(email, chosen)).status).toBe(401);
  });

  test('AC9: an administrator gives a link for a new one; with it every session ends', async () => {
    const { id, email, cookie } = await person();
    const { body } = await ask<{ link: string }>('POST', `/users/${id}/links`);
    const token = secretIn(body.link);
    expect((await open('POST', '/link-openings', { token })).body).toMatchObject({ purpose: 'reset' });
    await open('POST', '/passwords', { token, password: 'zeven stille bomen aan zee' });
    expect((await as(cookie, 'GET', '/account')).status).toBe(401);
    expect((await signIn(email, 'zeven stille bomen aan zee')).status).toBe(201);
  });

  test('AC9: whoever asks for a reset hears the same for every address', async () => {
    const { email } = await person();
    const replies = await Promise.all(
      [email, 'niemand@gemeente.example'].map((one) => open('POST', '/password-resets', { email: one })),
    );
    expect(replies.map(({ status, body }) => [status, body])).toEqual([
      [202, null],
      [202, null],
    ]);
  });
});

describe('a second factor', () => {
  test('AC10: it is asked at every sign-in; a code, a recovery code once, and back-off for guesses', async () => {
    const { email, cookie, id } = await person();
    expect((await as(cookie, 'POST', '/account/second-factor', { password: 'x' })).status).toBe(400);
    const made = await as<SecondFactor>(cookie, 'POST', '/account/second-factor', { password: chosen });
    expect(made.body.qr).toMatch(/^data:image\/svg\+xml,/);
    expect(made.body.recoveryCodes.length).toBeGreaterThanOrEqual(8);
    const totp = new TOTP({ secret: made.body.secret });
    expect((await signIn(email, chosen)).status).toBe(201);
    const wrong = await as(cookie, 'PUT', '/account/second-factor', { active: true, code: '000000' });
    expect(wrong.status).toBe(400);
    const on = await as(cookie, 'PUT', '/account/second-factor', { active: true, code: totp.generate() });
    expect(on.status).toBe(204);
    const own = cookieOf(on);
    expect((await as(own, 'GET', '/account/second-factor')).body).toMatchObject({ active: true });

    const without = await signIn(email, chosen);
    expect([without.status, without.body.errors]).toEqual([
      401,
      [expect.objectContaining({ pointer: '/code', code: 'required' })],
    ]);
    expect(without.headers.getSetCookie()).toEqual([]);
    expect((await signIn(email, 'een ander wachtwoord', totp.generate())).body.errors).toEqual([]);
    expect((await signIn(email, chosen, totp.generate())).status).toBe(201);
    const [recovery] = made.body.recoveryCodes;
    expect((await signIn(email, chosen, recovery)).status).toBe(201);
    expect((await signIn(email, chosen, recovery)).status).toBe(401);

    const fresh = await as<{ recoveryCodes: string[] }>(own, 'POST', '/account/recovery-codes', {
      password: chosen,
    });
    expect((await signIn(email, chosen, made.body.recoveryCodes[1])).status).toBe(401);
    expect((await signIn(email, chosen, fresh.body.recoveryCodes[0])).status).toBe(201);

    let status = 401;
    for (let i = 0; i < 20 && status === 401; i++) ({ status } = await signIn(email, chosen, '000000'));
    expect(status).toBe(429);

    expect((await ask('DELETE', `/users/${id}/second-factor`)).status).toBe(204);
    expect((await signIn(email, chosen)).status).toBe(201);
  });

  test('AC10: its secret and recovery codes are kept sealed', async () => {
    const { cookie } = await person();
    const { body } = await as<SecondFactor>(cookie, 'POST', '/account/second-factor', { password: chosen });
    const kept = inDatabase(program.dataDir, (db) =>
      JSON.stringify(db.prepare('SELECT * FROM twoFactor').all()),
    );
    for (const secret of [body.secret, ...body.recoveryCodes]) expect(kept).not.toContain(secret);
  });
});

describe('sessions', () => {
  test('AC11: people see and end their own, and nobody else’s; whoever is ended is refused at the next request and hears nothing more', async () => {
    const [one, two] = [await person(), await person()];
    const other = await signIn(one.email, chosen);
    const { items } = (await as<{ items: StaffSession[] }>(one.cookie, 'GET', '/account/sessions')).body;
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(one.cookie).not.toContain(items[0]!.id);
    const away = items.find(({ current }) => !current)!;
    expect((await as(two.cookie, 'DELETE', `/account/sessions/${away.id}`)).status).toBe(404);
    const [ended, stays] = await Promise.all(
      [other.cookie, one.cookie].map((cookie) => new Listener(program.url, {}, { cookie }).connected()),
    );
    for (const listener of [ended!, stays!]) await listener.subscribe({ period: 'today', by: 'channel' });
    const closed = new Promise((resolve) => ended!.socket.on('disconnect', resolve));
    expect((await as(one.cookie, 'DELETE', `/account/sessions/${away.id}`)).status).toBe(204);
    // Its sockets were closed before that was answered: what comes after it never goes there.
    const { n } = stays!.shown!.total;
    await open('POST', '/ratings', { id: randomUUID(), touchpoint: 'website', grade: 8 });
    await stays!.sees('the rating', ({ total }) => total.n === n + 1);
    await closed;
    expect(ended!.changes).toEqual([]);
    expect(stays!.socket.connected).toBe(true);
    stays!.close();
    await expect(new Listener(program.url, {}, { cookie: other.cookie }).connected()).rejects.toThrow();
    expect((await as(other.cookie, 'GET', '/account')).status).toBe(401);
    expect((await ask('GET', '/account/sessions')).status).toBe(403);
  });

  test.each([
    ['signed out by an administrator', (id: string) => ask('DELETE', `/users/${id}/sessions`)],
    ['disabled', (id: string) => ask('PATCH', `/users/${id}`, { disabled: true })],
    ['deleted', (id: string) => ask('DELETE', `/users/${id}`)],
    ['given a role without figures', (id: string) => ask('PATCH', `/users/${id}`, { role: 'privacy' })],
  ])(
    'AC11: whoever is %s is refused at the next request, and their connection closes',
    async (_what, end) => {
      const { id, cookie, email } = await person();
      const listener = await new Listener(program.url, {}, { cookie }).connected();
      await listener.subscribe({ period: 'today', by: 'channel' });
      const closed = new Promise((resolve) => listener.socket.on('disconnect', resolve));
      const done = await end(id);
      expect([200, 204]).toContain(done.status);
      expect((await as(cookie, 'GET', '/summary')).status).toBeOneOf([401, 403]);
      await closed;
      await expect(new Listener(program.url, {}, { cookie }).connected()).rejects.toThrow();
      if (_what === 'disabled') expect((await signIn(email, chosen)).status).toBe(401);
    },
  );

  test('AC11: a limit that is set while somebody watches holds from then on', async () => {
    const { id, cookie } = await person();
    const listener = await new Listener(program.url, {}, { cookie }).connected();
    const closed = new Promise((resolve) => listener.socket.on('disconnect', resolve));
    await ask('PATCH', `/users/${id}`, { reach: { channels: ['balie'] } });
    await closed;
    expect((await as(cookie, 'GET', '/summary?channel=web')).status).toBe(404);
    expect((await as(cookie, 'GET', '/summary?by=channel')).body.groups).toMatchObject([{ key: 'balie' }]);
  });

  test('AC11: the last administrator cannot be taken away, nor anybody disable or delete themselves', async () => {
    const { cookie } = await signIn(admin.email, admin.password);
    const { items } = (await ask<{ items: User[] }>('GET', '/users')).body;
    const { id } = items.find(({ email }) => email === admin.email)!;
    for (const change of [{ role: 'viewer' }, { disabled: true }])
      expect((await ask('PATCH', `/users/${id}`, change)).status).toBe(409);
    expect((await ask('DELETE', `/users/${id}`)).status).toBe(409);
    expect((await as(cookie, 'DELETE', `/users/${id}`)).status).toBe(409);
    expect((await as(cookie, 'GET', '/account')).body).toMatchObject({ role: 'admin' });
    const log = (await get<AuditPage>(program.url, `/audit-events?q=${id}`, tokens.admin)).body.items;
    expect(log.map(({ outcome }) => outcome)).toEqual([409, 409, 409, 409]);
  });
});

describe('tokens', () => {
  test('AC5: made on the page or by command they are listed without secret; a revoked one is refused at once', async () => {
    const made = await ask<Token & { token: string }>('POST', '/tokens', {
      ...{ name: 'Wallboard hal', role: 'viewer', days: 30, reach: { channels: ['balie'] } },
    });
    expect(made.body).toMatchObject({ role: 'viewer', reach: { channels: ['balie'], locations: null } });
    const listed = await ask<{ items: Token[] }>('GET', '/tokens');
    expect(JSON.stringify(listed.body)).not.toContain(made.body.token);
    expect(listed.body.items[0]).toMatchObject({ name: 'Wallboard hal', revokedAt: null });
    const listener = await new Listener(program.url, { token: made.body.token }).connected();
    const closed = new Promise((resolve) => listener.socket.on('disconnect', resolve));
    expect((await ask('GET', '/summary', undefined, made.body.token)).status).toBe(200);
    expect((await ask('DELETE', `/tokens/${made.body.id}`)).status).toBe(204);
    expect((await ask('GET', '/summary', undefined, made.body.token)).status).toBe(401);
    await closed;
    expect((await ask('DELETE', `/tokens/${made.body.id}`)).status).toBe(404);
    for (const wrong of [
      { name: 'x', role: 'viewer', scope: 'invitations' },
      { name: 'x', role: 'machine', scope: 'telephony:geen' },
      { name: 'x', role: 'admin', reach: { channels: ['balie'] } },
    ])
      expect((await ask('POST', '/tokens', wrong)).status).toBe(400);
  });

  test('AC5: one that another process revokes loses its connection too', async () => {
    const made = await ask<Token & { token: string }>('POST', '/tokens', { name: 'weg', role: 'viewer' });
    const listener = await new Listener(program.url, { token: made.body.token }).connected();
    let closed = false;
    listener.socket.on('disconnect', () => {
      closed = true;
    });
    inDatabase(program.dataDir, (db) => {
      db.prepare('UPDATE tokens SET revoked_at = 1 WHERE id = ?').run(made.body.id);
      db.prepare("UPDATE settings SET value = value + 1 WHERE name = 'version'").run();
    });
    await until('the connection is closed', () => closed);
  });
});
