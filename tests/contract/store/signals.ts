import { expect, test } from 'vitest';
import { mark, type NewSignal, type Reader } from '../../../server/storage/port.ts';
import { anAddition, aRating, type Bench, noon, ratings } from './bench.ts';

const day = 86_400_000;
export const aSignal = (fields: Partial<NewSignal> = {}): NewSignal => ({
  ...{ scope: 'touchpoint', key: 'balie-1', raisedAt: noon, since: noon - day },
  ...{ meanBefore: 7.5, nBefore: 1000, meanSince: 6.25, nSince: 40, evidence: 5001.5, threshold: 5000 },
  ...{ baseFrom: 20_500, baseTo: 20_589 },
  ...fields,
});

export function signalsContract(bench: Bench): void {
  test('SG3: ratings are told in the order in which they came in, from any of them on, as they are now', async () => {
    const store = await bench.fresh();
    expect(await store.lastArrival()).toBe(0);
    expect(await store.arrivals(0, 10)).toEqual([]);
    const first = aRating({ at: noon - day, receivedAt: noon, grade: 9, marks: mark.imported });
    await store.append([first, ...ratings(3)]);
    await store.append([aRating({ smiley: 4, at: noon - 2 * day, receivedAt: noon })]);
    const all = await store.arrivals(0, 10);
    expect(all.map(({ grade }) => grade)).toEqual([9, 8, 8, 8, null]);
    expect(all.map(({ placement }) => placement)).toEqual(all.map(() => store.settings().placements[0]!.id));
    expect(all[0]).toMatchObject({ at: noon - day, receivedAt: noon, marks: mark.imported });
    expect(new Set(all.map(({ number }) => number)).size).toBe(5);
    expect([...all].sort((a, b) => a.number - b.number)).toEqual(all);
    expect(await store.lastArrival()).toBe(all[4]!.number);
    expect(await store.arrivals(all[1]!.number, 2)).toEqual(all.slice(2, 4));
    await store.append([anAddition(first.id, { grade: 2 })]);
    expect(await store.arrivals(0, 10)).toEqual([{ ...all[0], grade: 2 }, ...all.slice(1)]);
    const { module, options } = store.reader;
    const reader: Reader = await (await import(module)).openReader(options);
    expect(await reader.arrivals(0, 3)).toEqual(await store.arrivals(0, 3));
    await reader.close();
  });

  test('SG4: what the watch keeps is given back, here and to another process, and announces nothing', async () => {
    const store = await bench.fresh();
    expect(await store.watch()).toBeNull();
    let told = 0;
    store.onChange(() => told++);
    await store.keepWatch({ position: 3, evidence: [0.1, 1e300] }, []);
    await store.keepWatch({ position: 4, evidence: [0.1 + 0.2] }, []);
    expect(await store.watch()).toEqual({ position: 4, evidence: [0.1 + 0.2] });
    expect(await (await bench.beside(store)).watch()).toEqual(await store.watch());
    expect(told).toBe(0);
  });

  test('SG4: signals and the state that raised them are kept together or not at all', async () => {
    const store = await bench.fresh();
    const [kept] = await store.keepWatch({ position: 1 }, [aSignal()]);
    const untouched = { acknowledgedAt: null, snoozedUntil: null };
    expect(kept).toEqual({ ...aSignal(), ...untouched, id: expect.any(Number), settledAt: null });
    // The second is about a place that has an open signal.
    const both = [aSignal({ scope: 'channel', key: 'balie' }), aSignal()];
    await expect(store.keepWatch({ position: 2 }, both)).rejects.toThrow();
    expect(await store.signals()).toEqual([kept]);
    expect(await store.watch()).toEqual({ position: 1 });
  });

  test('SG6: a signal is settled once; after it the same place can have another, and the newest is first', async () => {
    const store = await bench.fresh();
    const [first] = await store.keepWatch(null, [aSignal()]);
    expect(await store.settleSignal(first!.id + 1, noon)).toBeNull();
    const settled = { ...first, settledAt: noon + day };
    expect(await store.settleSignal(first!.id, noon + day)).toEqual(settled);
    expect(await store.settleSignal(first!.id, noon + 2 * day)).toEqual(settled);
    const later = aSignal({ raisedAt: noon + 3 * day });
    const [second] = await store.keepWatch(null, [later]);
    expect(await store.signals()).toEqual([second, settled]);
    expect(await (await bench.beside(store)).signals()).toEqual([second, settled]);
  });
}
