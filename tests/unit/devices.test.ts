import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayOf } from '#shared/core/calendar.ts';
import { closedHolidays } from '#shared/core/holidays.ts';
import { isOpenAt, openBetween } from '#shared/core/opening.ts';
import { asksAlike, isAsked, methodOf } from '#shared/core/questionnaire.ts';
import { hashOf } from '../../server/access/accounts.ts';
import { Pairings } from '../../server/devices/pairings.ts';
import { SilenceWatch } from '../../server/devices/silence.ts';
import { Bursts } from '../../server/ingest/burst.ts';
import { FormTokens } from '../../server/ingest/form-token.ts';
import { referencesOf } from '../../server/storage/reference.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { aDevice } from '../contract/store/devices.ts';
import { temporaryFolder } from '../support/program.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('method versions', () => {
  const nl = (text: string) => ({ nl: text });
  test('QN2: another scale or other words make a new method, a language more or other questions do not', () => {
    const plain = { scale: 'grade' as const, question: null };
    const own = { scale: 'grade' as const, question: nl('Hoe was het?') };
    expect(asksAlike(plain, { ...plain })).toBe(true);
    expect(asksAlike(own, { ...own, question: { ...own.question, en: 'How was it?' } })).toBe(true);
    expect(asksAlike({ ...own, question: { ...own.question, en: 'How was it?' } }, own)).toBe(false);
    expect(asksAlike(own, { ...own, scale: 'smiley' })).toBe(false);
    expect(asksAlike(own, { ...own, question: nl('Hoe ging het?') })).toBe(false);
    expect(asksAlike(plain, own)).toBe(false);
  });

  test('QN2: who asks again as before gets the method of before, and two methods never share a name', () => {
    const asked = (question: string | null, method: string) => ({
      ...{ scale: 'grade' as const, question: question === null ? null : nl(question), method },
    });
    const earlier = [asked('B?', 'Rapportcijfer 1 tot 10: “B?”'), asked(null, 'Rapportcijfer 1 tot 10')];
    const names = earlier.map(({ method }) => method);
    expect(methodOf({ scale: 'grade', question: null }, earlier, names, 'nl')).toBe('Rapportcijfer 1 tot 10');
    expect(methodOf({ scale: 'grade', question: nl('C?') }, earlier, names, 'nl')).toBe(
      'Rapportcijfer 1 tot 10: “C?”',
    );
    const other = { scale: 'grade' as const, question: { nl: 'B?', en: 'B!' } };
    const before = [{ ...other, question: { nl: 'B?', en: 'B?' }, method: names[0]! }];
    expect(methodOf(other, before, names, 'nl')).toBe('Rapportcijfer 1 tot 10: “B?” (2)');
  });

  test('QN5: a question is asked in its range of grades; a smiley counts as its grade', () => {
    const low = { from: 1, to: 5 };
    expect([1, 5, 6].map((grade) => isAsked(low, { grade }))).toEqual([true, true, false]);
    // 1, 3.25, 5.5, 7.75 and 10.
    expect([1, 2, 3, 4, 5].map((smiley) => isAsked(low, { smiley }))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isAsked({ from: 1, to: 10 }, {})).toBe(false);
  });
});

describe('opening hours', () => {
  const nine = [{ from: '09:00', to: '17:00' }];
  const week = [nine, nine, nine, [...nine, { from: '18:00', to: '20:00' }], nine, [], []];
  const never = () => false;
  /** Amsterdam is two hours ahead in July. */
  const at = (text: string) => Date.parse(`${text}+02:00`);

  test('DV5: open is within the hours of the weekday in Amsterdam, and never on a closed day', () => {
    expect(isOpenAt(week, never, at('2026-07-01T09:00'))).toBe(true);
    expect(isOpenAt(week, never, at('2026-07-01T17:00'))).toBe(false);
    expect(isOpenAt(week, never, at('2026-07-02T19:59'))).toBe(true);
    expect(isOpenAt(week, never, at('2026-07-04T12:00'))).toBe(false);
    expect(isOpenAt(week, (day) => day === dayOf(at('2026-07-01T12:00')), at('2026-07-01T12:00'))).toBe(
      false,
    );
    expect(
      isOpenAt([[{ from: '00:00', to: '24:00' }], [], [], [], [], [], []], never, at('2026-06-29T23:59')),
    ).toBe(true);
  });

  test('DV5: only open time counts, over nights, weekends and the change of the clock', () => {
    expect(openBetween(week, never, at('2026-07-01T16:00'), at('2026-07-02T10:00'))).toBe(2 * hour);
    expect(openBetween(week, never, at('2026-07-03T17:00'), at('2026-07-06T09:00'))).toBe(0);
    const sundays = [[], [], [], [], [], [], [{ from: '00:00', to: '24:00' }]];
    const march = Date.parse('2026-03-28T12:00Z');
    expect(openBetween(sundays, never, march, march + 48 * hour)).toBe(23 * hour);
  });

  test('DV5: official holidays are closed: 5 May in lustrum years, Good Friday never', () => {
    const days = closedHolidays(2027).map((day) => new Date(day * 86_400_000).toISOString().slice(5, 10));
    expect(days).toEqual(['01-01', '03-28', '03-29', '04-27', '05-06', '05-16', '05-17', '12-25', '12-26']);
    expect(closedHolidays(2030)).toContain(dayOf(Date.parse('2030-05-05T12:00Z')));
  });
});

describe('silence', () => {
  test('DV5: a tablet is silent after three missed heartbeats within opening hours, told once, and not at night', async () => {
    let now = Date.parse('2026-07-01T16:58:00+02:00');
    const store = await openSqlite({ file: join(temporaryFolder(), 'data', 'k.db') });
    const { id } = await store.devices.add(aDevice(), now);
    await store.devices.pair(id, hashOf('a'), now);
    const told: number[] = [];
    const failures: unknown[] = [];
    const watch = new SilenceWatch({
      ...{ store, now: () => now, log: (error: unknown) => failures.push(error) },
      tell: ({ lastSeen }) => told.push(now - lastSeen!),
    });
    const at = async (text: string) => {
      now = Date.parse(text);
      await watch.look();
      return told.length;
    };
    expect(await at('2026-07-01T23:00:00+02:00')).toBe(0);
    expect(await at('2026-07-02T09:01:00+02:00')).toBe(0);
    expect(await at('2026-07-02T09:01:10+02:00')).toBe(1);
    expect(await at('2026-07-02T12:00:00+02:00')).toBe(1);
    const heard = Date.parse('2026-07-02T12:00:00+02:00');
    const beat = { queue: 0, oldestAge: null, rejected: 0, version: 'v', configuration: null };
    const rest = { persisted: null, battery: null, charging: null, sentAt: new Date(heard).toISOString() };
    await store.devices.keepHeartbeat(id, { ...beat, ...rest }, heard);
    expect(await at('2026-07-02T12:03:00+02:00')).toBe(1);
    // Within four minutes, whenever the watch looks.
    expect(await at('2026-07-02T12:03:15+02:00')).toBe(2);
    await store.devices.keepHeartbeat(id, { ...beat, ...rest }, now);
    await store.devices.revoke(id, now);
    expect(await at('2026-07-02T14:00:00+02:00')).toBe(2);
    expect(failures).toEqual([]);
    await watch.close();
    await store.close();
  });
});

describe('pairing codes', () => {
  test('DV1: too fast is told and slows down, refused and old codes end, and a confirmed one answers at once', () => {
    let now = 1_800_000_000_000;
    const pairings = new Pairings(() => now);
    const one = pairings.start();
    expect(one.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(pairings.ask(one.deviceCode)).toBe('authorization_pending');
    now += 1000;
    expect(pairings.ask(one.deviceCode)).toBe('slow_down');
    now += 3000;
    expect(pairings.ask(one.deviceCode)).toBe('slow_down');
    now += 13_000;
    expect(pairings.ask(one.deviceCode)).toBe('authorization_pending');
    expect(pairings.waiting(` ${one.userCode.toLowerCase().replace('-', ' ')}`)).toBe(one);
    one.confirmed = { device: 3 };
    expect(pairings.ask(one.deviceCode)).toBe(one);
    expect(pairings.waiting(one.userCode)).toBeNull();
    const two = pairings.start();
    two.confirmed = null;
    expect(pairings.ask(two.deviceCode)).toBe('access_denied');
    const three = pairings.start();
    now += 15 * minute;
    expect(pairings.ask(three.deviceCode)).toBe('expired_token');
    expect(pairings.waiting(three.userCode)).toBeNull();
    expect(pairings.ask('made up')).toBe('expired_token');
  });

  test('DV1: whoever asks for codes without end pushes out no tablet that was confirmed', () => {
    const pairings = new Pairings(() => 0);
    const confirmed = pairings.start();
    confirmed.confirmed = { device: 1 };
    const waiting = pairings.start();
    for (let i = 0; i < 600; i++) pairings.start();
    expect(pairings.ask(confirmed.deviceCode)).toBe(confirmed);
    expect(pairings.ask(waiting.deviceCode)).toBe('expired_token');
  });
});

describe('abuse', () => {
  test('AB2: the fifth rating of one tablet within half a minute is a burst, also when a queue comes in at once', () => {
    const bursts = new Bursts();
    const start = 1_800_000_000_000;
    const press = (n: number, seconds: number) => bursts.isBurst(1, `id ${n}`, start + seconds * 1000);
    expect([0, 5, 10, 15, 20].map((seconds, n) => press(n, seconds))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    // Sent again it is the same one rating.
    expect(press(3, 15)).toBe(false);
    expect(press(9, 60)).toBe(false);
    expect(bursts.isBurst(2, 'other tablet', start + 20_000)).toBe(false);
  });

  test('AB3: a form token vouches for its touchpoint and rating, from two seconds to a day old', () => {
    let now = 1_800_000_000_000;
    const tokens = new FormTokens('geheim', () => now);
    const rating = { touchpoint: 'website', id: 'A-1', formToken: tokens.make('website', 'a-1') };
    expect(tokens.vouchesFor(rating)).toBe(false);
    now += 1999;
    expect(tokens.vouchesFor(rating)).toBe(false);
    now += 1;
    expect(tokens.vouchesFor(rating)).toBe(true);
    for (const other of [
      { ...rating, id: 'A-2' },
      { ...rating, touchpoint: 'balie-1' },
      { ...rating, formToken: rating.formToken.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) },
      { ...rating, formToken: `zzz${rating.formToken}` },
      { ...rating, formToken: {} },
      null,
      'text',
    ])
      expect(tokens.vouchesFor(other)).toBe(false);
    expect(new FormTokens('ander geheim', () => now).vouchesFor(rating)).toBe(false);
    now += 24 * hour - 2000;
    expect(tokens.vouchesFor(rating)).toBe(true);
    now += 1;
    expect(tokens.vouchesFor(rating)).toBe(false);
  });
});

describe('references', () => {
  test('VD3: a reference is always the same, tells nothing of its number, and cannot be made up', () => {
    const references = referencesOf('geheim');
    const seen = new Set<string>();
    for (const number of [1, 2, 3, 255, 65_536, 2 ** 40]) {
      const reference = references.of(number);
      expect(reference).toMatch(/^[\w-]{22}$/);
      expect(references.numberOf(reference)).toBe(number);
      expect(referencesOf('geheim').of(number)).toBe(reference);
      seen.add(reference);
      expect(referencesOf('ander').numberOf(reference)).toBeNull();
    }
    expect(seen.size).toBe(6);
    for (const made of ['', 'x', 'A'.repeat(22), '1', `${references.of(1)}A`, references.of(1).slice(0, 21)])
      expect(references.numberOf(made)).toBeNull();
  });
});
