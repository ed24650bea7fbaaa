import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { bumpSettings } from '../../server/storage/sqlite/settings.ts';
import { bytesOfId, inDatabase } from '../support/database.ts';
import { figuresIn, Listener } from '../support/listener.ts';
import { startPrepared } from '../support/prepared.ts';
import { type Program, temporaryFolder } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

let program: Program;
let tokens: Record<'viewer' | 'leaver' | 'second', string>;
const open: Listener[] = [];

beforeAll(async () => {
  const started = await startPrepared({
    tokens: { viewer: 'viewer', leaver: 'viewer', second: 'manager' },
  });
  program = started.program;
  tokens = started.tokens;
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(() => program.stop());

const listen = async (token = tokens.viewer) => {
  const listener = new Listener(program.url, { token });
  open.push(listener);
  return listener.connected();
};
const give = (fields = {}) => post(program.url, aRating(fields));
const channels = { period: 'today', by: 'channel' };
/** Takes a token back as another process would, without the time that starting one takes. */
const revoke = (name: string) =>
  inDatabase(program.dataDir, (db) =>
    db.transaction(() => {
      db.prepare('UPDATE tokens SET revoked_at = ? WHERE name = ?').run(Date.now(), name);
      bumpSettings(db);
    })(),
  );

describe('what another process commits', () => {
  test('LV5: an import is seen by who is subscribed, with the same figures as a new question', async () => {
    const listener = await listen();
    const period = { from: '2024-01-01', to: '2024-12-31' };
    await listener.subscribe({ period, by: 'touchpoint' });
    const rows = Array.from(
      { length: 2500 },
      (_, i) => `balie-1;${1 + (i % 10)};2024-05-${10 + (i % 20)} 10:00`,
    );
    const file = join(temporaryFolder(), 'oud.csv');
    writeFileSync(file, ['touchpoint;grade;givenAt', ...rows].join('\n'));
    expect((await program.command('import', file)).code).toBe(0);
    await listener.sees('the whole import', ({ total }) => total.n === 2500);
    const query = '/summary?from=2024-01-01&to=2024-12-31&by=touchpoint';
    const { body } = await get<Summary>(program.url, query, tokens.viewer);
    expect(figuresIn(listener.shown!)).toEqual(figuresIn(body));
  });

  test('LV5: a repair by recount is seen as well', async () => {
    const listener = await listen();
    await give();
    await listener.subscribe({ period: 'year', by: 'channel' });
    const { n } = listener.shown!.total;
    inDatabase(program.dataDir, (db) =>
      db.prepare('UPDATE open_buckets SET g8 = g8 + 5 WHERE level > 1').run(),
    );
    expect((await program.command('recount', '--repair')).code).toBe(0);
    await give();
    await listener.sees('the right figure', ({ total }) => total.n === n + 1);
    expect((await program.command('recount')).stdout).toContain('0 differences');
  });
});

describe('bad messages', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'today'],
    ['a list', [channels]],
    ['an unknown period', { period: 'decade', by: 'channel' }],
    [
      'a period that ends before it starts',
      { period: { from: '2026-02-02', to: '2026-02-01' }, by: 'channel' },
    ],
    ['a day that does not exist', { period: { from: '2026-02-30', to: '2026-03-01' }, by: 'channel' }],
    ['an unknown grouping', { period: 'today', by: 'person' }],
    ['no grouping', { period: 'today' }],
    ['an unknown field', { ...channels, sql: '1' }],
    ['an unknown filter', { ...channels, filters: { comment: 'x' } }],
    ['an unknown value', { ...channels, filters: { channel: ['balie', 'elders'] } }],
    ['a filter that is an object', { ...channels, filters: { channel: { length: 9 } } }],
    ['a prototype', JSON.parse('{"period":"today","by":"__proto__","__proto__":{"by":"channel"}}')],
  ])('LV6: %s is answered with an error and harms nobody', async (_name, request) => {
    const [bad, good] = [await listen(), await listen()];
    await good.subscribe(channels);
    const reply = request === undefined ? await bad.ask('subscribe') : await bad.ask('subscribe', request);
    expect(reply.error).toMatchObject({ status: 400, title: expect.any(String), detail: expect.any(String) });
    const { n } = good.shown!.total;
    await give();
    await good.sees('the rating', ({ total }) => total.n === n + 1);
    expect(bad.changes).toEqual([]);
  });

  test('LV6: an unknown message is answered with an error', async () => {
    expect((await (await listen()).ask('publish', { n: 1 })).error).toMatchObject({ status: 400 });
  });

  test('LV6: what has no acknowledgement, is too large or no message at all harms nobody', async () => {
    const [bad, other, good] = [await listen(), await listen(), await listen()];
    await good.subscribe(channels);
    bad.socket.emit('subscribe', { period: 'nonsense' });
    bad.socket.emit('subscribe', channels, { not: 'a function' });
    bad.socket.emit('subscribe', 'x'.repeat(100_000));
    (other.socket.io.engine as unknown as { write(text: string): void }).write('9nonsense');
    for (let i = 0; i < 200; i++) other.socket.emit('unsubscribe');
    const { n } = good.shown!.total;
    await give();
    await good.sees('the rating', ({ total }) => total.n === n + 1);
    expect(program.process.exitCode).toBe(null);
  });

  test('LV6: a bad question leaves the one that was asked before as it is', async () => {
    const listener = await listen();
    await listener.subscribe(channels);
    await listener.ask('subscribe', { period: 'nonsense', by: 'channel' });
    const { n } = listener.shown!.total;
    await give();
    await listener.sees('the rating', ({ total }) => total.n === n + 1);
  });
});

describe('a token that was taken back', () => {
  test('LV7: a revoked token receives nothing more, not even of the moment itself, and others go on', async () => {
    const [leaver, stays] = [await listen(tokens.leaver), await listen()];
    await leaver.subscribe(channels);
    await stays.subscribe(channels);
    const { n } = stays.shown!.total;
    revoke('leaver');
    await give();
    await stays.sees('the rating', ({ total }) => total.n === n + 1);
    await until('the connection is closed', () => !leaver.socket.connected);
    // What was on its way before it was revoked may have come.
    expect(leaver.changes.map(({ total }) => total.n)).not.toContain(n + 1);
    await expect(listen(tokens.leaver)).rejects.toThrow('not-signed-in');
    expect((await get(program.url, '/summary', tokens.leaver)).status).toBe(401);
  });
});

/** A generator whose numbers follow from its seed, so that a failure can be had again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each([1, 2, 3])(
  'LV3: after 200 ratings and corrections from five clients every view equals a new summary (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const thisYear = yearOfDay(dayOf(Date.now()));
    const year = { from: `${thisYear}-01-01`, to: `${thisYear}-12-31` };
    const groupings = ['channel', 'hour', 'language'];
    const listeners = await Promise.all(groupings.map(() => listen(tokens.second)));
    for (const [i, by] of groupings.entries()) await listeners[i]!.subscribe({ period: year, by });

    const jobs = Array.from({ length: 200 }, (_, i) => ({
      correct: i > 20 && random(3) === 0,
      pick: random(20),
    }));
    const given: { id: string; smiley: boolean }[] = [];
    const coming = new Set<number>();
    const client = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const target = given.at(-1 - job.pick);
        if (job.correct && target) {
          const url = `${program.url}/api/v1/ratings/${target.id}`;
          const addition = target.smiley ? { smiley: 1 + random(5) } : { grade: 1 + random(10) };
          expect((await send('PATCH', url, addition)).status).toBe(200);
          continue;
        }
        const smiley = random(5) === 0;
        const id = randomUUID();
        const rating = {
          id,
          touchpoint: ['balie-1', 'website', 'digitaal-product'][random(3)],
          ...(smiley ? { smiley: 1 + random(5) } : { grade: 1 + random(10) }),
          ...(random(2) ? { language: ['nl', 'en', 'tr'][random(3)] } : {}),
        };
        expect((await post(program.url, rating)).status).toBe(201);
        given.push({ id, smiley });
        // Now and then somebody loses the connection and comes back.
        if (random(25) === 0) {
          const i = random(listeners.length);
          const listener = listeners[i]!;
          if (coming.has(i)) continue;
          coming.add(i);
          listener.close();
          listener.socket.connect();
          await listener.connected();
          await listener.subscribe({ period: year, by: groupings[i] });
          coming.delete(i);
        }
      }
    };
    await Promise.all(Array.from({ length: 5 }, client));
    for (const [i, by] of groupings.entries()) {
      const query = `/summary?from=${year.from}&to=${year.to}&by=${by}`;
      const { body } = await get<Summary>(program.url, query, tokens.second);
      await listeners[i]!.sees(`the last change by ${by}`, ({ sequence }) => sequence === body.sequence);
      expect(figuresIn(listeners[i]!.shown!)).toEqual(figuresIn(body));
    }
    expect(
      given.every(({ id }) =>
        inDatabase(program.dataDir, (db) =>
          db.prepare('SELECT 1 FROM ratings WHERE id = ?').get(bytesOfId(id)),
        ),
      ),
    ).toBe(true);
  },
);
