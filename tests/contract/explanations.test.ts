import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExplainDimension, Segment } from '#shared/contract/explanation.ts';
import { dateOfDay, dayOf, dayOfDate, startOfDay } from '#shared/core/calendar.ts';
import { type Cause, causes, type Variant, variants } from '../../server/demo/causes.ts';
import { fill } from '../../server/demo/fill.ts';
import { answer, type Explained } from '../../server/insight/question.ts';
import { openSqlite, type SqliteStore } from '../../server/storage/sqlite/store.ts';
import { temporaryFolder } from '../support/program.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const today = dayOf(now);
/** Long enough to see a change of half a point, short enough to hold one cause. */
const longest = 120;
/** Before this day another question was asked. */
const measuredSince = '2024-07-01';

const cities = {} as Record<Variant, SqliteStore>;
beforeAll(async () => {
  for (const variant of variants) {
    cities[variant] = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db') });
    const city = cities[variant];
    // Only of the city with causes is asked what was before.
    const asked = variant === 'causes' ? 0 : startOfDay(dayOfDate(measuredSince));
    await fill(
      {
        changeSettings: (...settings) => city.changeSettings(...settings),
        append: (entries) =>
          city.append(entries.filter((entry) => entry.kind === 'addition' || entry.at >= asked)),
      },
      { now, variant },
    );
  }
}, 120_000);
afterAll(async () => {
  for (const store of Object.values(cities)) await store.close();
});

const dimensionOf = ({ product, touchpoint, daypart }: Cause): ExplainDimension =>
  product ? 'product' : touchpoint ? 'touchpoint' : daypart ? 'daypart' : 'channel';

/** The time since the cause against as long before it. */
function ask(variant: Variant, cause: Cause, by: ExplainDimension[]): Promise<Explained> {
  const from = dayOfDate(cause.from);
  const length = Math.min(longest, from - dayOfDate(measuredSince));
  const to = Math.min(cause.to ? dayOfDate(cause.to) : today, from + length - 1, today);
  const period = (first: number, last: number) => ({ from: dateOfDay(first), to: dateOfDay(last) });
  return answer(cities[variant], {
    filters: { channel: [cause.channel] },
    base: period(from - (to - from + 1), from - 1),
    current: period(from, to),
    by,
    examples: true,
    today,
  });
}

const within = causes.filter(({ kind }) => kind === 'within');
const claimed = ({ segments }: Explained): Segment[] => segments.filter((segment) => segment.claimed);

describe('the causes that the demo city really has', () => {
  test.each(within)('EX11: "$id" is found and named', async (cause) => {
    const dimension = dimensionOf(cause);
    const explained = await ask('causes', cause, [dimension]);
    const key = cause.product ?? cause.touchpoint ?? cause.daypart ?? cause.channel;
    const segment = explained.segments.find((one) => one.key === key)!;
    expect({ key, claimed: segment.claimed, sign: Math.sign(segment.within!) }).toEqual({
      key,
      claimed: true,
      sign: Math.sign(cause.size),
    });
    expect(explained.sentences.nl.join(' ')).toContain(segment.label);
  });

  test('EX11: what people complain about is named by their words', async () => {
    const cause = causes.find(({ id }) => id === 'verhuizing-digid')!;
    const { terms } = await ask('causes', cause, ['product']);
    expect(terms.map(({ term }) => term)).toContain('digid');
    expect(terms.find(({ term }) => term === 'digid')!.examples[0]).toMatch(/DigiD/i);
  });

  test('EX11: a changed mix is called mix, and no product is blamed for it', async () => {
    const cause = causes.find(({ kind }) => kind === 'mix')!;
    const explained = await ask('causes', cause, ['touchpoint', 'product']);
    expect(explained.mix.high).toBeLessThan(0);
    expect(claimed(explained)).toEqual([]);
    expect(explained.sentences.nl.join(' ')).toContain('verdeling');
  });
});

describe('cities without a cause', () => {
  test.each(within)(
    'EX7: in a city where only the mix changes no desk is blamed around $from',
    async (cause) => {
      expect(claimed(await ask('mix-only', cause, [dimensionOf(cause)]))).toEqual([]);
    },
  );

  test.each(within)('EX7: in a city without any change nothing is claimed around $from', async (cause) => {
    const explained = await ask('no-change', cause, [dimensionOf(cause)]);
    expect({ claimed: claimed(explained), verdict: explained.verdict }).toEqual({
      claimed: [],
      verdict: 'no-change',
    });
  });
});

describe('two ways of asking', () => {
  const years = (base: string, current: string) =>
    answer(cities.causes, {
      filters: { channel: ['digitaal'] },
      base: { from: `${base}-01-01`, to: `${base}-12-31` },
      current: { from: `${current}-01-01`, to: `${current}-12-31` },
      by: ['product'],
      examples: false,
      today,
    });

  test('EX10: the fall from 7,0 in 2023 to 6,6 in 2024 is not comparable, and the remedy is given', async () => {
    const explained = await years('2023', '2024');
    expect(explained).toMatchObject({ verdict: 'not-comparable', change: { value: null }, segments: [] });
    expect(explained.needed!.perPeriod).toBeGreaterThan(100);
    expect(explained.sentences.nl.join(' ')).toMatch(/niet te vergelijken.*naast elkaar/s);
  });

  test('EX10: years that asked in the same way are compared', async () => {
    expect((await years('2025', '2026')).verdict).not.toBe('not-comparable');
  });

  test('EX19: who may not read comments gets no examples', async () => {
    const { terms } = await years('2025', '2026');
    expect(terms.length).toBeGreaterThan(0);
    expect(terms.flatMap(({ examples }) => examples)).toEqual([]);
  });
});
