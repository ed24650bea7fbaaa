import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEvent, AuditPage } from '#shared/contract/audit.ts';
import type { Device, DevicePairing } from '#shared/contract/device.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { startPrepared } from '../support/prepared.ts';
import { type Program, runCommand, temporaryFolder } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';
import { anEntry } from './store/audit.ts';

const email = 'beheer@gemeente.example';
const password = 'een lang wachtwoord 1';
let program: Program;
let tokens: Record<'viewer' | 'manager' | 'controller' | 'privacy' | 'admin', string>;

beforeAll(async () => {
  const started = await startPrepared({
    environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password },
    tokens: {
      viewer: 'viewer',
      manager: 'manager',
      controller: 'controller',
      privacy: 'privacy',
      admin: 'admin',
    },
  });
  program = started.program;
  tokens = started.tokens;
});
afterAll(() => program.stop());

const log = async (query = '') =>
  (await get<AuditPage>(program.url, `/audit-events${query}`, tokens.privacy)).body.items;
const newest = async () => (await log())[0]!;
const ask = (method: string, path: string, token: string, body?: unknown) =>
  send(method, `${program.url}/api/v1${path}`, body, { authorization: `Bearer ${token}` });

describe('what is recorded', () => {
  test('AU1: signing in, out, and a guess at an account, with who and from which session', async () => {
    await send('POST', `${program.url}/api/v1/session`, { email, password: 'geraden wachtwoord' });
    expect(await newest()).toMatchObject({
      actor: { kind: 'nobody', name: 'Beheerder' },
      ...{ session: null, method: 'POST', route: '/api/v1/session', outcome: 401 },
    });
    const before = (await newest()).id;
    await send('POST', `${program.url}/api/v1/session`, { email: 'jan@bewoner.example', password: 'x' });
    expect((await newest()).id).toBe(before);
    const signedIn = await send('POST', `${program.url}/api/v1/session`, { email, password });
    const entered = await newest();
    expect(entered).toMatchObject({ actor: { kind: 'account' }, method: 'POST', outcome: 201 });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect(cookie).not.toContain(entered.session);
    await send('DELETE', `${program.url}/api/v1/session`, undefined, { cookie });
    expect(await newest()).toMatchObject({ method: 'DELETE', session: entered.session, outcome: 204 });
  });

  test('AU1: every change by staff, also one that is refused or fails, with its object', async () => {
    await ask('PUT', '/indicators/geen/2025', tokens.controller, {});
    expect(await newest()).toMatchObject({
      actor: { kind: 'token', name: 'controller' },
      ...{ method: 'PUT', route: '/api/v1/indicators/:key/:year', object: 'geen/2025', outcome: 404 },
    });
    await ask('PUT', '/indicators/geen/2025', tokens.viewer, {});
    expect(await newest()).toMatchObject({ actor: { name: 'viewer' }, outcome: 403 });
    await ask('PATCH', '/signals/1', tokens.manager, { status: 'settled' });
    expect(await newest()).toMatchObject({ route: '/api/v1/signals/:id', object: '1', outcome: 404 });
  });

  test('AU4: what somebody types in an address or a question does not get into the log', async () => {
    await ask('PATCH', `/signals/${encodeURIComponent('jan@bewoner.example')}`, tokens.manager, {
      status: 'settled',
    });
    expect((await newest()).object).toBe(null);
    expect(JSON.stringify(await log())).not.toContain('bewoner');
  });

  test('AU4: the code of a tablet does not get into the log, the tablet does', async () => {
    const codeOf = async () =>
      ((await send('POST', `${program.url}/api/v1/device-pairings`)).body as DevicePairing).user_code;
    const [code, other] = [await codeOf(), await codeOf()];
    const made = await ask('PUT', `/device-pairings/${code}`, tokens.admin, {
      ...{ name: 'Hal', touchpoint: 'balie-1' },
    });
    expect(made.status).toBe(200);
    const { id } = made.body as Device;
    expect(await newest()).toMatchObject({ method: 'PUT', object: String(id), outcome: 200 });
    await ask('DELETE', `/device-pairings/${other}`, tokens.admin);
    expect(await newest()).toMatchObject({ method: 'DELETE', object: null, outcome: 204 });
    const all = JSON.stringify(await log());
    expect([code, other].filter((one) => all.includes(one))).toEqual([]);
  });

  test('AU1: reading comments is recorded, reading figures is not', async () => {
    const periods = 'from=2026-01-01&to=2026-01-31&baseFrom=2025-01-01&baseTo=2025-01-31&by=channel';
    const before = (await newest()).id;
    await ask('GET', '/summary', tokens.manager);
    await ask('GET', `/explanations?${periods}`, tokens.viewer);
    expect((await newest()).id).toBe(before);
    expect((await ask('GET', `/explanations?${periods}`, tokens.manager)).status).toBe(200);
    expect(await newest()).toMatchObject({
      ...{ id: before + 1, method: 'GET', route: '/api/v1/explanations', outcome: 200 },
      actor: { kind: 'token', name: 'manager' },
    });
  });

  test('AU1: commands on the server are recorded, with the user of the server', async () => {
    await program.command('token', '--name', 'x', '--role', 'viewer');
    expect(await newest()).toMatchObject({
      ...{ actor: { kind: 'command' }, method: 'COMMAND', route: 'token', outcome: 200 },
      object: expect.stringMatching(/^\d+$/),
    });
    await program.command('backup', join(temporaryFolder(), 'copy.db'));
    expect(await newest()).toMatchObject({ route: 'backup' });
  });

  test('AU1: when a change cannot be recorded, nobody gets an answer', async () => {
    const db = new Database(join(program.dataDir, 'klantpuls.db'));
    db.exec("CREATE TRIGGER stop BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'stop'); END");
    await expect(ask('PATCH', '/signals/1', tokens.manager, { status: 'settled' })).rejects.toThrow();
    db.exec('DROP TRIGGER stop');
    db.close();
    expect((await ask('PATCH', '/signals/1', tokens.manager, { status: 'settled' })).status).toBe(404);
    program.output.splice(0);
  });
});

describe('reading it', () => {
  test('AU3: by period, words and page, and by nobody without the right to', async () => {
    expect((await ask('GET', '/audit-events', tokens.manager)).status).toBe(403);
    expect((await log('?q=controller')).every(({ actor }) => actor.name === 'controller')).toBe(true);
    expect(await log('?from=2000-01-01&to=2000-12-31')).toEqual([]);
    expect((await ask('GET', '/audit-events?cursor=x', tokens.privacy)).status).toBe(400);
    for (let i = 0; i < 100; i++) await ask('PATCH', `/signals/${i}`, tokens.manager, { status: 'settled' });
    const first = (await get<AuditPage>(program.url, '/audit-events', tokens.privacy)).body;
    expect(first.items).toHaveLength(100);
    const rest = (await get<AuditPage>(program.url, `/audit-events?cursor=${first.next}`, tokens.privacy))
      .body;
    expect(rest.items[0]!.id).toBe(first.items.at(-1)!.id - 1);
    expect(rest.next).toBe(null);
  });

  test('AU3: the whole log as CSV for a spreadsheet and as NDJSON', async () => {
    const download = async (format: string) => {
      const headers = { authorization: `Bearer ${tokens.privacy}` };
      const response = await fetch(`${program.url}/api/v1/audit-events?format=${format}`, { headers });
      expect(response.headers.get('content-disposition')).toContain(`logboek.${format}`);
      return response.text();
    };
    const lines = (await download('ndjson')).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as AuditEvent);
    expect(events.map(({ id }) => id)).toEqual(Array.from(events, (_, i) => events.length - i));
    const csv = (await download('csv')).trimEnd().split('\r\n');
    expect(csv).toHaveLength(events.length + 1);
    expect(csv[1]).toContain(events[0]!.hash);
  });
});

describe('the chain', () => {
  test('AU2: npm run audit verifies it, and knows a hash that was noted down', async () => {
    const { stdout, code } = await program.command('audit');
    expect(code).toBe(0);
    const [, records, head] = /whole: (\d+) lines\. Last hash: ([0-9a-f]{64})/.exec(stdout)!;
    expect(Number(records)).toBeGreaterThan(100);
    await ask('PATCH', '/signals/1', tokens.manager, { status: 'settled' });
    expect((await program.command('audit', '--holds', head!)).code).toBe(0);
    const other = await program.command('audit', '--holds', 'ab'.repeat(32));
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('not there')]);
  });

  test('AU2: no line can be changed, removed or put in between', async () => {
    const db = new Database(join(program.dataDir, 'klantpuls.db'));
    for (const statement of [
      "UPDATE audit_events SET name = 'x' WHERE id = 3",
      'DELETE FROM audit_events WHERE id = 3',
      'DELETE FROM audit_events',
      'INSERT INTO audit_events SELECT 99999, at, kind, actor, name, session, method, route, object, outcome, hash FROM audit_events WHERE id = 3',
      'UPDATE audit_chain SET last = last - 1',
      'DELETE FROM audit_chain',
    ])
      expect(() => db.exec(statement), statement).toThrow('the audit log');
    db.close();
  });

  test('AU2: one changed byte of any field of any line is found, and so is a line that is gone', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const file = join(dataDir, 'klantpuls.db');
    const store = await openSqlite({ file });
    for (let i = 0; i < 6; i++) await store.audit.append(anEntry({ object: `k${i}` }));
    const db = new Database(file);
    for (const name of ['unchanged', 'kept']) db.exec(`DROP TRIGGER audit_events_${name}`);
    const verdict = async () => (await store.audit.verify()).broken;
    const columns = db.pragma('table_info(audit_events)') as { name: string; type: string }[];
    for (const { name, type } of columns.filter(({ name }) => name !== 'id'))
      for (const id of [1, 4, 6]) {
        const before = db.prepare(`SELECT ${name} FROM audit_events WHERE id = ?`).pluck().get(id);
        const change = db.prepare(`UPDATE audit_events SET ${name} = ? WHERE id = ?`);
        change.run(type === 'INTEGER' ? Number(before) + 1 : `x${String(before).slice(1)}`, id);
        expect({ name, id, broken: await verdict() }).toEqual({ name, id, broken: id });
        change.run(before, id);
        expect(await verdict()).toBe(null);
      }
    db.exec('UPDATE audit_events SET id = 60 WHERE id = 6');
    expect(await verdict()).toBe(6);
    const { code, stderr } = await runCommand(dataDir, 'audit');
    expect([code, stderr]).toEqual([1, expect.stringContaining('line 6 does not fit')]);
    db.exec('UPDATE audit_events SET id = 6 WHERE id = 60; DELETE FROM audit_events WHERE id = 6');
    expect(await verdict()).toBe(6);
    db.close();
    await store.close();
  });
});
