import { describe, expect, test } from 'vitest';
import { dayOf } from '#shared/core/calendar.ts';
import { startState, step, varianceOf } from '#shared/core/detector.ts';
import { continued, watchFrom } from '../../server/insight/signals/advance.ts';
import { type Place, postsOf } from '../../server/insight/signals/places.ts';
import type { Reference } from '../../server/insight/signals/reference.ts';
import { signalOf as viewOf } from '../../server/insight/signals/routes.ts';
import { alarmAt, bet, isLive, sentryAt, signalOf } from '../../server/insight/signals/sentry.ts';
import { type Arrival, mark, type Settings } from '../../server/storage/port.ts';
import { aSignal } from '../contract/store/signals.ts';

const noon = Date.parse('2026-07-01T10:00:00Z');
const hour = 3_600_000;
const held = (mean: number) => ({ mean, variance: varianceOf(2) });
const reference: Reference = {
  ...{ from: 20_500, to: 20_589, methods: [1], mean: 7.6, n: 900, ratingsPerYear: 3650 },
  held: [held(6), held(7), held(7.5), held(8)],
};
const point = (key: string, channel: string): Place => ({ scope: 'touchpoint', key, channel });
const channel = (key: string): Place => ({ scope: 'channel', key, channel: key });
const aSentry = () => sentryAt(point('balie-1', 'balie'), reference, 7);

describe('a sentry', () => {
  test('SG7: every grade is held against the mean of its own part of the day', () => {
    const sentry = aSentry();
    // In Amsterdam: noon, three at night, nine in the morning and nine in the evening.
    const at = [noon, noon - 9 * hour, noon - 3 * hour, noon + 9 * hour];
    let expected = startState();
    for (const [i, m0] of [7.5, 6, 7, 8].entries()) {
      bet(sentry, 5 + i, at[i]!);
      expected = step(expected, 5 + i, m0, varianceOf(2));
      expect(sentry.state).toEqual(expected);
    }
  });

  test('SG1: the fall begins where the low grades begin, and its mean is of the grades since then', () => {
    const sentry = aSentry();
    const grades = [...Array(40).fill([8, 7, 8, 9]).flat(), ...Array(6).fill([4, 6]).flat()];
    for (const [i, grade] of grades.entries()) bet(sentry, grade, noon + i);
    expect(signalOf(sentry, noon + 999, 50)).toEqual({
      ...{ scope: 'touchpoint', key: 'balie-1', raisedAt: noon + 999, since: noon + 160, threshold: 50 },
      ...{ evidence: sentry.state.e, meanBefore: 7.6, nBefore: 900, meanSince: 5, nSince: 12 },
      ...{ baseFrom: 20_500, baseTo: 20_589 },
    });
  });

  test('SG2: more ratings, more sentries and fewer false alarms a year ask for more evidence', () => {
    expect(alarmAt(aSentry(), 8, 1)).toBe(3650 * 8);
    expect(alarmAt(aSentry(), 8, 2)).toBe((3650 * 8) / 2);
  });

  test('SG5: late, imported, trial and voided ratings and smileys are not looked at, doubtful ones are', () => {
    const arrival: Arrival = { number: 1, placement: 1, grade: 1, at: noon, receivedAt: noon, marks: 0 };
    const live = (fields: Partial<Arrival>) => isLive({ ...arrival, ...fields });
    expect(live({})).toBe(true);
    expect(live({ receivedAt: noon + 3 * hour })).toBe(true);
    expect(live({ receivedAt: noon + 3 * hour + 1 })).toBe(false);
    expect(live({ marks: mark.burst | mark.clock })).toBe(true);
    for (const marks of [mark.imported, mark.trial, mark.voided]) expect(live({ marks })).toBe(false);
    expect(live({ grade: null })).toBe(false);
  });

  test('SG4: evidence of other bets is gathered again, from the first rating of each sentry on', () => {
    const kept = { ...watchFrom(50), day: 20_600, sentries: [aSentry()] };
    bet(kept.sentries[0]!, 3, noon);
    expect(continued(kept)).toBe(kept);
    const again = continued({ ...kept, bets: [0.5] });
    expect(again).toEqual({ ...kept, position: 7, sentries: [aSentry()] });
  });
});

describe('what is watched', () => {
  const settings = {
    channels: [{ key: 'balie' }, { key: 'web' }, { key: 'leeg' }],
    touchpoints: [
      ...[{ key: 'b1' }, { key: 'b2' }, { key: 'b3', retired: true }, { key: 'b4', trial: true }],
      { key: 'site', channel: 'web' },
    ].map((one) => ({ channel: 'balie', retired: false, trial: false, ...one })),
    currentMethod: new Map(['b1', 'b2', 'b3', 'b4', 'site'].map((key, i) => [key, i + 1])),
  } as unknown as Settings;
  const named = (open: Place[] = []) =>
    postsOf(settings, open).map(({ key, methods }) => `${key} ${methods.join()}`);

  test('SG1: every touchpoint that is used and every channel of several of them, the touchpoints first', () => {
    expect(named()).toEqual(['b1 1', 'b2 2', 'site 5', 'balie 1,2']);
  });

  test('SG6: who has an open signal is watched no further, nor is its channel by it', () => {
    expect(named([point('b1', 'balie')])).toEqual(['b2 2', 'site 5']);
    expect(named([channel('balie')])).toEqual(['site 5']);
    expect(named([point('site', 'web')])).toEqual(['b1 1', 'b2 2', 'balie 1,2']);
  });
});

describe('what is to be explained', () => {
  const settings = { channels: [], touchpoints: [{ key: 'balie-1', name: 'Balie 1', channel: 'balie' }] };
  const view = (fields: Parameters<typeof aSignal>[0], settledAt: number | null, today: string) =>
    viewOf(
      { ...aSignal(fields), id: 1, acknowledgedAt: null, snoozedUntil: null, settledAt },
      settings as unknown as Settings,
      dayOf(Date.parse(`${today}T12:00:00Z`)),
    );

  test('SG8: the time since the fall against the reference, never overlapping, until it is settled', () => {
    const baseTo = dayOf(noon);
    const since = noon + 30 * hour;
    const open = view({ baseTo, since }, null, '2026-07-20');
    expect(open).toMatchObject({ label: 'Balie 1', channel: 'balie', status: 'open' });
    expect(open.explanation).toMatchObject({ baseTo: '2026-07-01', from: '2026-07-02', to: '2026-07-20' });
    expect(open.explanation).toMatchObject({ channel: ['balie'], touchpoint: ['balie-1'] });
    const evening = view({ baseTo, since: noon }, noon + 2 * hour, '2026-07-20');
    expect(evening.explanation).toMatchObject({
      baseTo: '2026-07-01',
      from: '2026-07-02',
      to: '2026-07-02',
    });
    expect(evening).toMatchObject({ status: 'settled', settledAt: '2026-07-01T12:00:00.000Z' });
  });
});
