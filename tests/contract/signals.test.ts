import { afterEach, describe, expect, test } from 'vitest';
import { dayOf } from '#shared/core/calendar.ts';
import { mark } from '../../server/storage/port.ts';
import { meanOf, withMean } from '../load/simulations/random.ts';
import { usual, WatchedCity } from '../support/watched-city.ts';
import { aTouchpoint } from './store/bench.ts';

const hour = 3_600_000;
const lower = (by: number) => withMean(usual, meanOf(usual) - by);

let city: WatchedCity;
afterEach(() => city.close());

/** A hundred days of history, and the watch begun after them. */
async function watched(seed = 1): Promise<WatchedCity> {
  city = await WatchedCity.open(seed);
  await city.live({ count: 100 });
  await city.start();
  return city;
}

describe('a fall', () => {
  test.each([2, 3, 4])(
    'SG1: of one desk it is one signal, that names the desk, its channel and the day (%d)',
    async (seed) => {
      await watched(seed);
      await city.live({ count: 20 });
      expect(await city.store.signals()).toEqual([]);
      const began = dayOf(city.clock + hour);
      await city.live({ count: 30, grades: { 'balie-1': lower(1) } });
      const signals = await city.store.signals();
      expect(signals).toMatchObject([{ scope: 'touchpoint', key: 'balie-1', settledAt: null }]);
      const [signal] = signals;
      // At twenty a day: within 140 ratings.
      expect(dayOf(signal!.raisedAt)).toBeLessThanOrEqual(began + 7);
      expect(Math.abs(dayOf(signal!.since) - began)).toBeLessThanOrEqual(3);
      expect(signal!.meanBefore).toBeCloseTo(meanOf(usual), 0);
      expect(signal!.meanSince).toBeLessThan(signal!.meanBefore - 0.6);
      expect(signal).toMatchObject({ nBefore: 1800, baseFrom: began - 110, baseTo: began - 21 });
      expect(signal!.evidence).toBeGreaterThanOrEqual(signal!.threshold);
      // Six sentries: five touchpoints, and one channel of two.
      expect(signal!.threshold).toBeCloseTo(20 * 365 * 6, 6);
      expect(city.told).toEqual(signals);
    },
  );

  test('SG1: of all desks of a channel it is one signal, about the channel', async () => {
    await watched();
    await city.live({ count: 30, grades: { 'balie-1': lower(0.7), 'balie-2': lower(0.7) } });
    expect(await city.store.signals()).toMatchObject([{ scope: 'channel', key: 'balie' }]);
  });

  test('SG2: in ten small cities, a year each, in which nothing falls there are at most two signals', async () => {
    let raised = 0;
    for (let seed = 1; seed <= 10; seed++) {
      await watched(100 + seed);
      await city.live({ count: 365, perDay: 10 });
      raised += city.told.length;
      if (seed < 10) await city.close();
    }
    expect(raised).toBeLessThanOrEqual(2);
  });
});

describe('what is kept', () => {
  /** Evidence that has something to lose: the first days of a fall. */
  async function halfWay(stop: (when: 'middle' | 'end') => Promise<void>) {
    await watched(9);
    // One more sentry begins later than the others.
    await city.live({ count: 4, perDay: 30, touchpoints: ['digitaal-product'] });
    await city.live({ count: 10 });
    await city.live({ count: 1, grades: { 'balie-1': lower(1) } });
    await stop('middle');
    await city.live({ count: 1, grades: { 'balie-1': lower(1) } });
    await stop('end');
    const { sentries, position } = await city.kept();
    expect(sentries.find(({ key }) => key === 'balie-1')!.state.n).toBe(240);
    return { sentries, position };
  }

  test('SG3: a watch that is stopped in the middle goes on as if it never was', async () => {
    const whole = await halfWay(async () => {});
    await city.close();
    const stopped = await halfWay(async () => {
      await city.stop();
      await city.start();
    });
    expect(stopped).toEqual(whole);
  });

  test('SG3: a watch that was killed looks again at what it had not written down', async () => {
    const whole = await halfWay(async () => {});
    await city.close();
    let written: unknown;
    const killed = await halfWay(async (when) => {
      await city.stop();
      if (when === 'middle') written = await city.store.watch();
      else await city.store.keepWatch(written, []);
      await city.start();
    });
    expect(killed).toEqual(whole);
  });

  test('SG3: a signal that could not be written down is raised the next time, once', async () => {
    await watched();
    const { store } = city;
    const keep = store.keepWatch.bind(store);
    store.keepWatch = () => Promise.reject(new Error('full'));
    await expect(city.live({ count: 20, grades: { 'balie-1': lower(1) } })).rejects.toThrow('full');
    expect([city.told, await store.signals()]).toEqual([[], []]);
    store.keepWatch = keep;
    await city.watch!.catchUp();
    expect(await store.signals()).toMatchObject([{ key: 'balie-1' }]);
    expect(city.told).toEqual(await store.signals());
  });

  test('SG4: evidence that is gathered again from the ratings equals what was kept', async () => {
    const whole = await halfWay(async () => {});
    const kept = await city.kept();
    await city.stop();
    const sentries = kept.sentries.map((one) => ({
      ...one,
      state: { n: 0, evidence: [], e: 0 },
      trails: [],
    }));
    await city.store.keepWatch({ ...kept, bets: [], sentries }, []);
    await city.start();
    const { sentries: again, position } = await city.kept();
    expect({ sentries: again, position }).toEqual(whole);
  });
});

describe('what is no rating of now', () => {
  const wrong = { grade: 1 };
  test.each([
    ['imported', { ...wrong, marks: mark.imported }],
    ['trial', { ...wrong, marks: mark.trial }],
  ])('SG5: %s ratings raise nothing, however low', async (_, fields) => {
    await watched();
    await city.live({ count: 10, fields });
    expect(await city.store.signals()).toEqual([]);
    expect((await city.sentry('balie-1'))!.state.n).toBe(0);
  });

  test('SG5: ratings that came later than three hours after they were given raise nothing', async () => {
    await watched();
    const at = city.clock + 12 * hour;
    const late = (by: number) => city.rating({ at, receivedAt: at + by, grade: 1 });
    await city.store.append(Array.from({ length: 500 }, () => late(3 * hour + 1)));
    await city.watch!.catchUp();
    expect((await city.sentry('balie-1'))!.state.n).toBe(0);
    await city.store.append(Array.from({ length: 500 }, () => late(3 * hour)));
    await city.watch!.catchUp();
    expect(await city.store.signals()).toHaveLength(1);
  });

  test('SG5: a grade that is corrected is no new rating', async () => {
    await watched();
    const at = city.clock + 12 * hour;
    const ratings = Array.from({ length: 200 }, () => city.rating({ at, receivedAt: at }));
    await city.store.append(ratings);
    await city.watch!.catchUp();
    const before = await city.sentry('balie-1');
    expect(before!.state.n).toBe(200);
    const corrected = ratings.map(({ id }) => ({
      kind: 'addition' as const,
      id,
      grade: 1,
      now: at,
      window: null,
    }));
    await city.store.append(corrected);
    await city.watch!.catchUp();
    expect(await city.sentry('balie-1')).toEqual(before);
    expect(await city.store.signals()).toEqual([]);
  });
});

describe('one signal for one fall', () => {
  test('SG6: until it is settled nothing more is said; then the place is watched against the days before', async () => {
    await watched();
    await city.live({ count: 60, grades: { 'balie-1': lower(1.5) } });
    const [signal, ...others] = await city.store.signals();
    expect(others).toEqual([]);
    expect(signal).toMatchObject({ key: 'balie-1' });
    const during = await city.kept();
    expect(during.sentries.map(({ key }) => key)).toEqual(['website', 'balie-2']);

    await city.watch!.settle(signal!.id);
    await city.watch!.catchUp();
    const { sentries } = await city.kept();
    expect(sentries.map(({ key }) => key)).toEqual(['balie-1', 'website', 'balie-2', 'balie']);
    const anew = sentries[0]!;
    const today = dayOf(city.clock);
    expect(anew.reference).toMatchObject({ from: today - 90, to: today - 1, n: 1800 });
    expect(anew.state.n).toBe(0);
    // Two thirds of its reference are of after the fall.
    expect(anew.reference.mean).toBeLessThan(signal!.meanBefore - 0.8);

    await city.live({ count: 20, grades: { 'balie-1': lower(3) } });
    const again = await city.store.signals();
    expect(again.map(({ key, settledAt }) => [key, settledAt === null])).toEqual([
      ['balie-1', true],
      ['balie-1', false],
    ]);
  });

  test('SG6: meanwhile a channel is watched without the desk that has a signal, and with it once it is settled', async () => {
    const touchpoints = ['balie-1', 'balie-2', 'balie-3'];
    city = await WatchedCity.open(5);
    await city.store.changeSettings({ touchpoints: [aTouchpoint({ key: 'balie-3', name: 'Balie 3' })] });
    await city.live({ count: 100, touchpoints });
    await city.start();
    expect((await city.sentry('balie'))!.reference.n).toBe(3 * 1800);
    await city.live({ count: 20, touchpoints, grades: { 'balie-1': lower(1.5) } });
    const [signal, ...others] = await city.store.signals();
    expect(others).toEqual([]);
    expect((await city.sentry('balie'))!.reference.n).toBe(2 * 1800);
    await city.watch!.settle(signal!.id);
    await city.watch!.catchUp();
    await city.live({ count: 1, touchpoints });
    const channel = (await city.sentry('balie'))!;
    expect([channel.reference.n, channel.state.n]).toEqual([3 * 1800, 60]);
  });

  test('SG6: to settle twice changes nothing, and what does not exist is not settled', async () => {
    await watched();
    await city.live({ count: 20, grades: { 'balie-1': lower(1.5) } });
    const [signal] = await city.store.signals();
    expect(await city.watch!.settle(signal!.id + 1)).toBeNull();
    const settled = await city.watch!.settle(signal!.id);
    await city.watch!.catchUp();
    await city.live({ count: 1 });
    const before = await city.kept();
    expect(await city.watch!.settle(signal!.id)).toEqual(settled);
    expect(await city.kept()).toEqual(before);
  });
});

describe('the reference', () => {
  test('SG7: below a hundred grades nothing is watched; it is looked at again every day', async () => {
    city = await WatchedCity.open();
    await city.start();
    await city.live({ count: 9, perDay: 11 });
    expect((await city.kept()).sentries.map(({ key }) => key)).toEqual(['balie']);
    await city.live({ count: 1, perDay: 11 });
    const { sentries } = await city.kept();
    expect(sentries.map(({ key, reference }) => [key, reference.n])).toEqual([
      ['balie-1', 110],
      ['website', 110],
      ['balie-2', 110],
      ['balie', 110],
    ]);
    // Ten days of ratings are scaled to a year.
    expect(sentries[0]!.reference.ratingsPerYear).toBeCloseTo(11 * 365, 6);
  });

  test('SG7: parts of the day are held apart, but for those with few grades; two standard errors are left', async () => {
    await watched();
    const { reference } = (await city.sentry('website'))!;
    const [night, morning, afternoon, evening] = reference.held.map(({ mean }) => mean);
    for (const mean of [morning, afternoon, evening]) {
      expect(mean).toBeGreaterThan(reference.mean - 0.6);
      expect(mean).toBeLessThan(reference.mean);
    }
    expect(new Set([morning, afternoon, evening]).size).toBe(3);
    // Nobody rates at night.
    expect(reference.mean - night!).toBeCloseTo((2 * 2) / Math.sqrt(reference.n), 1);
  });

  test('SG7: who asks in another way is not held against the old way', async () => {
    await watched();
    await city.store.changeSettings({ touchpoints: [aTouchpoint({ scale: 'smiley' })] });
    await city.live({ count: 2, touchpoints: ['website', 'balie-2'] });
    const { sentries } = await city.kept();
    expect(sentries.map(({ key }) => key)).toEqual(['website', 'balie-2', 'balie']);
    expect(sentries[2]!.reference.n).toBe(1800);
    await city.store.changeSettings({ touchpoints: [aTouchpoint({ scale: 'grade', retired: true })] });
    await city.live({ count: 1 });
    expect((await city.kept()).sentries.map(({ key }) => key)).toEqual(['website', 'balie-2']);
  });

  test('SG7: a reference of long ago is replaced as long as nothing was found', async () => {
    await watched();
    const before = (await city.sentry('website'))!.reference;
    await city.live({ count: 89 });
    expect((await city.sentry('website'))!.reference).toEqual(before);
    await city.live({ count: 3 });
    const { reference } = (await city.sentry('website'))!;
    expect(reference.from).toBeGreaterThan(before.to);
  });
});
