import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rhythm } from '#shared/contract/rhythm.ts';
import type { MeasuredNorm } from '#shared/contract/service-norms.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';

let program: Program;
let tokens: Record<'viewer' | 'controller' | 'admin', string>;
const api = (path: string) => `${program.url}/api/v1${path}`;
const put = (path: string, body: unknown, token: string) =>
  send('PUT', api(path), body, { authorization: `Bearer ${token}` });

beforeAll(async () => {
  const started = await startPrepared({
    tokens: { viewer: 'viewer', controller: 'controller', admin: 'admin' },
    settings: { answerKeys: ['wachttijd'] },
  });
  ({ program, tokens } = started);
  // A Wednesday: 40 ratings at three, 9 an hour later; the second two o'clock of the night of winter time.
  const at = (givenAt: string, count: number, fields = {}) =>
    Array.from({ length: count }, (_, i) => aRating({ givenAt, grade: 6 + (i % 3), ...fields }));
  const ratings = [
    ...at('2026-07-01T13:10:00Z', 40, { answers: { wachttijd: 'kort' } }),
    ...at('2026-07-01T14:10:00Z', 9, { answers: { wachttijd: 'lang' } }),
    ...at('2025-10-26T01:30:00Z', 12, { touchpoint: 'website' }),
  ];
  await send('POST', api('/ratings/batch'), { sentAt: new Date().toISOString(), ratings });
});
afterAll(() => program.stop());

test('RH1: hours of the week are those of Amsterdam; below ten an hour tells neither grade nor number', async () => {
  const { body } = await get<Rhythm>(program.url, '/rhythms?from=2026-01-01', tokens.viewer);
  expect(body.total.n).toBe(49);
  expect(body.cells).toMatchObject([
    { weekday: 3, hour: 15, n: 40, enough: 'yes' },
    { weekday: 3, hour: 16, n: null, mean: null, low: null, enough: 'none' },
  ]);
  const { body: night } = await get<Rhythm>(program.url, '/rhythms?to=2025-12-31', tokens.viewer);
  expect(night.cells).toMatchObject([{ weekday: 7, hour: 2, n: 12, enough: 'indicative' }]);
  expect((await get(program.url, '/rhythms?channel=niets', tokens.viewer)).status).toBe(400);
});

test('RH2: where the settings forbid it, no figure per hour of one touchpoint is given, in no way', async () => {
  const settings = { viewerThreshold: 1, wallboardThreshold: 5, falseAlarmsPerYear: 1, deskByHour: false };
  expect((await put('/figure-settings', settings, tokens.controller)).status).toBe(403);
  expect((await put('/figure-settings', settings, tokens.admin)).body).toEqual(settings);
  const status = async (path: string) => (await get(program.url, path, tokens.viewer)).status;
  for (const path of [
    '/rhythms?touchpoint=balie-1',
    '/rhythms?channel=balie',
    '/summary?by=hour&touchpoint=balie-1&touchpoint=website',
    '/series?interval=hour&by=touchpoint&from=2026-07-01&to=2026-07-02',
    '/series?interval=hour&channel=balie&from=2026-07-01&to=2026-07-02',
    '/series?interval=day&by=hour&channel=balie&from=2026-07-01&to=2026-07-02',
  ])
    expect({ path, status: await status(path) }).toEqual({ path, status: 403 });
  expect(await status('/rhythms')).toBe(200);
  expect(await status('/summary?by=weekday&touchpoint=balie-1')).toBe(200);
  await put('/figure-settings', { ...settings, deskByHour: true }, tokens.admin);
  expect(await status('/rhythms?touchpoint=balie-1')).toBe(200);
});

test('SN4: a norm tells the share that confirms it with Wilson’s margin, per interval, and what that means', async () => {
  const norm = {
    promise: 'Binnen 10 minuten geholpen',
    question: 'wachttijd',
    confirms: ['kort'],
    target: 0.6,
  };
  expect((await put('/service-norms/snel', norm, tokens.viewer)).status).toBe(403);
  expect(
    (await put('/service-norms/snel', { ...norm, question: 'iets' }, tokens.controller)).body,
  ).toMatchObject({
    errors: [{ pointer: '/question', code: 'unknown-value' }],
  });
  expect((await put('/service-norms/snel', norm, tokens.controller)).status).toBe(200);
  const measured = async (query: string) =>
    (await get<{ items: MeasuredNorm[] }>(program.url, `/service-norms${query}`, tokens.viewer)).body
      .items[0]!;
  const found = await measured('?from=2026-01-01&interval=month');
  expect(found).toMatchObject({ key: 'snel', n: 49, enough: 'yes', target: 0.6, verdict: 'met' });
  // Wilson, 40 of 49.
  expect(found.share).toBeCloseTo(40 / 49, 12);
  expect(found.low).toBeCloseTo(0.686424, 5);
  expect(found.high).toBeCloseTo(0.900237, 5);
  expect(found.points).toMatchObject([{ start: '2026-06-30T22:00:00.000Z', n: 49 }]);
  await put('/service-norms/snel', { ...norm, target: 0.8 }, tokens.controller);
  expect((await measured('')).verdict).toBe('undecided');
  expect(await measured('?channel=web')).toMatchObject({ n: 0, share: null, enough: 'none', points: [] });
});
