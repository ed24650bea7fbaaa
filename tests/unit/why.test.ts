import { describe, expect, it } from 'vitest';
import type { Explanation, Segment } from '#shared/contract/explanation.ts';
import { dayOfDate } from '#shared/core/calendar.ts';
import { explain } from '#shared/core/explain/explain.ts';
import { languages } from '../../client/dashboard/messages/messages.ts';
import { wordsFor } from '../../client/dashboard/messages/words.tsx';
import { parseSearch, searchIn, stringifySearch, whySearch } from '../../client/dashboard/search.ts';
import { noteWith } from '../../client/dashboard/why/note.ts';
import { questionOf, wrongOf } from '../../client/dashboard/why/question.ts';
import { rowsOf } from '../../client/dashboard/why/segments.ts';
import { claimedDimension, mainOf, stepsOf } from '../../client/dashboard/why/steps.ts';
import { whyCatalogues, whyWordsFor } from '../../client/dashboard/why/words.ts';
import { largestOf, workedLines } from '../../client/dashboard/why/worked.ts';
import { axisOf } from '../../client/ui/waterfall/layout.ts';

const words = whyWordsFor(wordsFor('nl'));
const today = dayOfDate('2026-11-25');

/** Grades around a middle, `n` of them. */
function counts(n: number, middle: number): number[] {
  const shape = [0.25, 0.5, 0.25];
  const histogram = new Array<number>(10).fill(0);
  shape.forEach((share, i) => {
    histogram[middle - 2 + i]! += Math.round(n * share);
  });
  return histogram;
}
type Cells = Record<string, [number, number]>;
const cellsOf = (cells: Cells) =>
  Object.entries(cells).map(([key, [n, middle]]) => ({ keys: key.split('/'), counts: counts(n, middle) }));
const explained = (base: Cells, current: Cells, dimensions: Explanation['dimensions'][number]['key'][]) => ({
  ...explain({ dimensions, base: cellsOf(base), current: cellsOf(current), comparable: true }),
  terms: [],
});
const moving = { verhuizing: [400, 8], paspoort: [400, 8], parkeren: [200, 5] } satisfies Cells;
const moved = { verhuizing: [400, 6], paspoort: [400, 8], parkeren: [600, 5] } satisfies Cells;
const fall = explained(moving, moved, ['product']);

describe('the way from the old grade to the new one', () => {
  it('EX22 adds up: the steps to the change, and as rounded to the change as rounded', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const some = (): Cells =>
        Object.fromEntries(
          ['a/x', 'b/x', 'a/y', 'c/y'].map((key) => [key, [20 + random(400), 2 + random(8)] as const]),
        ) as Cells;
      const one = explained(some(), some(), ['channel', 'product']);
      const steps = stepsOf(one)!;
      const sum = (of: (step: (typeof steps)[number]) => number) =>
        steps.reduce((total, step) => total + of(step), 0);
      expect(sum(({ value }) => value)).toBeCloseTo(one.change.value!, 9);
      expect(words.signed(sum(({ rounded }) => rounded))).toBe(words.signed(one.change.value!));
    }
  });

  it('EX22 gives mix per dimension, then what is claimed, then the rest, which is never proven', () => {
    const steps = stepsOf(fall)!;
    expect(steps.map(({ what, proven }) => `${what.kind} ${proven}`)).toEqual([
      'mix true',
      'within true',
      'rest false',
    ]);
    expect(mainOf(fall, 'product', steps[0]!.value)?.key).toBe('parkeren');
  });

  it('EX22 takes claims from one dimension only, because those of two overlap', () => {
    const cells = (a: number): Cells => ({ 'digitaal/verhuizing': [600, a], 'balie/paspoort': [600, 8] });
    const both = explained(cells(8), cells(6), ['channel', 'product']);
    expect(both.segments.filter(({ claimed }) => claimed)).toHaveLength(2);
    expect(claimedDimension(both)).toBe('channel');
    expect(stepsOf(both)!.filter(({ what }) => what.kind === 'within')).toHaveLength(1);
  });

  it('EX22 has no steps where nothing may be compared', () => {
    const few = explained({ a: [4, 8] }, { a: [400, 6] }, ['product']);
    expect(stepsOf(few)).toBeNull();
  });

  it('cuts the axis around the levels, and never so close that a small change looks large', () => {
    const axis = axisOf([7.03, 7.02]);
    expect(axis.to - axis.from).toBeGreaterThanOrEqual(0.4);
    expect(axis.from).toBeLessThan(7.02);
    expect(axisOf([1.2, 9.7])).toMatchObject({ from: 0, to: 10 });
    expect(axis.ticks.every((tick) => String(tick).length <= 3)).toBe(true);
  });
});

describe('the segments', () => {
  it('EX23 come largest effect first, claimed ones always in sight, small ones folded', () => {
    const segment = (key: string, within: number, claimed = false): Segment => ({
      ...{ dimension: 'product', key, label: key, nBase: 50, nCurrent: 50, meanBase: 7, meanCurrent: 7 },
      ...{ mix: 0, within, low: within - 1, high: within + 1, claimed, status: 'both' },
    });
    const many = [
      segment('klein', 0.001),
      segment('bewezen klein', 0.002, true),
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => segment(`g${n}`, n / 10)),
    ];
    const { shown, folded } = rowsOf(many, 'product');
    expect(shown.map(({ key }) => key)).toEqual(['g7', 'g6', 'g5', 'g4', 'g3', 'g2', 'bewezen klein']);
    expect(folded.map(({ key }) => key)).toEqual(['g1', 'klein']);
    expect(rowsOf(many.slice(0, 2), 'product').folded).toEqual([]);
  });

  it('have a name, also those without a key', () => {
    expect(words.nameOf({ dimension: 'product', key: '', label: '' })).toBe('zonder product');
    expect(words.nameOf({ dimension: 'language', key: 'tr', label: 'tr' })).toBe('Turks');
    expect(words.nameOf({ dimension: 'daypart', key: 'evening', label: 'avond' })).toContain('avond');
    expect(words.nameOf({ dimension: 'channel', key: 'web', label: 'Website' })).toBe('Website');
  });
});

describe('what a controller can check', () => {
  it('EX24 works out the effects of the largest segment as the answer has them', () => {
    const largest = largestOf(fall)!;
    expect(largest.key).toBe('verhuizing');
    const lines = workedLines(fall, largest, words);
    expect(lines.find(({ what }) => what === 'method.w0')).toMatchObject({
      sum: '400 ÷ 1.000',
      result: '40,00%',
    });
    expect(lines.at(-2)?.result).toBe(words.exact(largest.mix!));
    expect(lines.at(-1)?.result).toBe(words.exact(largest.within!));
  });
});

describe('which periods', () => {
  it('EX21 are this year against last year unless the address says otherwise', () => {
    expect(questionOf({}, today)).toMatchObject({
      compare: 'year',
      base: { from: '2025-01-01', to: '2025-11-25' },
      current: { from: '2026-01-01', to: '2026-11-25' },
      by: ['channel', 'product'],
    });
    expect(questionOf({ compare: 'month', channel: ['web'] }, today)).toMatchObject({
      base: { from: '2026-10-01', to: '2026-10-25' },
      by: ['product'],
    });
  });

  it('EX21 before and after a date are equally long, and end today at the latest', () => {
    const asked = (date: string) => questionOf({ compare: 'date', date, weeks: 8 }, today);
    expect(asked('2026-03-02')).toMatchObject({
      base: { from: '2026-01-05', to: '2026-03-01' },
      current: { from: '2026-03-02', to: '2026-04-26' },
    });
    expect(asked('2026-11-20')).toMatchObject({
      base: { from: '2026-11-14', to: '2026-11-19' },
      current: { from: '2026-11-20', to: '2026-11-25' },
    });
    expect(asked('2026-12-01').wrong).toEqual([{ field: 'date', text: 'periods.future' }]);
  });

  it('EX21 that overlap or end before they begin are refused at the field', () => {
    const range = (from: string, to: string) => ({ from, to });
    const fields = (...both: Parameters<typeof wrongOf>) => wrongOf(...both).map(({ field }) => field);
    expect(fields(range('2026-01-01', '2026-03-31'), range('2026-03-31', '2026-06-30'))).toEqual(['baseTo']);
    expect(fields(range('2026-02-01', '2026-01-31'), range('2026-06-30', '2026-06-01'))).toEqual([
      'baseTo',
      'to',
    ]);
    expect(fields(range('', '2026-01-31'), range('2026-06-01', ''))).toEqual(['baseFrom', 'to']);
    expect(fields(range('2026-01-01', '2026-03-30'), range('2026-03-31', '2026-06-30'))).toEqual([]);
  });

  it('DB3 survive a round trip through the address, with what to split by', () => {
    const text =
      '?channel=balie&from=2026-01-01&to=2026-03-31&baseFrom=2025-01-01&baseTo=2025-03-31&by=product&by=daypart';
    expect(Object.fromEntries(Object.entries(searchIn(parseSearch(text))))).toMatchObject({
      channel: ['balie'],
      baseFrom: '2025-01-01',
      by: ['product', 'daypart'],
    });
    expect(stringifySearch(parseSearch(text))).toBe(text);
    expect(questionOf({ by: ['product', 'kleur', 'product,taal'] }, today).by).toEqual(['product']);
  });

  it('EX21 from a figure on Nu are its own and the one it was compared with', () => {
    expect(whySearch({ period: 'year', view: 'table' }, today, { channel: ['web'] })).toMatchObject({
      channel: ['web'],
    });
    expect(whySearch({ from: '2026-03-01', to: '2026-05-31', product: ['paspoort'] }, today)).toMatchObject({
      ...{ baseFrom: '2025-12-01', baseTo: '2026-02-28', from: '2026-03-01', to: '2026-05-31' },
      product: ['paspoort'],
    });
    expect(whySearch({ period: 'month' }, today)).toMatchObject({ compare: 'month' });
  });
});

describe('the note of an indicator', () => {
  it('EX26 keeps what was there, and does not say the same twice', () => {
    expect(noteWith(undefined, 'Nieuw.')).toBe('Nieuw.');
    expect(noteWith('Oud.', 'Nieuw.')).toBe('Oud.\n\nNieuw.');
    expect(noteWith('Oud.\n\nNieuw.', 'Nieuw.')).toBe('Oud.\n\nNieuw.');
  });
});

describe('the words of the page', () => {
  const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  it.each(languages)('CM5 have every text, with the same values to fill in: %s', (language) => {
    expect(Object.keys(whyCatalogues[language])).toEqual(Object.keys(whyCatalogues.nl));
    for (const [key, text] of Object.entries(whyCatalogues[language])) {
      const dutch = whyCatalogues.nl[key as keyof typeof whyCatalogues.nl];
      expect({ key, holds: placeholders(text) }).toEqual({ key, holds: placeholders(dutch) });
    }
  });

  it('write grade points with two decimals and a real minus, and dates as people say them', () => {
    expect(words.signed(-0.195)).toBe('−0,20');
    expect(words.signed(0.04)).toBe('+0,04');
    expect(words.signed(-0.001)).toBe('0,00');
    const sentences = { nl: ['De vraag veranderde op 2024-07-01.'], en: [] };
    expect(words.said({ sentences })).toEqual(['De vraag veranderde op 1 juli 2024.']);
  });
});
