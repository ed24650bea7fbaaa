import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '#shared/contract/errors.ts';
import { type Filters, type Grouping, groupings } from '#shared/contract/figures.ts';
import { defaultRetention, noContacts } from '#shared/contract/privacy.ts';
import { dayOfDate, dayOfSlot, hourOfSlot, slotsPerDay, weekdayOf } from '#shared/core/calendar.ts';
import { countsLength, noCounts } from '#shared/core/histogram.ts';
import { alikeOf } from '../../server/storage/alike.ts';
import type { Cell, Delta, Settings } from '../../server/storage/port.ts';
import { Selection } from '../../server/storage/selection.ts';

const point = (key: string, channel: string, location: string | null, retired = false) => ({
  ...{ key, name: `Naam van ${key}`, channel, location, retired },
  ...{ scale: 'grade' as const, origins: [], trial: false, guarded: false },
});
const settings: Settings = {
  ...{ municipality: 'Gemeente', languages: ['nl', 'en'], answerKeys: [], indicators: [] },
  ...{ viewerThreshold: 1, wallboardThreshold: 5, falseAlarmsPerYear: 1, themes: null },
  ...{ closedDays: [], questionnaires: new Map(), devicePlaces: new Map() },
  aggressionAddress: null,
  ...{ deskByHour: true, serviceNorms: [] },
  ...{ retention: defaultRetention, contacts: noContacts, kept: { comments: 0, ratings: 0 } },
  channels: ['web', 'balie', 'telefoon', 'leeg'].map((key) => ({ key, name: `Kanaal ${key}` })),
  touchpoints: [
    ...[point('site', 'web', null), point('b2', 'balie', 'Noord'), point('b1', 'balie', 'Stadhuis')],
    ...[point('lijn', 'telefoon', null), point('oud', 'balie', 'Stadhuis', true)],
  ],
  products: [
    { id: 1, key: 'paspoort', name: 'Paspoort', upl: null, retired: false },
    { id: 2, key: 'akte', name: 'Akte', upl: null, retired: true },
  ],
  languageIds: new Map([
    ['nl', 1],
    ['en', 2],
  ]),
  targets: [
    { scope: 'total', key: '', year: 2026, grade: 7 },
    { scope: 'channel', key: 'balie', year: 2026, grade: 7.5 },
    { scope: 'channel', key: 'balie', year: 2025, grade: 7.4 },
    { scope: 'touchpoint', key: 'b1', year: 2026, grade: 8 },
  ],
  placements: [
    { id: 1, touchpoint: 'site', location: null, method: 1 },
    { id: 2, touchpoint: 'b1', location: 'Stadhuis', method: 2 },
    { id: 3, touchpoint: 'b1', location: 'Wijkhuis', method: 2 },
    { id: 4, touchpoint: 'b1', location: 'Stadhuis', method: 3 },
    { id: 5, touchpoint: 'b2', location: 'Noord', method: 4 },
    { id: 6, touchpoint: 'lijn', location: null, method: 5 },
  ],
  methods: [],
  currentMethod: new Map(),
};
const today = dayOfDate('2026-07-01');
const select = (filters: Filters = {}, by?: Grouping) => new Selection(settings, filters, by, today);
const cell = (placement: number, n: number, rest: Partial<Cell> = {}): Cell => {
  const counts = noCounts();
  counts[7] = n;
  return { ...{ placement, product: 0, language: 0, time: 0, counts }, ...rest };
};
const summaryOf = (cells: Cell[], by?: Grouping, filters: Filters = {}) => {
  const selection = select(filters, by);
  return selection.summary(9, selection.tally(cells));
};

describe('filters', () => {
  const placementsOf = (filters: Filters) => select(filters).query().placements;

  test('AG9: filters choose placements, also those where a touchpoint stood before', () => {
    expect(placementsOf({})).toEqual([1, 2, 3, 4, 5, 6]);
    expect(placementsOf({ channel: ['balie'] })).toEqual([2, 3, 4, 5]);
    expect(placementsOf({ touchpoint: ['b1', 'lijn'] })).toEqual([2, 3, 4, 6]);
    expect(placementsOf({ location: ['Wijkhuis'] })).toEqual([3]);
    expect(placementsOf({ location: [''] })).toEqual([1, 6]);
    expect(placementsOf({ channel: ['web'], touchpoint: ['b1'] })).toEqual([]);
  });

  test('AG9: products and languages are chosen by key, none by the empty key', () => {
    expect(select({}).query()).toMatchObject({ products: null, languages: null, marked: true });
    expect(select({ product: ['akte', ''], language: ['en'], marked: 'exclude' }).query()).toMatchObject({
      ...{ products: [0, 2], languages: [2], marked: false },
    });
  });

  test('AG9: days are inclusive, absent is all', () => {
    expect(select({}).query()).toMatchObject({ from: null, to: null });
    expect(select({ from: '2026-01-01', to: '2026-01-31' }).query()).toMatchObject({
      ...{ from: dayOfDate('2026-01-01'), to: dayOfDate('2026-01-31') },
    });
  });

  test('IN5: values that do not exist are refused all at once, each with a pointer', () => {
    const wrong = {
      channel: ['x'],
      touchpoint: ['b1', 'y'],
      location: ['z'],
      product: ['p'],
      language: ['fr'],
    };
    let thrown: unknown;
    try {
      select(wrong);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ProblemError);
    const { code, errors } = thrown as ProblemError;
    expect(code).toBe('invalid-input');
    expect(errors.map((error) => `${error.pointer} ${error.code}`)).toEqual(
      ['channel', 'touchpoint', 'location', 'product', 'language'].map((name) => `/${name} unknown-value`),
    );
  });
});

describe('groups', () => {
  test('AG9: channels and touchpoints that are open are there when nobody rated, in the order of the settings', () => {
    expect(summaryOf([], 'channel').groups.map(({ key, n }) => [key, n])).toEqual([
      ...[
        ['web', 0],
        ['balie', 0],
        ['telefoon', 0],
      ],
    ]);
    const touchpoints = (filters: Filters) =>
      summaryOf([], 'touchpoint', filters).groups.map(({ key }) => key);
    expect(touchpoints({})).toEqual(['site', 'b2', 'b1', 'lijn']);
    expect(touchpoints({ channel: ['balie'] })).toEqual(['b2', 'b1']);
    expect(touchpoints({ location: ['Stadhuis'] })).toEqual(['b1']);
    expect(summaryOf([], 'product').groups).toEqual([]);
  });

  test('AG9: cells are added up per group, under the name of the settings, and all in the total', () => {
    const cells = [cell(2, 5), cell(3, 6), cell(5, 7), cell(1, 1)];
    const groups = (by: Grouping) => summaryOf(cells, by).groups.map(({ key, label, n }) => [key, label, n]);
    expect(groups('channel')).toEqual([
      ...[
        ['web', 'Kanaal web', 1],
        ['balie', 'Kanaal balie', 18],
        ['telefoon', 'Kanaal telefoon', 0],
      ],
    ]);
    expect(groups('location')).toEqual([
      ...[
        ['', '', 1],
        ['Noord', 'Noord', 7],
        ['Stadhuis', 'Stadhuis', 5],
        ['Wijkhuis', 'Wijkhuis', 6],
      ],
    ]);
    expect(summaryOf(cells, 'channel')).toMatchObject({ sequence: 9, total: { n: 19 } });
    expect(summaryOf(cells)).toMatchObject({ total: { n: 19 }, groups: [] });
  });

  test('AG9: none is a group of its own for product and language; hours and weekdays come in order', () => {
    const by = (grouping: Grouping, cells: Cell[]) =>
      summaryOf(cells, grouping).groups.map(({ key, label }) => `${key}=${label}`);
    expect(by('product', [cell(1, 1, { product: 2 }), cell(1, 1)])).toEqual(['=', 'akte=Akte']);
    expect(by('language', [cell(1, 1, { language: 2 }), cell(1, 1)])).toEqual(['=', 'en=en']);
    expect(
      by(
        'hour',
        [10, 9, 0].map((time) => cell(1, 1, { time })),
      ),
    ).toEqual(['0=0', '9=9', '10=10']);
    expect(
      by(
        'weekday',
        [7, 1].map((time) => cell(1, 1, { time })),
      ),
    ).toEqual(['1=1', '7=7']);
  });

  const delta = fc.record<Delta>({
    slot: fc
      .tuple(fc.integer({ min: today - 20, max: today }), fc.constantFrom(0, 2, 9, 23, 24))
      .map(([day, hour]) => day * slotsPerDay + hour),
    ...{
      placement: fc.integer({ min: 1, max: 6 }),
      product: fc.nat({ max: 2 }),
      language: fc.nat({ max: 2 }),
    },
    ...{
      marked: fc.boolean(),
      index: fc.nat({ max: countsLength - 1 }),
      count: fc.integer({ min: 1, max: 9 }),
    },
  });
  const values = (...keys: string[]) =>
    fc.option(fc.subarray(keys, { minLength: 1 }), { nil: undefined, freq: 3 });
  const filters: fc.Arbitrary<Filters> = fc.record({
    ...{ channel: values('web', 'balie'), location: values('', 'Stadhuis'), product: values('', 'akte') },
    ...{ language: values('nl', ''), from: fc.constantFrom(undefined, '2026-06-20') },
    ...{ to: fc.constantFrom(undefined, '2026-06-28'), marked: fc.constantFrom(undefined, 'exclude') },
  });

  test('LV2: adding change by change gives the same figures as adding up the cells', () => {
    fc.assert(
      fc.property(
        fc.array(delta),
        filters,
        fc.constantFrom(undefined, ...groupings),
        (deltas, chosen, by) => {
          const selection = select(chosen, by);
          const { from, to, placements, products, languages, marked } = selection.query();
          const timeOf = (day: number, slot: number) =>
            by === 'weekday' ? weekdayOf(day) : by === 'hour' ? hourOfSlot(slot) : 0;
          const cells = deltas
            .filter(({ slot, ...one }) => {
              const day = dayOfSlot(slot);
              const inPeriod = (from === null || day >= from) && (to === null || day <= to);
              const inProducts = products === null || products.includes(one.product);
              const inLanguages = languages === null || languages.includes(one.language);
              const wanted = placements!.includes(one.placement) && (marked || !one.marked);
              return inPeriod && inProducts && inLanguages && wanted;
            })
            .map(({ slot, placement, product, language, index, count }): Cell => {
              const counts = noCounts();
              counts[index] = count;
              return { placement, product, language, time: timeOf(dayOfSlot(slot), slot), counts };
            });
          const moved = selection.tally([]);
          for (const one of deltas) {
            if (!selection.matches(one)) continue;
            moved.total.addOne(one.placement, one.index, one.count);
            if (by === undefined) continue;
            const key = selection.keyOfDelta(one);
            const group = moved.groups.get(key) ?? selection.tally([]).total;
            moved.groups.set(key, group);
            group.addOne(one.placement, one.index, one.count);
          }
          expect(selection.summary(1, moved)).toEqual(selection.summary(1, selection.tally(cells)));
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('methods and targets', () => {
  test('AG5: two method versions at one touchpoint are mixed, at two touchpoints or locations they are not', () => {
    const mixed = (cells: Cell[], by?: Grouping) => summaryOf(cells, by).total.mixedMethods;
    expect(mixed([cell(2, 50), cell(4, 1)])).toBe(true);
    expect(mixed([cell(2, 50), cell(3, 50)])).toBe(false);
    expect(mixed([cell(2, 50), cell(5, 50), cell(1, 50)])).toBe(false);
    expect(mixed([cell(2, 50), cell(4, 0)])).toBe(false);
  });

  test('AG5: a mixed figure has no mean; a group with one method keeps its own', () => {
    const { total, groups } = summaryOf([cell(2, 50), cell(4, 50), cell(5, 50)], 'touchpoint');
    expect(total).toMatchObject({ n: 150, mixedMethods: true, mean: null, low: null });
    const group = (key: string) => groups.find((one) => one.key === key);
    expect(group('b1')).toMatchObject({ n: 100, mixedMethods: true, mean: null });
    expect(group('b2')).toMatchObject({ n: 50, mixedMethods: false, mean: 8 });
  });

  test('ST4: a group has the target of its channel or touchpoint, in the year of the last day', () => {
    const targets = (by: Grouping, chosen: Filters = {}) =>
      Object.fromEntries(summaryOf([cell(2, 90)], by, chosen).groups.map(({ key, target }) => [key, target]));
    expect(targets('channel')).toMatchObject({ balie: 7.5, web: undefined });
    expect(targets('channel', { to: '2025-12-31' })).toMatchObject({ balie: 7.4 });
    expect(targets('touchpoint')).toMatchObject({ b1: 8, b2: undefined });
    expect(targets('location')).toEqual({ Stadhuis: undefined });
  });

  test('ST4: the total has a target only where the filter leaves one channel, one touchpoint, or nothing out', () => {
    const target = (chosen: Filters) => summaryOf([], undefined, chosen).total.target;
    expect(target({})).toBe(7);
    expect(target({ channel: ['balie'] })).toBe(7.5);
    expect(target({ channel: ['balie', 'web'] })).toBeUndefined();
    expect(target({ touchpoint: ['b1'], channel: ['balie'] })).toBe(8);
    expect(target({ product: ['akte'] })).toBeUndefined();
    expect(target({ location: ['Noord'] })).toBeUndefined();
  });

  test('ST4: a period runs until its last day has passed', () => {
    const verdict = (n: number, to?: string) =>
      summaryOf([cell(2, n)], undefined, { channel: ['balie'], to }).total.verdict;
    expect([verdict(60, '2026-07-01'), verdict(60, '2026-06-30')]).toEqual(['undecided', 'met']);
    expect(verdict(60)).toBe('undecided');
    expect([verdict(200, '2026-07-01'), verdict(200, '2026-06-30')]).toEqual(['met', 'met']);
  });
});

describe('placements that count as one', () => {
  const touchpoints = [point('a', 'balie', null), point('b', 'balie', null), point('c', 'web', null)];
  const placements = [
    { id: 1, touchpoint: 'a', location: 'Noord', method: 1 },
    { id: 2, touchpoint: 'b', location: 'Noord', method: 2 },
    { id: 3, touchpoint: 'b', location: 'Zuid', method: 2 },
    { id: 4, touchpoint: 'c', location: null, method: 3 },
  ];
  const all = { touchpoints, placements };
  const pairs = (settings: typeof all, by: string[]) => Object.fromEntries(alikeOf(settings, by));

  test('AG9: they have the channel in common, and what the question is about', () => {
    expect(pairs(all, ['product'])).toEqual({ 1: 1, 2: 1, 3: 1, 4: 4 });
    expect(pairs(all, ['location'])).toEqual({ 1: 1, 2: 1, 3: 3, 4: 4 });
    expect(pairs(all, ['channel', 'touchpoint'])).toEqual({ 1: 1, 2: 2, 3: 2, 4: 4 });
  });

  test('AG5: those of a touchpoint that asked in several ways stay apart in a figure', () => {
    const { alike, ...query } = select({ product: ['paspoort'] }, 'channel').merged();
    expect(query).toEqual(select({ product: ['paspoort'] }, 'channel').query());
    expect(Object.fromEntries(alike!)).toEqual({ 1: 1, 5: 5, 6: 6 });
    expect(Object.fromEntries(select({}, 'channel').alike(['product']))).toEqual({
      ...{ 1: 1, 2: 2, 3: 2, 4: 2, 5: 2, 6: 6 },
    });
    expect(Object.fromEntries(select({ location: ['Noord'] }).alike([]))).toEqual({
      ...{ 1: 1, 2: 2, 3: 3, 4: 2, 5: 5, 6: 6 },
    });
  });
});
