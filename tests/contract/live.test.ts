import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { figuresIn, Listener } from '../support/listener.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { loadSettings } from '../support/settings.ts';

let program: Program;
let tokens: Record<'viewer' | 'manager' | 'privacy' | 'machine', string>;
const open: Listener[] = [];

beforeAll(async () => {
  const started = await startPrepared({
    settings: { products: [{ key: 'paspoort', name: 'Paspoort', upl: null, retired: false }] },
    tokens: { viewer: 'viewer', manager: 'manager', privacy: 'privacy', machine: 'machine invitations' },
  });
  program = started.program;
  tokens = started.tokens;
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(() => program.stop());

const listen = async (auth: Record<string, unknown> = { token: tokens.viewer }, headers = {}) => {
  const listener = new Listener(program.url, auth, headers);
  open.push(listener);
  return listener.connected();
};
const give = async (fields = {}) => {
  const rating = aRating(fields);
  const { status } = await post(program.url, rating);
  if (status !== 201) throw new Error(`answered ${status}`);
  return rating;
};
const summary = async (query: string) =>
  (await get<Summary>(program.url, `/summary?${query}`, tokens.viewer)).body;
const today = () => dateOfDay(dayOf(Date.now()));
const channels = { period: 'today', by: 'channel' };
const alive = async () => {
  expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  expect((await (await listen()).subscribe(channels)).total.n).toBeGreaterThanOrEqual(0);
};

describe('who may listen', () => {
  test.each([
    ['without anything', {}],
    ['with a made-up token', { token: 'a'.repeat(43) }],
    ['with an empty token', { token: '' }],
    ['with a token that is no text', { token: { role: 'admin' } }],
  ])('LV1: %s a socket is refused', async (_name, auth) => {
    await expect(listen(auth)).rejects.toThrow('not-signed-in');
  });

  test('LV1: a token that is not for figures is refused', async () => {
    await expect(listen({ token: tokens.privacy })).rejects.toThrow('not-signed-in');
    await expect(listen({ token: tokens.machine })).rejects.toThrow('not-signed-in');
  });

  test('LV1: another website is refused, even with a valid token', async () => {
    await expect(listen({ token: tokens.viewer }, { origin: 'https://evil.example' })).rejects.toThrow();
    await alive();
  });
});

describe('what they hear', () => {
  test('LV2: the acknowledgement is the summary, and a rating is seen with its n, mean and histogram', async () => {
    for (let i = 0; i < 12; i++) await give({ grade: 6, touchpoint: 'website' });
    const listener = await listen();
    const first = await listener.subscribe(channels);
    expect(figuresIn(first)).toEqual(figuresIn(await summary(`from=${today()}&to=${today()}&by=channel`)));
    await give({ grade: 10, touchpoint: 'website' });
    await listener.sees('the rating', ({ total }) => total.n === first.total.n + 1);
    expect(listener.changes).toHaveLength(1);
    const { sequence, total, groups } = listener.changes[0]!;
    expect(sequence).toBeGreaterThan(first.sequence);
    expect(total.histogram[9]).toBe(first.total.histogram[9]! + 1);
    expect(groups.map(({ key }) => key)).toEqual(['web']);
    expect(groups[0]).toMatchObject({ n: 13, label: 'Website', enough: 'indicative', mixedMethods: false });
    expect(groups[0]!.mean).toBeCloseTo((12 * 6 + 10) / 13, 12);
    expect(groups[0]!.histogram).toEqual([0, 0, 0, 0, 0, 12, 0, 0, 0, 1]);
    expect(figuresIn(listener.shown!)).toEqual(
      figuresIn(await summary(`from=${today()}&to=${today()}&by=channel`)),
    );
  });

  test('LV2: a corrected grade moves the figures, a comment alone does not', async () => {
    const rating = await give({ grade: 2 });
    const listener = await listen();
    const before = await listener.subscribe(channels);
    const url = `${program.url}/api/v1/ratings/${rating.id}`;
    await send('PATCH', url, { comment: 'alleen tekst' });
    await send('PATCH', url, { grade: 9 });
    await listener.sees(
      'the correction',
      ({ total }) => total.histogram[8] === before.total.histogram[8]! + 1,
    );
    expect(listener.shown!.total.n).toBe(before.total.n);
    expect(listener.shown!.total.histogram[1]).toBe(before.total.histogram[1]! - 1);
    expect(listener.changes).toHaveLength(1);
  });

  test('LV2: a rating outside the period or the filters moves nothing, one inside does', async () => {
    const chosen = await listen();
    const filters = { channel: ['balie'], product: 'paspoort', language: ['nl', 'en'] };
    await chosen.subscribe({ period: { from: '2025-03-01', to: '2025-03-31' }, by: 'product', filters });
    const inside = { product: 'paspoort', language: 'nl', givenAt: '2025-03-31T23:59:59+02:00' };
    await give({ ...inside, touchpoint: 'website' });
    await give({ ...inside, language: 'de' });
    await give({ ...inside, product: undefined });
    await give({ ...inside, givenAt: '2025-03-31T22:00:00Z' });
    await give({ ...inside, grade: 3 });
    await chosen.sees('the one inside', ({ total }) => total.n === 1);
    expect(chosen.shown!.groups).toMatchObject([{ key: 'paspoort', label: 'Paspoort', n: 1 }]);
    expect(chosen.changes).toHaveLength(1);
  });

  test('LV2: who unsubscribes hears nothing more, who asks another question hears only that one', async () => {
    const [leaves, changes, stays] = [await listen(), await listen(), await listen()];
    for (const listener of [leaves, changes, stays]) await listener.subscribe(channels);
    await leaves.ask('unsubscribe');
    await changes.subscribe({ period: 'today', by: 'touchpoint' });
    const before = stays.shown!.total.n;
    await give();
    await stays.sees('the rating', ({ total }) => total.n === before + 1);
    await changes.sees('the rating', ({ total }) => total.n === before + 1);
    expect(leaves.changes).toEqual([]);
    expect(changes.changes.flatMap(({ groups }) => groups.map(({ key }) => key))).toEqual(['balie-1']);
    expect(stays.changes.flatMap(({ groups }) => groups.map(({ key }) => key))).toEqual(['balie']);
  });

  test('LV2: two questions asked in one breath: only the last is answered with changes', async () => {
    const [hasty, other] = [await listen(), await listen()];
    await other.subscribe(channels);
    const replies = await Promise.all([
      hasty.ask('subscribe', channels),
      hasty.ask('subscribe', { period: 'year', by: 'touchpoint' }),
      hasty.ask('subscribe', { period: 'today', by: 'hour' }),
    ]);
    expect(replies.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    hasty.shown = replies[2]!;
    const before = other.shown!.total.n;
    await give();
    await other.sees('the rating', ({ total }) => total.n === before + 1);
    await hasty.sees('the rating', ({ total }) => total.n === before + 1);
    expect(hasty.changes).toHaveLength(1);
    expect(hasty.changes[0]!.groups.map(({ key }) => key)).toEqual([expect.stringMatching(/^\d+$/)]);
    await hasty.ask('unsubscribe');
    hasty.changes.length = 0;
    await give();
    await other.sees('the next', ({ total }) => total.n === before + 2);
    expect(hasty.changes).toEqual([]);
  });

  test('LV3: who was away while ratings came in is right after coming back', async () => {
    const away = await listen();
    await away.subscribe(channels);
    const stays = await listen();
    await stays.subscribe(channels);
    away.close();
    const ratings = await Promise.all([
      give(),
      give({ touchpoint: 'website', grade: 1 }),
      give({ smiley: 2 }),
    ]);
    await send('PATCH', `${program.url}/api/v1/ratings/${ratings[0]!.id}`, { grade: 1 });
    away.socket.connect();
    await away.connected();
    await away.subscribe(channels);
    const rest = await summary(`from=${today()}&to=${today()}&by=channel`);
    await away.sees('what it missed', (shown) => shown.sequence === rest.sequence);
    expect(figuresIn(away.shown!)).toEqual(figuresIn(rest));
    await stays.sees('the same', (shown) => shown.sequence === rest.sequence);
    expect(figuresIn(stays.shown!)).toEqual(figuresIn(rest));
    await give();
    await away.sees('the next', ({ total }) => total.n === rest.total.n + 1);
  });

  test('LV3: the sequence only grows and every message is the whole state of its groups', async () => {
    const listener = await listen();
    await listener.subscribe({ period: 'year', by: 'touchpoint' });
    for (let i = 0; i < 30; i++)
      await give({ touchpoint: i % 2 ? 'website' : 'balie-1', grade: 1 + (i % 10) });
    const rest = await summary(`from=${today().slice(0, 4)}-01-01&to=${today()}&by=touchpoint`);
    await listener.sees('all', ({ total }) => total.n === rest.total.n);
    const sequences = listener.changes.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    const last = listener.changes.findLast(({ groups }) => groups.some(({ key }) => key === 'website'))!;
    expect(last.groups.find(({ key }) => key === 'website')).toEqual(
      rest.groups.find(({ key }) => key === 'website'),
    );
  });

  test('LV4: a thousand ratings in a row are far fewer messages, and the last one is right', async () => {
    const listener = await listen();
    const { total } = await listener.subscribe(channels);
    const batch = () => ({
      sentAt: new Date().toISOString(),
      ratings: Array.from({ length: 10 }, () => aRating()),
    });
    for (let i = 0; i < 100; i++) await send('POST', `${program.url}/api/v1/ratings/batch`, batch());
    await listener.sees('all', (shown) => shown.total.n === total.n + 1000);
    expect(listener.changes.length).toBeLessThan(100);
  });
});

describe('the wallboard', () => {
  test('LV8: it shows figures only after they moved by five ratings, also to a second one', async () => {
    const board = await listen({ token: tokens.viewer, view: 'wallboard' });
    const staff = await listen();
    const before = (await board.subscribe(channels)).total.n;
    await staff.subscribe(channels);
    for (let i = 0; i < 4; i++) await give({ touchpoint: 'website' });
    await staff.sees('four', ({ total }) => total.n === before + 4);
    expect(board.changes).toEqual([]);
    const second = await listen({ token: tokens.viewer, view: 'wallboard' });
    expect((await second.subscribe(channels)).total.n).toBe(before);
    await give({ touchpoint: 'website' });
    await board.sees('five', ({ total }) => total.n === before + 5);
    await second.sees('five', ({ total }) => total.n === before + 5);
    expect(board.changes).toHaveLength(1);
  });

  test('LV8: a grade that one person corrects again and again is one rating that moved', async () => {
    const rating = await give({ grade: 1 });
    const [board, staff] = [await listen({ token: tokens.viewer, view: 'wallboard' }), await listen()];
    await board.subscribe(channels);
    const { histogram } = (await staff.subscribe(channels)).total;
    for (const grade of [2, 3, 5, 6, 7, 4]) {
      await send('PATCH', `${program.url}/api/v1/ratings/${rating.id}`, { grade });
      const seen = histogram[grade - 1]! + 1;
      await staff.sees('the correction', ({ total }) => total.histogram[grade - 1] === seen);
    }
    await pause(150);
    expect(board.changes).toEqual([]);
  });

  test('LV8: a change of the settings does not show what moved by less', async () => {
    const [board, staff] = [await listen({ token: tokens.viewer, view: 'wallboard' }), await listen()];
    // A question of its own: what others hid of theirs is no part of it.
    const question = { ...channels, filters: { marked: 'include' } };
    const before = (await board.subscribe(question)).total;
    await staff.subscribe(channels);
    await give({ touchpoint: 'website', grade: 1 });
    await staff.sees('it', ({ total }) => total.n === before.n + 1);
    await loadSettings(program, { channels: [{ key: 'web', name: 'Site' }] });
    await board.sees('the new name', ({ groups }) => groups.some(({ label }) => label === 'Site'));
    expect(board.shown!.total.histogram).toEqual(before.histogram);
    for (let i = 0; i < 4; i++) await give({ touchpoint: 'website', grade: 1 });
    await board.sees('five', ({ total }) => total.n === before.n + 5);
  });

  test('LV8: who asks again does not see what moved by less', async () => {
    const [board, staff] = [await listen({ token: tokens.viewer, view: 'wallboard' }), await listen()];
    const question = { ...channels, filters: { channel: ['telefoon', 'web'] } };
    const before = (await board.subscribe(question)).total.n;
    const known = (await staff.subscribe(channels)).total.n;
    await give({ touchpoint: 'website', grade: 3 });
    await staff.sees('it', ({ total }) => total.n === known + 1);
    board.socket.disconnect();
    const again = await listen({ token: tokens.viewer, view: 'wallboard' });
    expect((await again.subscribe(question)).total.n).toBe(before);
  });

  test('LV8: the threshold of viewers is a setting, and managers see every rating', async () => {
    await loadSettings(program, { viewerThreshold: 3 });
    const [viewer, manager] = [await listen(), await listen({ token: tokens.manager })];
    const before = (await viewer.subscribe(channels)).total.n;
    const seen = figuresIn(viewer.shown!);
    await manager.subscribe(channels);
    for (let i = 1; i <= 3; i++) {
      // New settings are told too, with the figures that it knows.
      expect(figuresIn(viewer.shown!)).toEqual(seen);
      await give();
      await manager.sees('each', ({ total }) => total.n === before + i);
    }
    await viewer.sees('three', ({ total }) => total.n === before + 3);
    await loadSettings(program, { viewerThreshold: 1 });
  });
});
