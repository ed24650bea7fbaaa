import { describe, expect, test } from 'vitest';
import { type Cause, causes, daypartOf, touches, type Variant } from '../../server/demo/causes.ts';
import { city } from '../../server/demo/city.ts';
import { easter, holidayDates, isHoliday } from '../../server/demo/holidays.ts';
import yearReport from '../../server/demo/jaarverslag.json' with { type: 'json' };
import { surveyMethod } from '../../server/demo/places.ts';
import type { NewRating } from '../../server/storage/port.ts';
import { isCleanText, RatingId } from '../../shared/contract/rating.ts';
import { SettingsFile } from '../../shared/contract/settings.ts';
import {
  dateOfDay,
  dayOf,
  dayOfDate,
  hourOfSlot,
  slotOf,
  weekdayOf,
  yearOfDay,
} from '../../shared/core/calendar.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const settings = SettingsFile.parse(yearReport);
const channelOf = new Map((settings.touchpoints ?? []).map(({ key, channel }) => [key, channel]));

interface Seen extends NewRating {
  channel: string;
  day: number;
  hour: number;
}
const histories = new Map<Variant, Seen[]>();
function history(variant: Variant): Seen[] {
  const known = histories.get(variant);
  if (known) return known;
  const seen = [...city({ now, variant })].map((rating) => {
    const slot = slotOf(rating.at);
    const channel = channelOf.get(rating.touchpoint) ?? '';
    return { ...rating, channel, day: dayOf(rating.at), hour: hourOfSlot(slot) };
  });
  histories.set(variant, seen);
  return seen;
}
const all = () => history('causes');

const figures = (ratings: readonly NewRating[]) => {
  const grades = ratings.flatMap(({ grade }) => grade ?? []);
  const mean = grades.reduce((sum, grade) => sum + grade, 0) / grades.length;
  const variance = grades.reduce((sum, grade) => sum + (grade - mean) ** 2, 0) / (grades.length - 1);
  return { n: grades.length, mean, variance };
};
const rounded = (ratings: readonly NewRating[]) => Math.round(figures(ratings).mean * 10) / 10;
const firstDate = (ratings: readonly Seen[]) => dateOfDay(Math.min(...ratings.map(({ day }) => day)));
const between = (from: number, to: number) => (rating: Seen) => from <= rating.day && rating.day <= to;

describe('the history', () => {
  test('DM1: the digital grade is 7,0 in 2023 and 6,6 in 2024 under Klant in focus', () => {
    const digital = all().filter(({ channel }) => channel === 'digitaal');
    const of = (year: number) => digital.filter(({ day }) => yearOfDay(day) === year);
    expect(rounded(of(2023))).toBe(7);
    expect(rounded(of(2024).filter(({ method }) => method === undefined))).toBe(6.6);
  });

  test('DM2: every channel is measured from the date of the roll-out', () => {
    const of = (channel: string) => all().filter((rating) => rating.channel === channel);
    expect(firstDate(of('digitaal'))).toBe('2023-01-01');
    expect(firstDate(of('balie'))).toBe('2024-07-02');
    expect(firstDate(of('web'))).toBe('2024-10-01');
    expect(firstDate(of('telefoon'))).toBe('2025-01-06');
  });

  test('DM3: before July 2024 only digitaal-product is measured, and only then with the e-mail survey', () => {
    const start = dayOfDate('2024-07-01');
    const before = all().filter(({ day }) => day < start);
    expect(new Set(before.map(({ touchpoint }) => touchpoint))).toEqual(new Set(['digitaal-product']));
    expect(new Set(before.map(({ method }) => method))).toEqual(new Set([surveyMethod]));
    expect(all().every(({ day, method }) => day < start || method === undefined)).toBe(true);
  });

  test('DM4: no desk or telephone rating outside opening hours or on a public holiday', () => {
    const mondays = dayOfDate('2024-07-22');
    const evenings = dayOfDate('2025-09-01');
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
    const early = Date.parse('2023-03-05T10:00:00Z');
    const later = Date.parse('2023-03-09T10:00:00Z');
    const first = [...city({ now: early, seed: 5 })];
    expect([...city({ now: early, seed: 5 })]).toEqual(first);
    expect([...city({ now: later, seed: 5 })].slice(0, first.length)).toEqual(first);
    expect([...city({ now: early, seed: 6 })].slice(0, 50)).not.toEqual(first.slice(0, 50));
  });

  test('DM6: 60,000 to 120,000 valid ratings in order of time, none after now, every id once', () => {
    const ratings = all();
    expect(ratings.length).toBeGreaterThan(60_000);
    expect(ratings.length).toBeLessThan(120_000);
    expect(ratings.every(({ at }, i) => at <= now && at >= (ratings[i - 1]?.at ?? 0))).toBe(true);
    expect(new Set(ratings.map(({ id }) => id)).size).toBe(ratings.length);
    const products = new Set<string | null>([null, ...(settings.products ?? []).map(({ key }) => key)]);
    const scales = new Map((settings.touchpoints ?? []).map(({ key, scale }) => [key, scale]));
    for (const { id, grade, smiley, touchpoint, product, language } of ratings) {
      const value = scales.get(touchpoint) === 'smiley' ? smiley : grade;
      const other = scales.get(touchpoint) === 'smiley' ? grade : smiley;
      const valid =
        value !== null &&
        other === null &&
        value >= 1 &&
        value <= 10 &&
        products.has(product) &&
        settings.languages?.includes(language ?? '');
      if (!valid) expect.unreachable(`${id} of ${touchpoint} is not valid`);
    }
    for (const { id } of ratings.slice(-500)) expect(RatingId.parse(id)).toBe(id);
  });

  test('DM7: about 18 % has a comment, of more than 200 kinds, and no personal data is left in any', () => {
    const comments = all().flatMap(({ comment }) => comment ?? []);
    expect(comments.length / all().length).toBeGreaterThan(0.16);
    expect(comments.length / all().length).toBeLessThan(0.2);
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
  const to = Math.min(cause.to ? dayOfDate(cause.to) : from + 89, from + 89);
  const about = ratings.filter(
    (rating) => rating.grade !== null && touches(cause, { ...rating, daypart: daypartOf(rating.hour) }),
  );
  const start = dayOfDate('2024-07-01');
  return {
    before: about.filter(between(Math.max(start, from - 90), from - 1)),
    since: about.filter(between(from, to)),
  };
}

function difference(cause: Cause, ratings: readonly Seen[]) {
  const { before, since } = windows(cause, ratings);
  const old = figures(before);
  const fresh = figures(since);
  const error = Math.sqrt(old.variance / old.n + fresh.variance / fresh.n);
  return { value: fresh.mean - old.mean, error };
}

describe('the planted causes', () => {
  const within = causes.filter(({ kind }) => kind === 'within');
  const mixes = causes.filter(({ kind }) => kind === 'mix');

  test.each(within)('DM8: $id moves its own ratings by what was planted', (cause) => {
    const { value, error } = difference(cause, all());
    expect(Math.sign(value)).toBe(Math.sign(cause.size));
    expect(Math.abs(value) / error).toBeGreaterThan(2.5);
    expect(Math.abs(value - cause.size)).toBeLessThan(3 * error + 0.05);
  });

  test.each(within)('DM9: without causes nothing happens at the date of $id', (cause) => {
    for (const variant of ['mix-only', 'no-change'] as const) {
      const { value, error } = difference(cause, history(variant));
      expect(Math.abs(value)).toBeLessThan(3 * error + 0.05);
    }
  });

  test.each(mixes)('DM10: $id moves the share of a product and no grade of any product', (cause) => {
    for (const variant of ['causes', 'mix-only'] as const) {
      const place = (rating: Seen) => rating.touchpoint === cause.touchpoint;
      const { before, since } = windows({ ...cause, product: undefined }, history(variant).filter(place));
      const shareOf = (ratings: readonly Seen[]) =>
        ratings.filter(({ product }) => product === cause.product).length / ratings.length;
      expect(Math.abs(shareOf(since) - shareOf(before) - cause.size)).toBeLessThan(0.04);
      expect(figures(since).mean - figures(before).mean).toBeLessThan(-0.25);
      for (const product of new Set(since.map((rating) => rating.product))) {
        const { value, error } = difference({ ...cause, product: product ?? undefined }, history(variant));
        expect(Math.abs(value)).toBeLessThan(3.5 * error);
      }
    }
  });

  test('DM11: nothing changes in the city without changes: neither grades nor shares of products', () => {
    const of = (year: number) =>
      history('no-change').filter(
        ({ day, touchpoint }) => yearOfDay(day) === year && touchpoint === 'balie-1',
      );
    const share = (ratings: readonly Seen[]) =>
      ratings.filter(({ product }) => product === 'paspoort-aanvragen').length / ratings.length;
    expect(Math.abs(figures(of(2025)).mean - figures(of(2026)).mean)).toBeLessThan(0.15);
    expect(Math.abs(share(of(2025)) - share(of(2026)))).toBeLessThan(0.03);
  });

  test.each([...causes])('DM12: the words of $id are in its comments, far more than before', (cause) => {
    expect(cause.comments.some((comment) => cause.words.some((word) => comment.includes(word)))).toBe(true);
    const naming = (ratings: readonly Seen[]) => {
      const comments = ratings.flatMap(({ comment }) => comment?.toLowerCase() ?? []);
      const hits = comments.filter((comment) =>
        cause.words.some((word) => comment.includes(word.toLowerCase())),
      );
      return hits.length / comments.length;
    };
    const { before, since } = windows(cause, all());
    expect(naming(since)).toBeGreaterThan(0.05);
    expect(naming(since)).toBeGreaterThan(1.5 * naming(before));
  });
});

describe('the settings', () => {
  test('DM13: the four indicators have the values of the year report', () => {
    const values = (settings.indicators ?? []).map(({ name, source, years }) => [
      name,
      source,
      Object.entries(years).map(([year, { target, realised, met }]) => [year, target, realised, met]),
    ]);
    expect(values).toEqual([
      [
        'Gemiddeld rapportcijfer tevredenheid gehele dienstverlening',
        'Stadspeiling',
        [
          ['2023', 7.4, 7.0, undefined],
          ['2024', 7.4, 7.0, false],
        ],
      ],
      [
        'Gemiddeld rapportcijfer voor de aanvraag en afhandeling van digitale producten',
        'Klant in focus',
        [
          ['2023', 7.3, 7.0, undefined],
          ['2024', 7.3, 6.6, false],
        ],
      ],
      [
        'Gemiddeld rapportcijfer dienstverlening aan ondernemers',
        'Ondernemerspeiling',
        [
          ['2023', 6.9, 6.2, undefined],
          ['2024', 6.9, 6.6, false],
        ],
      ],
      [
        'Gemiddeld rapportcijfer inwoners over proces van participatie',
        'Stadspeiling',
        [
          ['2022', null, 6.4, undefined],
          ['2023', 6.9, 6.6, undefined],
          ['2024', 7.0, 7.0, true],
        ],
      ],
    ]);
    expect(settings.indicators?.[2]?.years['2023']?.measuredIn).toBe(2022);
    expect(settings.indicators?.[1]?.channel).toBe('digitaal');
    expect(settings.indicators?.[1]?.years['2024']?.note).toContain(
      'nog geen verklaring vinden voor de daling',
    );
  });

  test('DM14: every channel has a target for 2023 to 2026, digital the one of the year report', () => {
    const targets = settings.targets ?? [];
    for (const { key } of settings.channels ?? [])
      expect(targets.filter((target) => target.key === key).map(({ year }) => year)).toEqual([
        2023, 2024, 2025, 2026,
      ]);
    expect(targets.find(({ key, year }) => key === 'digitaal' && year === 2024)?.grade).toBe(7.3);
  });

  test('DM15: the days that desks are closed follow Easter', () => {
    expect([2024, 2025, 2026, 2027].map((year) => dateOfDay(easter(year)))).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
    ]);
    expect(holidayDates(2025)).toContain('2025-04-26');
    expect(holidayDates(2026)).toContain('2026-05-14');
    expect(holidayDates(2026)).toContain('2026-05-25');
  });
});
