import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, dayOfDate } from '#shared/core/calendar.ts';
import { addCounts, noCounts } from '#shared/core/histogram.ts';
import type { Cell, Store } from '../../../server/storage/port.ts';
import { aProduct, aRating, aTouchpoint, type Bench, everything, ratings, statuses } from './bench.ts';
import { type Counted, Model, nameOfCell, type Question } from './model.ts';
import { anyQuestion, anyRequests, method, products } from './random.ts';

const moves = {
  'balie-1': [
    { since: dayOfDate('2025-03-30'), location: 'Wijkhuis' },
    { since: dayOfDate('2024-06-01'), location: 'Stadhuis' },
  ],
};

/** A store with two products and a touchpoint that moved twice, and the obvious way to count beside it. */
export async function prepared(bench: Bench): Promise<{ store: Store; model: Model }> {
  const store = await bench.fresh();
  await store.changeSettings({ products: products.map(aProduct) });
  for (const { since, location } of moves['balie-1'].toReversed())
    await store.changeSettings({ touchpoints: [aTouchpoint({ location })] }, since * 86_400_000);
  return { store, model: new Model(moves) };
}

function namesIn(store: Store) {
  const { placements, methods, products, languageIds } = store.settings();
  const labels = new Map(methods.map(({ id, label }) => [id, label === method ? label : '']));
  const languages = [...languageIds];
  return {
    placement: new Map(
      placements.map(({ id, touchpoint, location, method: of }) => [
        ...([id, `${touchpoint} @ ${location ?? ''} ${labels.get(of)}`] as const),
      ]),
    ),
    product: new Map([[0, ''], ...products.map(({ id, key }) => [id, key] as const)]),
    language: new Map([[0, ''], ...languages.map(([key, id]) => [id, key] as const)]),
    touchpointOf: new Map(placements.map(({ id, touchpoint }) => [id, touchpoint])),
  };
}

/** Cells by name; what is there twice is added up, what is empty left out. */
function byName(store: Store, cells: Cell[]): Counted {
  const names = namesIn(store);
  const found: Counted = {};
  for (const { placement, product, language, time, counts } of cells) {
    const parts = [
      names.placement.get(placement)!,
      names.product.get(product)!,
      names.language.get(language)!,
    ];
    const name = nameOfCell(...parts, time);
    found[name] ??= noCounts();
    addCounts(found[name]!, counts);
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, counts]) => counts.some((count) => count !== 0)),
  );
}

/** The cells of a question, with the placements of a touchpoint told apart or not. */
async function cellsOf(
  store: Store,
  { touchpoints, products, languages, ...rest }: Question,
  alike?: Map<number, number>,
): Promise<Cell[]> {
  const names = namesIn(store);
  const idsOf = (map: Map<number, string>, wanted: string[] | null) =>
    wanted && [...map].filter(([, name]) => wanted.includes(name)).map(([id]) => id);
  const { cells } = await store.cells({
    ...rest,
    ...(alike ? { alike } : {}),
    placements: idsOf(names.touchpointOf, touchpoints),
    products: idsOf(names.product, products),
    languages: idsOf(names.language, languages),
  });
  return cells;
}

const ask = async (store: Store, question: Question): Promise<Counted> =>
  byName(store, await cellsOf(store, question));

/** All changes since the beginning, added up as cells. */
async function toldIn(store: Store, marked: boolean): Promise<Counted> {
  const changes = (await store.changesSince(0))!;
  expect(changes.map(({ sequence }) => sequence)).toEqual(changes.map((_, i) => i + 1));
  const cells = changes
    .flatMap(({ deltas }) => deltas!)
    .filter((delta) => marked || !delta.marked)
    .map(({ slot, index, count, ...delta }): Cell => {
      const counts = noCounts();
      counts[index] = count;
      return { ...delta, time: slot, counts };
    });
  return byName(store, cells);
}

export function countsContract(bench: Bench): void {
  const questions = fc.array(anyQuestion, { minLength: 25, maxLength: 25 });

  test('AG1: whatever arrives in whatever order, every figure is what going through the ratings gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequests, questions, async (requests, asked) => {
        const { store, model } = await prepared(bench);
        const answers = Promise.all(requests.map((entries) => store.append(entries)));
        const expected = requests.map((entries) => entries.map((entry) => model.append(entry)));
        expect((await answers).map(statuses)).toEqual(expected);

        const { ratings: kept, differences } = await store.recount({ repair: false });
        expect({ kept, differences }).toEqual({ kept: model.kept.size, differences: 0 });
        for (const question of asked) expect(await ask(store, question)).toEqual(model.count(question));

        const all = { from: null, to: null, touchpoints: null, products: null, languages: null };
        const keep = { product: true, language: true, time: 'slot' as const };
        for (const marked of [true, false])
          expect(await toldIn(store, marked)).toEqual(model.count({ ...all, marked, keep }));

        const names = namesIn(store).placement;
        const slots = [...(await store.firstSlots())].map(([id, slot]) => [names.get(id), slot]);
        expect(Object.fromEntries(slots)).toEqual(model.firstSlots());
        await bench.close(store);
      }),
      { numRuns: bench.cases },
    );
  });

  test('AG9: a question is answered alike from many months of ratings, whatever is kept apart', async () => {
    const { store, model } = await prepared(bench);
    const from = Date.parse('2024-05-01T00:00:00Z');
    const many = Array.from({ length: 6000 }, (_, i) =>
      aRating({
        ...{ at: from + i * 10_061_000, grade: (i % 10) + 1, marks: i % 7 === 0 ? 1 : 0 },
        ...{ product: [null, ...products][i % 3]!, language: [null, 'nl', 'tr'][(i >> 2) % 3]! },
        ...{ touchpoint: ['balie-1', 'website'][i % 2]! },
      }),
    );
    await store.append(many);
    for (const rating of many) model.append(rating);
    const { placements } = store.settings();
    const ofTouchpoint = new Map(
      placements.map(({ id, touchpoint }) => [
        ...([id, placements.find((one) => one.touchpoint === touchpoint)!.id] as const),
      ]),
    );
    // Of these a question by touchpoint has only some.
    const allAsOne = new Map(placements.map(({ id }) => [id, placements[0]!.id]));
    const cell = ({ placement, product, language, time }: Cell) =>
      [placement, product, language, time].join();
    await fc.assert(
      fc.asyncProperty(anyQuestion, async (question) => {
        expect(await ask(store, question)).toEqual(model.count(question));
        for (const alike of [ofTouchpoint, allAsOne]) {
          const apart = (await cellsOf(store, question)).map((one) => ({
            ...one,
            placement: alike.get(one.placement)!,
          }));
          const together = await cellsOf(store, question, alike);
          expect(byName(store, together)).toEqual(byName(store, apart));
          expect(together).toHaveLength(new Set(together.map(cell)).size);
        }
      }),
      { numRuns: 60 },
    );
    // What was added up before is not taken for what is there now.
    const all = { from: null, to: null, touchpoints: null, products: null, languages: null };
    for (const { at } of many.filter((_, i) => i % 700 === 0)) {
      const late = aRating({ at, grade: 3 });
      await store.append([late]);
      model.append(late);
      expect(await ask(store, { ...all, marked: true, keep: {} })).toEqual(
        model.count({ ...all, marked: true, keep: {} }),
      );
    }
  });

  test('AG9: a question is answered alike whether few or many gave a grade, and after some took theirs back', async () => {
    const { store } = await prepared(bench);
    const at = Date.parse('2026-03-02T10:00:00Z');
    const many = ratings(40).map((one) => ({ ...one, at, receivedAt: at, grade: 7 }));
    const few = ratings(3).map((one, i) => ({ ...one, at, receivedAt: at, grade: i + 1, language: 'en' }));
    await store.append([...many, ...few]);
    // In the next hour the counts of this one are closed; what is taken back then stands apart.
    await store.append(ratings(1).map((one) => ({ ...one, at: at + 3_600_000, receivedAt: at, grade: 10 })));
    const corrected = [many[0]!, few[1]!].map(({ id }) => ({
      ...{ kind: 'addition' as const, id, grade: 9, now: at, window: null },
    }));
    await store.append(corrected);
    const grades = noCounts();
    for (const [grade, count] of [
      [7, 39],
      [1, 1],
      [3, 1],
      [9, 2],
      [10, 1],
    ])
      grades[grade! - 1] = count!;
    const sum = async (keep: Question['keep']) => {
      const { cells } = await store.cells({ ...everything, keep });
      const all = noCounts();
      for (const { counts } of cells) addCounts(all, counts);
      return all;
    };
    expect(await sum({ language: true, product: true })).toEqual(grades);
    expect(await sum({ language: true, time: 'day' })).toEqual(grades);
  });

  test('AG4: grades and smileys of one touchpoint and hour stay apart', async () => {
    const store = await bench.fresh();
    await store.append([...ratings(1), aRating({ smiley: 4 }), aRating({ smiley: 4 })]);
    const { cells } = await store.cells(everything);
    expect(cells.map(({ counts }) => counts)).toEqual([[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0]]);
  });

  test('AG2: both 2 o’clock hours of the night that summer time ends are kept, and are one hour of the day', async () => {
    const store = await bench.fresh();
    const [early, late] = ['2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z'].map(Date.parse);
    await store.append([aRating({ at: early! }), aRating({ at: late! })]);
    const times = async (time: 'slot' | 'hour' | 'day') =>
      (await store.cells({ ...everything, keep: { time } })).cells.map((cell) => cell.time);
    expect(await times('slot')).toHaveLength(2);
    expect(await times('hour')).toEqual([2]);
    expect(await times('day')).toEqual([dayOf(early!)]);
  });
}
