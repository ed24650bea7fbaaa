import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { Broadcaster } from '../../server/live/broadcaster.ts';
import { answer } from '../../server/reports/question.ts';
import type { NewRating } from '../../server/storage/port.ts';
import { Selection } from '../../server/storage/selection.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { temporaryFolder } from '../support/program.ts';
import { until } from '../support/until.ts';

const rating = (touchpoint: string): NewRating => ({
  ...{ kind: 'rating', id: randomUUID(), touchpoint, grade: 8, smiley: null, product: null, language: null },
  ...{
    form: null,
    at: Date.now(),
    receivedAt: Date.now(),
    givenAt: null,
    marks: 0,
    answers: null,
    comment: null,
  },
});

test('LV3: a question whose counts could not be read once is right again with the next rating, others at once', async () => {
  const store = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db') });
  const shown = new Map<string, Summary>();
  let failures = 0;
  const failed: unknown[] = [];
  const broadcaster = new Broadcaster({
    store,
    now: Date.now,
    recheck: async () => {},
    log: (error) => failed.push(error),
    audience: { push: async (topic, change) => void shown.set(topic, change) },
    tally: async ({ filters, by, today }) => {
      if (failures-- > 0) throw new Error('the reading thread ended');
      const selection = new Selection(store.settings(), filters, by, today);
      const { sequence, cells } = await store.cells(selection.query());
      return { sequence, ...selection.tally(cells) };
    },
  });
  const one = await broadcaster.watch({ period: 'today', by: 'channel' }, 1);
  const other = await broadcaster.watch({ period: 'today', by: 'touchpoint' }, 1);
  failures = 1;
  // The first rating at a touchpoint makes a placement, so that everything is read anew.
  await store.append([rating('balie-1')]);
  await until('one of both shows it', () => other.shown().total.n === 1);
  await store.append([rating('balie-1')]);
  await until('both show both', () => one.shown().total.n === 2 && other.shown().total.n === 2);
  expect(failed.map(String)).toEqual(['Error: the reading thread ended']);
  broadcaster.close();
  await store.close();
});

test('LV3: what comes in while everything is read anew for the second time is not lost', async () => {
  const store = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db') });
  const changesSince = store.changesSince.bind(store);
  let heard = 0;
  store.changesSince = async (sequence) => {
    const changes = await changesSince(sequence);
    heard += changes?.length ?? 0;
    return changes;
  };
  /** Readings that have their counts and are not let go yet. */
  const held: (() => void)[] = [];
  let holding = false;
  // The first rating at a touchpoint makes a placement, after which everything is read anew: not while readings are held.
  await store.append([rating('balie-1')]);
  const broadcaster = new Broadcaster({
    ...{ store, now: Date.now, recheck: async () => {}, log: () => {}, audience: { push: async () => {} } },
    tally: async ({ filters, by, today }) => {
      const selection = new Selection(store.settings(), filters, by, today);
      const { sequence, cells } = await store.cells(selection.query());
      if (holding) await new Promise<void>((resolve) => held.push(resolve));
      return { sequence, ...selection.tally(cells) };
    },
  });
  const { shown } = await broadcaster.watch({ period: 'today', by: 'channel' }, 1);
  expect(shown().total.n).toBe(1);
  holding = true;
  for (const municipality of ['Eerst', 'Later']) await store.changeSettings({ municipality });
  await until('the first reading has its counts', () => held.length === 1);
  held[0]!();
  await until('so has the second', () => held.length === 2);
  holding = false;
  heard = 0;
  await store.append([rating('balie-1')]);
  await until('the change was heard', () => heard === 1);
  held[1]!();
  await until('both are shown', () => shown().total.n === 2);
  await store.append([rating('balie-1')]);
  await until('all three are shown', () => shown().total.n === 3);
  broadcaster.close();
  await store.close();
});

test('ST4: a point of a series is judged by the target of its own year', async () => {
  const store = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db') });
  const target = (year: number, grade: number) => ({ scope: 'channel' as const, key: 'balie', year, grade });
  await store.changeSettings({ targets: [target(2024, 5), target(2025, 9)] });
  const at = (date: string) =>
    Array.from({ length: 60 }, () => ({ ...rating('balie-1'), at: Date.parse(date) }));
  await store.append([...at('2024-03-01T10:00:00Z'), ...at('2025-03-01T10:00:00Z')]);
  const series = await answer(store, {
    ...{ kind: 'series', interval: 'year', by: 'channel', today: 20_600 },
    filters: { from: '2024-01-01', to: '2025-12-31' },
  });
  const points = 'points' in series ? series.points : [];
  expect(points.map(({ target, verdict }) => ({ target, verdict }))).toEqual([
    { target: 5, verdict: 'met' },
    { target: 9, verdict: 'not-met' },
  ]);
  await store.close();
});

test('WD8: comments are sampled among those that were asked for', async () => {
  const store = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db') });
  const said = (touchpoint: string, comment: string) => ({ ...rating(touchpoint), comment });
  await store.append(
    Array.from({ length: 1000 }, (_, i) => said(i % 10 === 1 ? 'website' : 'balie-1', `nummer ${i}`)),
  );
  const placements = store.settings().placements.filter(({ touchpoint }) => touchpoint === 'website');
  const rows = await store.comments({
    ...{ from: null, to: null, products: null, languages: null, marked: true, most: 50 },
    placements: placements.map(({ id }) => id),
  });
  expect(rows).toHaveLength(50);
  await store.close();
});
