import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { dayOf } from '#shared/core/calendar.ts';
import type { CallKey } from '../../../server/storage/port/phone.ts';
import { type Bench, noon } from './bench.ts';

const aCall = (fields: Partial<CallKey> = {}): CallKey => ({
  ...{ call: randomUUID(), touchpoint: 'telefoon-14079', counts: true, at: noon },
  ...fields,
});
const aLine = {
  touchpoint: 'telefoon-14079',
  platform: 'twilio' as const,
  sealedSecret: Buffer.from('sealed'),
};
const settings = { languages: ['nl', 'en'], voices: { nl: 'Laura' }, recordings: {} };

export function phoneContract(bench: Bench): void {
  test('TP4: of the contents of one step the first stays, also of two processes at once', async () => {
    const store = await bench.fresh();
    const beside = await bench.beside(store);
    const key = aCall();
    expect(await store.phone.callOf(key.call)).toBeNull();
    const both = await Promise.all([
      store.phone.keepTurn(key, 'grade', { grade: 8 }, false),
      beside.phone.keepTurn(key, 'grade', { grade: 3 }, false),
    ]);
    expect(both[0]).toEqual(both[1]);
    const state = await beside.phone.keepTurn(key, 'confirm', { next: 'thanks' }, true);
    expect(Object.keys(state.turns)).toEqual(['grade', 'confirm']);
    await store.phone.keepRating(key, { grade: 8 });
    expect(await beside.phone.callOf(key.call)).toEqual({ turns: state.turns, rating: { grade: 8 } });
  });

  test('TP7: a call counts once as heard, as rated, as offered and as broken off, on its day; a trial not at all', async () => {
    const store = await bench.fresh();
    const [whole, broken, offered, trial] = [aCall(), aCall(), aCall(), aCall({ counts: false })];
    for (const key of [whole, broken, trial])
      for (let i = 0; i < 2; i++) await store.phone.keepTurn(key, 'begin', {}, false);
    for (const key of [whole, trial])
      for (const grade of [8, 9]) await store.phone.keepRating(key, { grade });
    await store.phone.keepTurn(whole, 'confirm', {}, true);
    const offers: boolean[] = [];
    for (const key of [offered, offered, whole, trial]) offers.push(await store.phone.keepOffer(key));
    expect(offers).toEqual([true, false, true, true]);
    for (const { call } of [whole, broken, broken, trial, aCall()]) await store.phone.endCall(call, noon);
    await store.phone.keepOffer(aCall({ at: noon + 86_400_000, touchpoint: 'balie-1' }));
    const day = dayOf(noon);
    const counts = { touchpoint: 'telefoon-14079', offers: 2, calls: 2, rated: 1, brokenOff: 1 };
    const other = { touchpoint: 'balie-1', offers: 1, calls: 0, rated: 0, brokenOff: 0 };
    expect(await store.phone.callCounts(day, day)).toEqual([counts]);
    expect(await (await bench.beside(store)).phone.callCounts(null, null)).toEqual([other, counts]);
    expect(await store.phone.callCounts(day + 2, null)).toEqual([]);
  });

  test('TP8: a line is replaced as a whole, and one with a secret takes ratings from nobody else', async () => {
    const store = await bench.fresh();
    const beside = await bench.beside(store);
    const guarded = () => store.settings().touchpoints.find(({ key }) => key === aLine.touchpoint)?.guarded;
    expect([await store.phone.lines(), guarded()]).toEqual([[], false]);
    await store.phone.saveLine({ ...aLine, ...settings });
    expect(await beside.phone.lines()).toEqual([{ ...aLine, ...settings }]);
    expect(guarded()).toBe(true);
    await store.phone.saveLine({ ...aLine, ...settings, platform: 'telnyx', sealedSecret: null, voices: {} });
    expect(await beside.phone.lines()).toEqual([
      { ...aLine, ...settings, platform: 'telnyx', sealedSecret: null, voices: {} },
    ]);
    expect(guarded()).toBe(false);
  });

  test('TP11: links of an earlier survey are kept, replaced and removed by their id', async () => {
    const store = await bench.fresh();
    const link = { id: '13', touchpoint: 'website', product: null, forms: { '7': 'paspoort' }, grades: {} };
    await store.surveyLinks.save(link);
    await store.surveyLinks.save({ ...link, id: '2', touchpoint: 'balie-1' });
    await store.surveyLinks.save({ ...link, grades: { '1': 9 } });
    const beside = await bench.beside(store);
    expect(await beside.surveyLinks.find('13')).toEqual({ ...link, grades: { '1': 9 } });
    expect((await beside.surveyLinks.all()).map(({ id }) => id)).toEqual(['13', '2']);
    expect([await store.surveyLinks.remove('13'), await store.surveyLinks.remove('13')]).toEqual([
      true,
      false,
    ]);
    expect(await beside.surveyLinks.find('13')).toBeNull();
  });
}
