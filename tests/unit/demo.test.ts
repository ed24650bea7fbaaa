import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { easter, holidayDates, isHoliday } from '#shared/core/holidays.ts';
import { type Cause, causes, touches, type Variant } from '../../server/demo/causes.ts';
import { city } from '../../server/demo/city.ts';
import { fill, demoSettings as settings } from '../../server/demo/fill.ts';
import { live, somebody } from '../../server/demo/live.ts';
import { surveyMethod } from '../../server/demo/places.ts';
import { randomFrom } from '../../server/demo/random.ts';
import type { Entry, NewRating } from '../../server/storage/port.ts';
import { isCleanText, RatingAddition, RatingId, RatingInput } from '../../shared/contract/rating.ts';
import * as calendar from '../../shared/core/calendar.ts';

const { dateOfDay, daypartOf, dayOf, dayOfDate, weekdayOf, yearOfDay } = calendar;
const now = Date.parse('2026-11-23T12:00:00Z');
const channelOf = new Map((settings.touchpoints ?? []).map(({ key, channel }) => [key, channel]));

type Seen = NewRating & { channel: string; day: number; hour: number };
const histories: Partial<Record<Variant, Seen[]>> = {};
function history(variant: Variant): Seen[] {
  histories[variant] ??= [...city({ now, variant })].map((rating) => {
    const hour = calendar.hourOfSlot(calendar.slotOf(rating.at));
    return { ...rating, channel: channelOf.get(rating.touchpoint) ?? '', day: dayOf(rating.at), hour };
  });
  return histories[variant];
}
const all = () => history('causes');

const figures = (ratings: readonly NewRating[]) => {
  const grades = ratings.flatMap(({ grade }) => grade ?? []);
  const mean = grades.reduce((sum, grade) => sum + grade, 0) / grades.length;
  const variance = grades.reduce((sum, grade) => sum + (grade - mean) ** 2, 0) / (grades.length - 1);
  return { n: grades.length, mean, variance };
};
const rounded = (ratings: readonly NewRating[]) => Math.round(figures(ratings).mean * 10) / 10;
const isIn = (value: number | null, low: number, high: number) =>
  value !== null && low <= value && value <= high;
const shareOf = (product: string | undefined, ratings: readonly Seen[]) =>
  ratings.filter((rating) => rating.product === product).length / ratings.length;
const startOfDesks = dayOfDate('2024-07-01');

describe('the history', () => {
  test('DM1: the digital grade is 7,0 in 2023 and 6,6 in 2024 under Klant in focus', () => {
    const digital = all().filter(({ channel }) => channel === 'digitaal');
    const of = (year: number) => digital.filter(({ day }) => yearOfDay(day) === year);
    expect(rounded(of(2023))).toBe(7);
    expect(rounded(of(2024).filter(({ method }) => method === undefined))).toBe(6.6);
  });

  test('DM2: every channel is measured from the date of the roll-out', () => {
    const first = (channel: string) => all().find((rating) => rating.channel === channel)?.day ?? 0;
    const dates = ['digitaal', 'balie', 'web', 'telefoon'].map((channel) => dateOfDay(first(channel)));
    expect(dates).toEqual(['2023-01-01', '2024-07-02', '2024-10-01', '2025-01-06']);
  });

  test('DM3: before July 2024 only digitaal-product is measured, and only then with the e-mail survey', () => {
    const ways = new Set(
      all().map(({ day, touchpoint, method }) => (day < startOfDesks ? `${touchpoint} ${method}` : method)),
    );
    expect(ways).toEqual(new Set([`digitaal-product ${surveyMethod}`, undefined]));
  });

  test('DM4: no desk or telephone rating outside opening hours or on a public holiday', () => {
    const [mondays, evenings] = [dayOfDate('2024-07-22'), dayOfDate('2025-09-01')];
    const isOpen = ({ channel, day, hour }: Seen) => {
      if (channel !== 'balie' && channel !== 'telefoon') return true;
      const weekday = weekdayOf(day);
      if (isHoliday(day) || weekday > 5) return false;
      if (channel === 'balie')
        return hour >= 9 && hour < (weekday === 4 ? 20 : 17) && (weekday > 1 || day >= mondays);
      return hour >= 8 && hour < (weekday < 5 && day >= evenings ? 20 : 17);
    };
    expect(all().filter((rating) => !isOpen(rating))).toEqual([]);
  });

  test('DM5: the same seed gives the same city, and a later moment only adds to it', () => {
    const [early, later] = [Date.parse('2023-03-05T10:00:00Z'), Date.parse('2023-03-09T10:00:00Z')];
    const first = [...city({ now: early, seed: 5 })];
    expect([...city({ now: early, seed: 5 })]).toEqual(first);
    expect([...city({ now: later, seed: 5 })].slice(0, first.length)).toEqual(first);
    expect([...city({ now: early, seed: 6 })].slice(0, 50)).not.toEqual(first.slice(0, 50));
  });

  test('DM6: 60,000 to 120,000 valid ratings in order of time, none after now, every id once', () => {
    const ratings = all();
    expect(isIn(ratings.length, 60_000, 120_000)).toBe(true);
    expect(ratings.every(({ at }, i) => at <= now && at >= (ratings[i - 1]?.at ?? 0))).toBe(true);
    expect(new Set(ratings.map(({ id }) => id)).size).toBe(ratings.length);
    const products = new Set<string | null>([null, ...(settings.products ?? []).map(({ key }) => key)]);
    const smileys = settings.touchpoints?.filter(({ scale }) => scale === 'smiley').map(({ key }) => key);
    const isValid = ({ grade, smiley, touchpoint, product, language }: NewRating) =>
      products.has(product) &&
      settings.languages?.includes(language ?? '') &&
      (smileys?.includes(touchpoint)
        ? grade === null && isIn(smiley, 1, 5)
        : smiley === null && isIn(grade, 1, 10));
    expect(ratings.filter((rating) => !isValid(rating))).toEqual([]);
    for (const { id } of ratings.slice(-500)) expect(RatingId.parse(id)).toBe(id);
  });

  test('DM7: about 18 % has a comment, over 1,000 different ones, and no personal data is left in any', () => {
    const comments = all().flatMap(({ comment }) => comment ?? []);
    expect(isIn(comments.length / all().length, 0.17, 0.19)).toBe(true);
    expect(new Set(comments).size).toBeGreaterThan(1000);
    expect(comments.filter((comment) => /\d(?:[ .()+-]{0,3}\d){6}|@/.test(comment))).toEqual([]);
    expect(comments.filter((comment) => !isCleanText(comment) || /[{}]/.test(comment))).toEqual([]);
    for (const label of ['[telefoonnummer]', '[e-mailadres]', '[BSN]', '[IBAN]'])
      expect(comments.some((comment) => comment.includes(label))).toBe(true);
  });
});

/** The ratings that a cause is about, in equal windows before and since: at most 90 days. */
function windows(cause: Cause, ratings: readonly Seen[]) {
  const from = dayOfDate(cause.from);
  const about = ratings.filter(
    (rating) => rating.grade !== null && touches(cause, { ...rating, daypart: daypartOf(rating.hour) }),
  );
  const between = (first: number, last: number) => about.filter(({ day }) => isIn(day, first, last));
  const to = cause.to ? dayOfDate(cause.to) : from + 89;
  return {
    before: between(Math.max(startOfDesks, from - 90), from - 1),
    since: between(from, Math.min(to, from + 89)),
  };
}

function difference(cause: Cause, ratings: readonly Seen[]) {
  const { before, since } = windows(cause, ratings);
  const [old, fresh] = [figures(before), figures(since)];
  const error = Math.sqrt(old.variance / old.n + fresh.variance / fresh.n);
  return { value: fresh.mean - old.mean, error };
}

describe('the planted causes', () => {
  const within = causes.filter(({ kind }) => kind === 'within');
  const mixes = causes.filter(({ kind }) => kind === 'mix');

  test.each(within)(
    'DM8: $id moves its own ratings by what was planted, and nothing does without it',
    (cause) => {
      const { value, error } = difference(cause, all());
      expect(Math.abs(value) / error).toBeGreaterThan(2.5);
      expect(Math.abs(value - cause.size)).toBeLessThan(3 * error + 0.05);
      for (const variant of ['mix-only', 'no-change'] as const) {
        const without = difference(cause, history(variant));
        expect(Math.abs(without.value)).toBeLessThan(3 * without.error + 0.05);
      }
    },
  );

  test.each(mixes)('DM9: $id moves the share of a product and no grade of any product', (cause) => {
    for (const variant of ['causes', 'mix-only'] as const) {
      const place = (rating: Seen) => rating.touchpoint === cause.touchpoint;
      const { before, since } = windows({ ...cause, product: undefined }, history(variant).filter(place));
      const grown = shareOf(cause.product, since) - shareOf(cause.product, before);
      expect(Math.abs(grown - cause.size)).toBeLessThan(0.04);
      expect(figures(since).mean - figures(before).mean).toBeLessThan(-0.25);
      for (const product of new Set(since.map((rating) => rating.product))) {
        const { value, error } = difference({ ...cause, product: product ?? undefined }, history(variant));
        expect(Math.abs(value)).toBeLessThan(3.5 * error);
      }
    }
  });

  test('DM10: nothing changes in the city without changes: neither grades nor shares of products', () => {
    const desk = history('no-change').filter(({ touchpoint }) => touchpoint === 'balie-1');
    const of = (year: number) => desk.filter(({ day }) => yearOfDay(day) === year);
    const [old, fresh] = [of(2025), of(2026)];
    expect(Math.abs(figures(old).mean - figures(fresh).mean)).toBeLessThan(0.15);
    const shares = [old, fresh].map((ratings) => shareOf('paspoort-aanvragen', ratings));
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(0.03);
  });

  test.each([...causes])('DM11: the words of $id are in its comments, far more than before', (cause) => {
    const words = new RegExp(cause.words.join('|'), 'i');
    const naming = (ratings: readonly Seen[]) => {
      const comments = ratings.flatMap(({ comment }) => comment ?? []);
      return comments.filter((comment) => words.test(comment)).length / comments.length;
    };
    const { before, since } = windows(cause, all());
    expect(naming(since)).toBeGreaterThan(0.05);
    expect(naming(since)).toBeGreaterThan(1.5 * naming(before));
  });
});

describe('the settings', () => {
  test('DM12: the four indicators have the values of the year report', () => {
    const values = settings.indicators?.flatMap(({ name, source, years }) => [
      `${name} (${source})`,
      ...Object.entries(years).map(([year, of]) => `${year} ${of.target} ${of.realised} ${of.met}`),
    ]);
    expect(values).toEqual([
      'Gemiddeld rapportcijfer tevredenheid gehele dienstverlening (Stadspeiling)',
      '2023 7.4 7 undefined',
      '2024 7.4 7 false',
      'Gemiddeld rapportcijfer voor de aanvraag en afhandeling van digitale producten (Klant in focus)',
      '2023 7.3 7 undefined',
      '2024 7.3 6.6 false',
      'Gemiddeld rapportcijfer dienstverlening aan ondernemers (Ondernemerspeiling)',
      '2023 6.9 6.2 undefined',
      '2024 6.9 6.6 false',
      'Gemiddeld rapportcijfer inwoners over proces van participatie (Stadspeiling)',
      '2022 null 6.4 undefined',
      '2023 6.9 6.6 undefined',
      '2024 7 7 true',
    ]);
    expect(settings.indicators?.[2]?.years['2023']?.measuredIn).toBe(2022);
    expect(settings.indicators?.[1]?.channel).toBe('digitaal');
    expect(settings.indicators?.[1]?.years['2024']?.note).toContain('nog geen verklaring');
  });

  test('DM13: every channel has a target for 2023 to 2026, digital the one of the year report', () => {
    const targets = settings.targets ?? [];
    for (const { key } of settings.channels ?? [])
      for (const year of [2023, 2024, 2025, 2026])
        expect(targets.filter((target) => target.key === key && target.year === year)).toHaveLength(1);
    expect(targets.find(({ key, year }) => key === 'digitaal' && year === 2024)?.grade).toBe(7.3);
  });

  test('DM14: the days that desks are closed follow Easter', () => {
    expect([2024, 2025].map((year) => dateOfDay(easter(year)))).toEqual(['2024-03-31', '2025-04-20']);
    expect(holidayDates(2025)).toContain('2025-04-26');
    expect(holidayDates(2026)).toEqual(expect.arrayContaining(['2026-05-14', '2026-05-25', '2026-12-26']));
  });
});

describe('the demo that runs', () => {
  test('DM15: the history is written in order, in batches, after the settings', async () => {
    const calls: (Entry[] | 'settings')[] = [];
    const append = async (entries: Entry[]) => {
      calls.push(entries);
      return [];
    };
    const store = { append, changeSettings: async () => void calls.push('settings') };
    const until = Date.parse('2023-06-01T12:00:00Z');
    const written = await fill(store, { now: until });
    const [first, ...batches] = calls;
    expect(first).toBe('settings');
    expect(batches.every(({ length }) => length <= 2000)).toBe(true);
    expect(batches.flat()).toEqual([...city({ now: until })]);
    expect(batches.flat()).toHaveLength(written);
  });

  test('DM16: people of now rate on all channels, by night too, and type personal data as people do', () => {
    const [random, night] = [randomFrom(1), Date.parse('2026-11-22T02:00:00Z')];
    const answers = Array.from({ length: 8000 }, () => somebody(random, night));
    const channels = new Set(answers.map(({ touchpoint }) => channelOf.get(touchpoint)));
    expect(channels).toEqual(new Set(['balie', 'web', 'digitaal', 'telefoon']));
    expect(answers.some(({ comment }) => comment?.includes('06-12345678'))).toBe(true);
  });

  /** Runs the stream against a server that answers as told: a status, or null to stop. */
  async function stream(answer: (body: unknown, request: IncomingMessage) => number | null) {
    const stop = new AbortController();
    const reports: string[] = [];
    const server = createServer(async (request, response) => {
      const status = answer(await json(request), request);
      response.writeHead(status ?? 201, status === 429 ? { 'retry-after': '1' } : {}).end('{}');
      if (status === null) stop.abort();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = { url, signal: stop.signal, every: 1, writing: 1, seed: 3, now: () => now };
    const arrived = await live({ ...options, report: (line) => reports.push(line) });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    return { arrived, reports };
  }

  test('DM17: the live stream sends valid ratings, adds comments to some, and stops when told', async () => {
    const ids = new Set<string>();
    let additions = 0;
    const { arrived } = await stream((body, { method, url }) => {
      if (method === 'POST') ids.add(RatingInput.parse(body).id);
      else if (RatingAddition.parse(body).comment && ids.has(url?.split('/').at(-1) ?? '')) additions++;
      return additions < 3 ? 201 : null;
    });
    expect([...ids].every((id) => id[14] === '7')).toBe(true);
    expect(arrived).toBeGreaterThan(10);
    expect(ids.size - arrived).toBeLessThanOrEqual(1);
  });

  test('DM18: the live stream waits as long as the server asks, and then sends the same rating again', async () => {
    const seen: { id: string; at: number }[] = [];
    await stream((body) => {
      seen.push({ id: RatingInput.parse(body).id, at: performance.now() });
      return seen.length === 1 ? 429 : null;
    });
    expect(seen[1]?.id).toBe(seen[0]?.id);
    expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(950);
  });

  test('DM19: the live stream reports a refusal once and goes on', async () => {
    let requests = 0;
    const { reports } = await stream(() => (++requests <= 5 ? 400 : null));
    expect(reports).toEqual(['the server answered 400 to POST /api/v1/ratings: {}']);
  });
});
