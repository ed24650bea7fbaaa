import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#shared/contract/access.ts';
import type { Problem } from '#shared/contract/errors.ts';
import type { Explanation } from '#shared/contract/explanation.ts';
import type { Signal } from '#shared/contract/signals.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { startPrepared } from '../support/prepared.ts';
import { type Program, temporaryFolder } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { ratings } from './store/bench.ts';
import { aSignal } from './store/signals.ts';

const day = 86_400_000;
const roles: Role[] = ['viewer', 'manager', 'controller', 'privacy', 'admin', 'machine'];
let program: Program;
let tokens: Record<Role, string>;

const signals = async (query = '', token = tokens.viewer) =>
  (await get<{ items: Signal[] }>(program.url, `/signals${query}`, token)).body.items;
const change = (id: unknown, body: unknown, token = tokens.manager) =>
  send<Signal & Pick<Problem, 'errors'>>('PATCH', `${program.url}/api/v1/signals/${id}`, body, {
    authorization: `Bearer ${token}`,
  });

beforeAll(async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const store = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
  const now = Date.now();
  // Two hundred grades of the last weeks, an hour apart, and nothing of today.
  const before = ratings(200).map((rating, i) => {
    const at = now - day - i * 3_600_000;
    return { ...rating, at, receivedAt: at, grade: 6 + (i % 5) };
  });
  await store.append(before);
  const today = dayOf(now);
  const old = { baseFrom: today - 100, baseTo: today - 11, raisedAt: now - 5 * day, since: now - 8 * day };
  await store.keepWatch(null, [
    aSignal({ ...old, key: 'website' }),
    aSignal({ ...old, scope: 'channel', key: 'digitaal', raisedAt: now - 4 * day }),
  ]);
  await store.close();
  const wanted = Object.fromEntries(roles.map((role) => [role, role])) as Record<Role, string>;
  const started = await startPrepared({ dataDir, tokens: wanted, environment: { LOG_LEVEL: 'info' } });
  program = started.program;
  tokens = started.tokens;
});
afterAll(() => program.stop());

test('SG9: whoever may see figures sees signals, newest first; who may do something about it settles them', async () => {
  for (const role of roles) {
    const sees = ['viewer', 'manager', 'controller', 'admin'].includes(role);
    const { status } = await get(program.url, '/signals', tokens[role]);
    expect({ role, status }).toEqual({ role, status: sees ? 200 : 403 });
    const may = ['manager', 'admin'].includes(role);
    const changed = await change(999, { status: 'settled' }, tokens[role]);
    expect({ role, status: changed.status }).toEqual({ role, status: may ? 404 : 403 });
  }
  expect((await get(program.url, '/signals')).status).toBe(401);
  expect((await signals()).map(({ key }) => key)).toEqual(['digitaal', 'website']);
});

test('SG9: a signal that does not exist is 404; a wrong body or status is 400 with its place', async () => {
  for (const id of [999, 'x', '1.5', '-1', '1e3', '99999999999999999999'])
    expect((await change(id, { status: 'settled' })).status).toBe(404);
  for (const [body, pointer] of [
    [{ status: 'open' }, '/status'],
    [{}, ''],
    [{ status: 'settled', note: 'x' }, '/note'],
  ] as const) {
    const { status, headers, body: problem } = await change(1, body);
    expect({ status, pointers: problem.errors.map((error) => error.pointer) }).toEqual({
      status: 400,
      pointers: [pointer],
    });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  }
  expect((await get(program.url, '/signals?status=gone', tokens.viewer)).status).toBe(400);
});

test('SG9: a settled signal is told apart and stays as it was settled', async () => {
  const [, website] = await signals('?status=open');
  expect(website).toMatchObject({ key: 'website', label: 'Website', channel: 'web', status: 'open' });
  const { status, body } = await change(website!.id, { status: 'settled' });
  expect({ status, body }).toEqual({
    status: 200,
    body: { ...website, status: 'settled', settledAt: expect.stringMatching(/Z$/) },
  });
  expect((await change(website!.id, { status: 'settled' })).body).toEqual(body);
  expect(await signals('?status=settled')).toEqual([body]);
  expect((await signals('?status=open')).map(({ key }) => key)).toEqual(['digitaal']);
});

test('SG1: what people give now raises a signal, logged in one line, with a question that can be explained', async () => {
  const rate = (count: number) => {
    const low = Array.from({ length: count }, () => aRating({ grade: 1 }));
    const sentAt = new Date().toISOString();
    return send('POST', `${program.url}/api/v1/ratings/batch`, { sentAt, ratings: low });
  };
  const signal = await until('the signal is raised', async () => {
    // The watch begins a moment after the program: what came before is not looked at.
    await rate(20);
    return (await signals('?status=open')).find(({ key }) => key === 'balie-1');
  });
  expect(signal).toMatchObject({ scope: 'touchpoint', label: 'Balie 1', channel: 'balie', meanSince: 1 });
  expect(signal.meanBefore).toBeGreaterThan(7);
  const lines = await until('the signal is logged', () => {
    const found = program.output.filter((line) => line.includes('a signal was raised'));
    return found.length > 0 && found;
  });
  expect(lines.map((line) => JSON.parse(line).signal)).toMatchObject([{ id: signal.id, key: 'balie-1' }]);
  const query = new URLSearchParams(
    Object.entries(signal.explanation).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  );
  const { status, body } = await get<Explanation>(program.url, `/explanations?${query}`, tokens.viewer);
  expect(status).toBe(200);
  expect(body.change.high).toBeLessThan(0);
});
