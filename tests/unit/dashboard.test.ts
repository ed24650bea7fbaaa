import { describe, expect, it } from 'vitest';
import type { Group, Stat, Summary } from '#shared/contract/figures.ts';
import { dateOfDay, dayOfDate } from '#shared/core/calendar.ts';
import { noCounts } from '#shared/core/histogram.ts';
import { statOf } from '#shared/core/stat.ts';
import { changeOf } from '../../client/dashboard/figures/change.ts';
import { previousRange, weeksUntil } from '../../client/dashboard/figures/period.ts';
import { changeWords, marginWords, verdictWords } from '../../client/dashboard/figures/verdict.ts';
import { headlineOf } from '../../client/dashboard/headline.ts';
import { arrivalsBetween, mergeChange } from '../../client/dashboard/live/merge.ts';
import { catalogues, languages } from '../../client/dashboard/messages/messages.ts';
import { wordsFor } from '../../client/dashboard/messages/words.tsx';
import { parseSearch, searchIn, stringifySearch } from '../../client/dashboard/search.ts';
import { runsOf } from '../../client/ui/sparkline/layout.ts';

const words = wordsFor('nl');

/** `times` ratings for each of the grades; `smileys` likewise. */
function aStat(
  grades: number[],
  times: number,
  options: Parameters<typeof statOf>[1] & { smileys?: number[] } = {},
): Stat {
  const counts = noCounts();
  for (const grade of grades) counts[grade - 1]! += times;
  for (const smiley of options.smileys ?? []) counts[10 + smiley - 1]! += times;
  return statOf(counts, options);
}
const aGroup = (label: string, stat: Stat): Group => ({ ...stat, key: label.toLowerCase(), label });
const high = (label: string) => aGroup(label, aStat([7, 8, 9], 200, { target: 7.3 }));
const low = (label: string) => aGroup(label, aStat([5, 6, 7], 200, { target: 7.3 }));
const near = (label: string) => aGroup(label, aStat([6, 7, 8, 9], 10, { target: 7.5 }));
const few = (label: string) => aGroup(label, aStat([7], 4, { target: 7.3 }));
const headline = (groups: Group[], total: Stat = aStat([7, 8], 500), subject?: string) =>
  headlineOf(total, groups, { by: 'channel', subject }, words);

describe('the headline', () => {
  it('names who meets and who misses the target', () => {
    expect(headline([high('Balie'), high('Telefoon'), low('Digitaal')])).toBe(
      'Balie en Telefoon halen hun norm. Digitaal blijft achter.',
    );
  });

  it('says "all" only when it holds for every channel that has ratings', () => {
    expect(headline([high('Balie'), high('Telefoon')])).toBe('Alle kanalen halen hun norm.');
    expect(headline([low('Balie'), low('Telefoon')])).toBe('Geen enkel kanaal haalt de norm.');
    expect(headline([high('Balie'), few('Telefoon')])).toBe('Balie haalt de norm.');
    expect(headline([high('Balie'), high('Telefoon'), aGroup('Web', aStat([7], 100))])).toBe(
      'Balie en Telefoon halen hun norm.',
    );
  });

  it('claims nothing about a channel that is undecided, indicative, mixed or has too few ratings', () => {
    expect(headline([high('Balie'), near('Website')])).toBe(
      'Balie haalt de norm. Voor Website is het niet te zeggen.',
    );
    const indicative = aGroup('Website', aStat([2], 20, { target: 7.3 }));
    expect(headline([low('Balie'), indicative])).toContain('Voor Website is het niet te zeggen');
    const mixed = aGroup('Website', aStat([2], 200, { target: 7.3, mixedMethods: true }));
    expect(headline([high('Balie'), mixed])).toBe('Balie haalt de norm.');
    expect(headline([near('Balie'), near('Website')])).toBe('Of de norm gehaald wordt, is niet te zeggen.');
  });

  it('counts where there are too many to name', () => {
    expect(headline([...'abcdef'].map(high).concat(low('g')))).toBe(
      '6 van de 7 kanalen halen hun norm. g blijft achter.',
    );
  });

  it('speaks of the whole where no channel has a target, and says when that cannot be done', () => {
    expect(headline([], aStat([7, 8], 50))).toBe('Wie een cijfer gaf, gaf gemiddeld een 7,5.');
    expect(headline([], aStat([7, 8], 8))).toBe('Een eerste indruk: gemiddeld een 7,5.');
    expect(headline([], aStat([7], 4))).toBe('Nog te weinig waarderingen voor een cijfer.');
    expect(headline([], aStat([], 0))).toBe('Nog geen waarderingen.');
    expect(headline([], aStat([7], 99, { mixedMethods: true }))).toContain('De vraagwijze veranderde');
    expect(headline([], aStat([8], 99, { target: 7.3 }), 'Balie')).toBe('Balie haalt de norm.');
  });
});

describe('words about a figure', () => {
  it('gives one decimal with a comma, rounded half up, and n.b. for what is missing', () => {
    expect(words.grade(7.35)).toBe('7,4');
    expect(words.grade(6.949)).toBe('6,9');
    expect(words.grade(10)).toBe('10,0');
    expect(words.grade(null)).toBe('n.b.');
    expect(wordsFor('en').grade(7.35)).toBe('7.4');
  });

  it('gives the margin as "low to high" where it does not lie evenly around the grade', () => {
    expect(marginWords(aStat([7, 8], 500), false, words)).toMatch(/^±\u00a00,\d\d$/);
    expect(marginWords(aStat([9, 10], 6), false, words)).toMatch(/^\d,\d tot \d+,\d$/);
    expect(marginWords(aStat([9], 6), false, words)).toBeNull();
  });

  it('uses the peek-safe margin while the period runs', () => {
    const width = (running: boolean) =>
      Number(
        marginWords(aStat([7, 8], 500), running, words)
          ?.replace(/\D+/, '')
          .replace(',', '.'),
      );
    expect(width(true)).toBeGreaterThan(width(false));
  });

  it('says above or below the target only when the target lies outside the margin', () => {
    expect(verdictWords(high('a'), false, words)).toMatchObject({ tone: 'good', word: 'Boven de norm' });
    expect(verdictWords(low('a'), false, words)).toMatchObject({ tone: 'bad', word: 'Onder de norm' });
    expect(verdictWords(near('a'), true, words)).toMatchObject({ tone: 'warn', word: 'Nog niet te zeggen' });
    expect(verdictWords(few('a'), false, words)).toMatchObject({
      tone: 'none',
      word: 'Te weinig waarderingen',
    });
  });

  it('compares with the period before only what can be compared, and says when the margins touch', () => {
    const change = (current: Stat, base: Stat | undefined, mixed = false) =>
      changeWords(changeOf(current, base, mixed, false), 'vorig jaar', words);
    const now = aStat([7, 8], 500);
    expect(change(now, aStat([6, 7], 500))).toBe('1,0 hoger dan vorig jaar (6,5)');
    expect(change(now, aStat([8, 9], 500))).toBe('1,0 lager dan vorig jaar (8,5)');
    expect(change(now, aStat([7, 8], 400))).toBe('gelijk aan vorig jaar (7,5)');
    expect(change(now, aStat([4, 7, 10], 20))).toContain('binnen de marge');
    expect(change(now, aStat([6, 7], 500), true)).toBe('niet vergelijkbaar met vorig jaar');
    expect(change(now, aStat([6, 7], 10))).toBeNull();
    expect(change(now, undefined)).toBeNull();
  });
});

describe('periods', () => {
  const on = (date: string) => dayOfDate(date);
  it('compares with the same days before', () => {
    expect(previousRange('today', on('2026-03-01'))).toEqual({ from: '2026-02-28', to: '2026-02-28' });
    expect(previousRange('week', on('2026-11-25'))).toEqual({ from: '2026-11-16', to: '2026-11-18' });
    expect(previousRange('month', on('2026-03-31'))).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(previousRange('year', on('2024-02-29'))).toEqual({ from: '2023-01-01', to: '2023-02-28' });
  });

  it('compares chosen days with as many days, whole months with whole months', () => {
    const today = on('2026-11-25');
    expect(previousRange({ from: '2026-05-10', to: '2026-05-19' }, today)).toEqual({
      from: '2026-04-30',
      to: '2026-05-09',
    });
    expect(previousRange({ from: '2024-01-01', to: '2024-12-31' }, today)).toEqual({
      from: '2023-01-01',
      to: '2023-12-31',
    });
    expect(previousRange({ from: '2026-03-01', to: '2026-03-31' }, today)).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
  });

  it('ends the line of weeks with the week of the last day', () => {
    const weeks = weeksUntil(on('2026-11-25'));
    expect(weeks).toHaveLength(26);
    expect(dateOfDay(weeks.at(-1)!)).toBe('2026-11-23');
  });
});

describe('live figures', () => {
  const balie = aGroup('Balie', aStat([7], 20));
  const web = aGroup('Web', aStat([6], 20));
  const known: Summary = { sequence: 5, total: aStat([6, 7], 20), groups: [balie, web] };

  it('LV3 take over whole groups, keep the others, and ignore what was overtaken', () => {
    const newer = aGroup('Web', aStat([6], 21));
    const phone = aGroup('Telefoon', aStat([8], 1));
    const merged = mergeChange(known, { sequence: 7, total: aStat([6, 7], 21), groups: [newer, phone] });
    expect(merged.groups).toEqual([balie, newer, phone]);
    expect(mergeChange(merged, { ...known, sequence: 6 })).toBe(merged);
  });

  it('tell which grades arrived, smileys apart; a correction is no arrival', () => {
    const after = { ...known, total: aStat([6, 7], 20, { smileys: [5] }) };
    after.total.histogram[8]! += 1;
    after.total.n += 1;
    const { count, arrived } = arrivalsBetween(known, after);
    expect(count).toBe(21);
    expect(arrived[0]).toEqual({ grade: 9, derived: false });
    expect(arrived[1]).toEqual({ grade: 10, derived: true });
    const corrected = structuredClone(known);
    corrected.total.histogram[6]! -= 1;
    corrected.total.histogram[7]! += 1;
    expect(arrivalsBetween(known, corrected)).toEqual({ count: 0, arrived: [] });
  });
});

describe('the line of weeks', () => {
  it('is interrupted by a change of method, by weeks with too few ratings and before the week that runs', () => {
    const points = [7, 7, null, 7, 7, 7].map((value, week) => ({ value, running: week === 5 }));
    expect(runsOf(points, [])).toEqual([
      [0, 1],
      [3, 4],
    ]);
    expect(runsOf(points, [{ before: 4, label: '' }])).toEqual([[0, 1], [3], [4]]);
  });
});

describe('the address', () => {
  it('DB3 holds period and filters, and survives a round trip', () => {
    const text = '?period=month&channel=balie&channel=web&location=Stadhuis%20West&wallboard';
    expect(stringifySearch(parseSearch(text))).toBe(text);
    expect(searchIn(parseSearch(text))).toMatchObject({
      period: 'month',
      channel: ['balie', 'web'],
      location: ['Stadhuis West'],
      wallboard: '',
    });
  });

  it('ignores what it does not understand', () => {
    expect(searchIn(parseSearch('?period=decade&from=gisteren&view=3d&channel='))).toEqual({});
  });
});

describe('the catalogues of the dashboard', () => {
  const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  it.each(languages)('CM5 have every text, with the same values to fill in: %s', (language) => {
    expect(Object.keys(catalogues[language])).toEqual(Object.keys(catalogues.nl));
    for (const [key, text] of Object.entries(catalogues[language])) {
      const dutch = catalogues.nl[key as keyof typeof catalogues.nl];
      expect({ key, holds: placeholders(text) }).toEqual({ key, holds: placeholders(dutch) });
      expect(text.trim()).not.toBe('');
    }
  });
});
