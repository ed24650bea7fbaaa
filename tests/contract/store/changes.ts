import { expect, test } from 'vitest';
import type { Change, Reader, Store } from '../../../server/storage/port.ts';
import { until } from '../../support/until.ts';
import { anAddition, aRating, type Bench, countIn, everything, noon, ratings } from './bench.ts';

const sequenceOf = async (store: Store) => (await store.cells(everything)).sequence;
const moved = (changes: Change[]) =>
  changes.flatMap(({ deltas }) => deltas ?? []).reduce((sum, { count }) => sum + count, 0);
const turns = async (count = 30) => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

export function changesContract(bench: Bench): void {
  test('AG3: every commit that moves a figure is one change, and their numbers follow each other', async () => {
    const store = await bench.fresh();
    const start = await sequenceOf(store);
    for (let i = 0; i < 5; i++) await store.append(ratings(i + 1));
    const changes = (await store.changesSince(start))!;
    expect(changes.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5].map((i) => start + i));
    expect(changes.map((change) => moved([change]))).toEqual([1, 2, 3, 4, 5]);
    expect(await store.changesSince(start + 3)).toEqual(changes.slice(3));
    expect(await store.changesSince(start + 5)).toEqual([]);
    expect(await sequenceOf(store)).toBe(start + 5);
  });

  test.runIf(bench.hold)(
    'ND5: a change or rating whose transaction takes longer is never passed over by one that began later',
    async () => {
      const slow = await bench.fresh();
      const [quick, observer] = [await bench.beside(slow), await bench.beside(slow)];
      // Both know all that they need, so that each commit is of the shortest kind.
      for (const store of [slow, quick]) await store.append([aRating()]);
      const start = await sequenceOf(observer);
      const arrived = await observer.lastArrival();
      const held = await bench.hold!(bench.placeOf(slow));
      const appended: Promise<unknown>[] = [];
      try {
        appended.push(slow.append(ratings(2, { at: noon })));
        await held.underWay(1);
        appended.push(quick.append(ratings(3, { at: noon })));
        await held.underWay(2);
        expect(await observer.changesSince(start)).toEqual([]);
        expect(await observer.arrivals(arrived, 10)).toEqual([]);
      } finally {
        await held.letGo();
      }
      await Promise.all(appended);
      const changes = (await observer.changesSince(start))!;
      expect(changes.map(({ sequence }) => sequence - start)).toEqual([1, 2]);
      expect(changes.map((change) => moved([change]))).toEqual([2, 3]);
      expect(await observer.arrivals(arrived, 10)).toHaveLength(5);
    },
  );

  test('AG3: what moves no figure is no change', async () => {
    const store = await bench.fresh();
    const rating = aRating();
    await store.append([rating]);
    const start = await sequenceOf(store);
    await store.append([rating, { ...rating, grade: 1 }, anAddition(rating.id, { comment: 'Fijn' })]);
    expect(await store.changesSince(start)).toEqual([]);
    expect(await sequenceOf(store)).toBe(start);
  });

  test('AG3: an addition takes the old answer away and puts the new one in its place', async () => {
    const store = await bench.fresh();
    const rating = aRating({ grade: 8 });
    await store.append([rating]);
    const start = await sequenceOf(store);
    await store.append([anAddition(rating.id, { grade: 3 })]);
    const [change] = (await store.changesSince(start))!;
    const deltas = change!.deltas!.map(({ index, count }) => [index, count]);
    expect(deltas.sort(([a], [b]) => a! - b!)).toEqual([
      [2, 1],
      [7, -1],
    ]);
  });

  test('AG3: when a commit fails there is no rating, no count, no change and nobody is told', async () => {
    const store = await bench.fresh();
    const start = await sequenceOf(store);
    let told = 0;
    store.onChange(() => told++);
    await expect(
      store.append([...ratings(5), aRating({ method: 'Papier' }), aRating({ grade: 11 })]),
    ).rejects.toThrow();
    await turns();
    expect(told).toBe(0);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 0, cells: 0, differences: 0 });
    expect(await store.changesSince(start)).toEqual([]);
    expect(await store.firstSlots()).toEqual(new Map());
    await store.append([aRating({ method: 'Papier' })]);
    expect(store.settings().placements).toHaveLength(1);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 1, differences: 0 });
  });

  test('LV2: figures and their sequence are of one moment, also while ratings come in', async () => {
    const store = await bench.fresh();
    const seen: { sequence: number; n: number }[] = [];
    let writing = true;
    const reading = (async () => {
      while (writing) {
        const { sequence, cells } = await store.cells(everything);
        const n = cells.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
        seen.push({ sequence, n });
        await new Promise(setImmediate);
      }
    })();
    for (let i = 0; i < 60; i++) await Promise.all([store.append(ratings(2)), store.append(ratings(1))]);
    writing = false;
    await reading;
    const changes = (await store.changesSince(0))!;
    expect(seen.length).toBeGreaterThan(10);
    for (const { sequence, n } of seen)
      expect(n).toBe(moved(changes.filter((change) => change.sequence <= sequence)));
  });

  test('LV3: a commit that is too large to tell says so, and the figures are right', async () => {
    const store = await bench.fresh();
    const start = await sequenceOf(store);
    await store.append(ratings(5000));
    await store.append(ratings(1));
    const changes = (await store.changesSince(start))!;
    expect(changes.map(({ deltas }) => deltas === null)).toEqual([true, false]);
    expect(await countIn(store)).toBe(5001);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 5001, differences: 0 });
  });

  test('LV2: whoever listens is told after the commit, until it stops listening', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    const seen: number[] = [];
    const stop = store.onChange(() => void countIn(elsewhere).then((n) => seen.push(n)));
    await store.append(ratings(2));
    await until('the first commit is told', () => seen.length === 1);
    await store.append(ratings(1));
    await until('the second commit is told', () => seen.length === 2);
    stop();
    await store.append(ratings(1));
    await turns();
    expect(seen).toEqual([2, 3]);
  });

  test('IN2: what was accepted is seen by another process at once', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    for (let n = 1; n <= 5; n++) {
      await store.append([aRating()]);
      expect(await countIn(elsewhere)).toBe(n);
    }
  });

  test('LV5: what another process commits is told, with the same changes', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    const start = await sequenceOf(store);
    let told = 0;
    elsewhere.onChange(() => told++);
    await store.append(ratings(3));
    await until('the other process is told', () => told > 0);
    expect(await elsewhere.changesSince(start)).toEqual(await store.changesSince(start));
    expect(moved((await elsewhere.changesSince(start))!)).toBe(3);
  });

  test('LV5: two processes that write at the same time lose nothing, and count together', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    const shared = ratings(20);
    const write = async (to: Store) => {
      for (const rating of shared) await to.append([rating, aRating(), aRating()]);
    };
    await Promise.all([write(store), write(elsewhere)]);
    for (const one of [store, elsewhere]) {
      expect(await countIn(one)).toBe(100);
      expect(await one.recount({ repair: false })).toMatchObject({ ratings: 100, differences: 0 });
      expect(moved((await one.changesSince(0))!)).toBe(100);
    }
  });

  test('LV5: a place or method that another process made has its name here too', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    await store.append([aRating({ method: 'Papier' })]);
    await until('the other process knows the place', () => elsewhere.settings().placements.length === 1);
    expect(elsewhere.settings().placements).toEqual(store.settings().placements);
    expect(elsewhere.settings().methods).toEqual(store.settings().methods);
  });

  test('AG9: a reader of another thread answers as the store does, and knows new settings and places', async () => {
    const store = await bench.fresh();
    const { module, options } = store.reader;
    const reader: Reader = await (await import(module)).openReader(options);
    expect(await reader.cells(everything)).toEqual({ sequence: await sequenceOf(store), cells: [] });
    await store.changeSettings({ municipality: 'Nieuwegein' });
    const times = [undefined, 'slot', 'day', 'month', 'weekday', 'hour', 'weekhour', 'daypart'] as const;
    // What was read ahead is read anew when it changes; counts that are too large for the packed form come with the second round.
    let given = 0;
    for (const more of [40, 400]) {
      await store.append([...ratings(more), aRating({ method: 'Papier' })]);
      given += more + 1;
      for (const time of times) {
        const query = { ...everything, keep: { time } };
        const read = await reader.cells(query);
        expect(read).toEqual(await store.cells(query));
        expect(read.cells.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count)).toBe(given);
      }
      while (await reader.prepare?.());
    }
    await reader.refresh();
    expect(reader.settings()).toEqual(store.settings());
    expect(await reader.firstSlots()).toEqual(await store.firstSlots());
    await reader.close();
  });
}
