import { expect, test } from 'vitest';
import type { ServiceNorm } from '#shared/contract/service-norms.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { mark, type Reader } from '../../../server/storage/port.ts';
import { anAddition, aRating, type Bench, noon } from './bench.ts';

const quick: ServiceNorm = {
  ...{ key: 'binnen-10-minuten', promise: 'Binnen 10 minuten geholpen', question: 'wachttijd' },
  ...{ confirms: ['kort', true], target: 0.9, retired: false },
};
const all = { from: null, to: null, placements: null };
const day = 86_400_000;
const answered = (wachttijd: string | boolean, more = {}) => aRating({ answers: { wachttijd }, ...more });

export function normsContract(bench: Bench): void {
  test('SN1: an answer is counted in the commit of its rating, moved by a correction, and none by what does not count', async () => {
    const store = await bench.fresh();
    await store.changeSettings({ serviceNorms: [quick] });
    const { id } = store.settings().serviceNorms[0]!;
    const first = answered('kort');
    await store.append([
      ...[first, answered('lang'), answered(true), answered('kort', { at: noon - day, receivedAt: noon })],
      ...[answered('kort', { marks: mark.trial }), aRating({ answers: { anders: 'kort' } }), aRating()],
    ]);
    const today = { norm: id, day: dayOf(noon) };
    const yesterday = { norm: id, day: dayOf(noon) - 1, asked: 1, confirmed: 1 };
    expect(await store.normCounts(all)).toEqual([yesterday, { ...today, asked: 3, confirmed: 2 }]);
    await store.append([first, anAddition(first.id, { answers: { wachttijd: 'lang' } })]);
    expect(await store.normCounts({ ...all, from: dayOf(noon) })).toEqual([
      { ...today, asked: 3, confirmed: 1 },
    ]);
    await store.append([anAddition(first.id, { answers: null })]);
    expect(await store.normCounts({ ...all, from: dayOf(noon) })).toEqual([
      { ...today, asked: 2, confirmed: 1 },
    ]);
    expect(await store.normCounts({ ...all, placements: [] })).toEqual([]);
    const { module, options } = store.reader;
    const reader: Reader = await (await import(module)).openReader(options);
    expect(await reader.normCounts(all)).toEqual(await store.normCounts(all));
    await reader.close();
    expect(await store.recount({ repair: false })).toMatchObject({ differences: 0 });
  });

  test('SN2: a norm made later, or measured by another answer, is counted from the ratings that are kept', async () => {
    const store = await bench.fresh();
    await store.append([answered('kort'), answered('lang'), answered('lang'), aRating()]);
    await store.changeSettings({ serviceNorms: [quick] });
    expect(await store.normCounts(all)).toMatchObject([{ asked: 3, confirmed: 1 }]);
    await store.changeSettings({ serviceNorms: [{ ...quick, target: 0.5, promise: 'Snel geholpen' }] });
    expect(await store.normCounts(all)).toMatchObject([{ asked: 3, confirmed: 1 }]);
    await store.changeSettings({ serviceNorms: [{ ...quick, confirms: ['lang'] }] });
    expect(await store.normCounts(all)).toMatchObject([{ asked: 3, confirmed: 2 }]);
    expect(store.settings().serviceNorms).toHaveLength(1);
    expect(await store.recount({ repair: false })).toMatchObject({ differences: 0 });
  });

  test('SN3: a rating that is voided leaves the norm, and comes back', async () => {
    const store = await bench.fresh();
    await store.changeSettings({ serviceNorms: [quick] });
    await store.append([answered('kort'), answered('lang')]);
    const number = (await store.arrivals(0, 1))[0]!.number;
    await store.voids.set(number, { reason: 'test', by: 'iemand', at: noon });
    expect(await store.normCounts(all)).toMatchObject([{ asked: 1, confirmed: 0 }]);
    expect(await store.recount({ repair: false })).toMatchObject({ differences: 0 });
    await store.voids.set(number, null);
    expect(await store.normCounts(all)).toMatchObject([{ asked: 2, confirmed: 1 }]);
  });

  test('SG10: a signal is acknowledged and put off until a day, as long as it is open', async () => {
    const store = await bench.fresh();
    const { aSignal } = await import('./signals.ts');
    const [signal] = await store.keepWatch({}, [aSignal()]);
    const { id } = signal!;
    expect(signal).toMatchObject({ acknowledgedAt: null, snoozedUntil: null });
    expect(await store.changeSignal(id, { acknowledgedAt: 5 })).toMatchObject({
      ...{ acknowledgedAt: 5, snoozedUntil: null },
    });
    expect(await store.changeSignal(id, { snoozedUntil: 9 })).toMatchObject({
      ...{ acknowledgedAt: 5, snoozedUntil: 9 },
    });
    expect(await store.changeSignal(id + 1, { snoozedUntil: 9 })).toBeNull();
    await store.settleSignal(id, noon);
    expect(await store.changeSignal(id, { snoozedUntil: null })).toBeNull();
    expect((await store.signals())[0]).toMatchObject({ snoozedUntil: 9, settledAt: noon });
  });
}
