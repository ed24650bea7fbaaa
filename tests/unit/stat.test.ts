import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradeOfSmiley } from '#shared/core/histogram.ts';
import { figuresOf, statOf, unitLiveMargin, verdictOf } from '#shared/core/stat.ts';
import { student975 } from '#shared/core/student.ts';

const histogramOf = (grades: readonly number[], steps = 10) =>
  Array.from({ length: steps }, (_, i) => grades.filter((grade) => grade === i + 1).length);
const times = (n: number, grade: number) => new Array<number>(n).fill(grade);
const isUnit = (value: number) => value >= 1 && value <= 10;
const anyGrades = (min: number, max: number) =>
  fc.array(fc.integer({ min: 1, max: 10 }), { minLength: min, maxLength: max });

describe('mean and interval', () => {
  test('ST1: of nine ratings there is no mean, spread or interval, only the histogram', () => {
    expect(figuresOf(histogramOf(times(9, 8)))).toEqual({
      ...{ n: 9, enough: 'none', histogram: histogramOf(times(9, 8)) },
      ...{ mean: null, sd: null, low: null, high: null, margin: null, liveLow: null, liveHigh: null },
    });
    expect(figuresOf(histogramOf([]))).toMatchObject({ n: 0, mean: null, enough: 'none' });
  });

  test.each([
    [10, 'indicative'],
    [29, 'indicative'],
    [30, 'yes'],
  ])('ST1: %d ratings are enough: %s', (n, enough) => {
    expect(figuresOf(histogramOf(times(n, 8)))).toMatchObject({ n, mean: 8, sd: 0, enough });
  });

  test('ST2: ten times an 8 gives 7.58 plus or minus 1.37, worked out by hand', () => {
    const { mean, low, high, margin } = figuresOf(histogramOf(times(10, 8)));
    // Sum 91 and squares 741 of twelve; t for 11 degrees of freedom 2.200985.
    const half = 2.200985 * Math.sqrt((741 - 91 ** 2 / 12) / 11 / 12);
    expect(mean).toBe(8);
    expect(low).toBeCloseTo(91 / 12 - half, 5);
    expect(high).toBeCloseTo(91 / 12 + half, 5);
    expect(margin).toBeCloseTo(half, 5);
  });

  test('ST2: mean and spread are those of the answers, the interval that of the answers with a 1 and a 10', () => {
    fc.assert(
      fc.property(anyGrades(10, 200), (grades) => {
        const figures = figuresOf(histogramOf(grades));
        const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
        const sd = (list: number[]) =>
          Math.sqrt(list.reduce((sum, x) => sum + (x - mean(list)) ** 2, 0) / (list.length - 1));
        const padded = [...grades, 1, 10];
        const half = (student975(grades.length + 1) * sd(padded)) / Math.sqrt(padded.length);
        expect(figures.mean).toBeCloseTo(mean(grades), 9);
        expect(figures.sd).toBeCloseTo(sd(grades), 6);
        expect(figures.low).toBeCloseTo(Math.max(1, mean(padded) - half), 9);
        expect(figures.high).toBeCloseTo(Math.min(10, mean(padded) + half), 9);
      }),
    );
  });

  test('ST2: for any histogram 1 ≤ low ≤ mean ≤ high ≤ 10, and the peek-safe interval is the wider one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5000 }), { minLength: 10, maxLength: 10 }), (histogram) => {
        const { n, mean, sd, low, high, margin, liveLow, liveHigh } = figuresOf(histogram);
        fc.pre(n >= 30);
        expect([low, high, liveLow, liveHigh].every((value) => isUnit(value!))).toBe(true);
        expect(low!).toBeLessThanOrEqual(high!);
        expect(margin).toBeCloseTo((high! - low!) / 2, 12);
        expect(liveLow!).toBeLessThanOrEqual(low!);
        expect(liveHigh!).toBeGreaterThanOrEqual(high!);
        expect(sd!).toBeGreaterThanOrEqual(0);
        expect(mean! >= low! - 1e-9 && mean! <= high! + 1e-9).toBe(true);
      }),
    );
  });

  test('ST2: the interval ends at 1 and at 10', () => {
    expect(figuresOf(histogramOf(times(10, 10)))).toMatchObject({ high: 10 });
    expect(figuresOf(histogramOf(times(10, 1)))).toMatchObject({ low: 1 });
    expect(figuresOf(histogramOf(times(40, 10))).liveHigh).toBe(10);
    expect(figuresOf(histogramOf(times(40, 1))).liveLow).toBe(1);
  });

  test('ST2: nothing is rounded here', () => {
    const { mean } = figuresOf(histogramOf([...times(20, 7), ...times(10, 8)]));
    expect(mean).toBe(220 / 30);
  });
});

describe('the peek-safe interval', () => {
  test.each([
    [30, 0.803518],
    [500, 0.135735],
    [1000, 0.096891],
  ])('ST3: at time %d the margin for a unit spread is %d', (t, published) => {
    expect(unitLiveMargin(t)).toBeCloseTo(published, 6);
  });

  test('ST3: below thirty ratings there is none', () => {
    expect(figuresOf(histogramOf(times(29, 7)))).toMatchObject({ liveLow: null, liveHigh: null });
    expect(figuresOf(histogramOf(times(30, 7))).liveLow).not.toBeNull();
  });

  test('ST3: it lies around the mean with the two pseudo-grades, by the margin of that time', () => {
    const { liveLow, liveHigh } = figuresOf(histogramOf([...times(249, 6), ...times(249, 8)]));
    const variance = (249 * 36 + 249 * 64 + 101 - 500 * (3497 / 500) ** 2) / 499;
    expect(liveLow).toBeCloseTo(3497 / 500 - 0.135735 * Math.sqrt(variance), 5);
    expect(liveHigh).toBeCloseTo(3497 / 500 + 0.135735 * Math.sqrt(variance), 5);
  });
});

describe('the verdict', () => {
  const histogram = histogramOf([...times(60, 7), ...times(60, 8)]);
  const figures = figuresOf(histogram);

  test('ST4: met when the whole interval reaches the target, not met when none of it does', () => {
    expect(verdictOf(figures, figures.low!, false)).toBe('met');
    expect(verdictOf(figures, figures.low! + 1e-9, false)).toBe('undecided');
    expect(verdictOf(figures, figures.high!, false)).toBe('undecided');
    expect(verdictOf(figures, figures.high! + 1e-9, false)).toBe('not-met');
  });

  test('ST4: while the period runs only the peek-safe interval decides', () => {
    const between = (figures.low! + figures.liveLow!) / 2;
    expect(verdictOf(figures, between, false)).toBe('met');
    expect(verdictOf(figures, between, true)).toBe('undecided');
    expect(verdictOf(figures, figures.liveLow!, true)).toBe('met');
    expect(verdictOf(figures, figures.liveHigh! + 1e-9, true)).toBe('not-met');
  });

  test('ST4: without an interval nothing is decided', () => {
    expect(verdictOf(figuresOf(histogramOf(times(9, 10))), 1, false)).toBe('undecided');
    expect(verdictOf(figuresOf(histogramOf(times(29, 10))), 1, true)).toBe('undecided');
  });

  test('ST4: a target comes with its verdict, no target with none', () => {
    const counts = [...histogram, 0, 0, 0, 0, 0];
    expect(statOf(counts, { target: 7 })).toMatchObject({ target: 7, verdict: 'met' });
    expect(statOf(counts)).not.toHaveProperty('verdict');
    expect(statOf(counts)).not.toHaveProperty('target');
  });
});

describe('grades, smileys and methods', () => {
  test('AG4: smileys are figures of their own beside the grades, on the scale of 1 to 10', () => {
    const stat = statOf([...histogramOf(times(12, 8)), 0, 0, 0, 15, 0]);
    expect(stat).toMatchObject({ n: 12, mean: 8, histogram: histogramOf(times(12, 8)) });
    expect(stat.derived).toMatchObject({ n: 15, mean: 7.75, histogram: [0, 0, 0, 15, 0] });
    expect(stat.derived).toEqual(figuresOf([0, 0, 0, 15, 0], gradeOfSmiley));
  });

  test('AG4: without smileys there are no derived figures', () => {
    expect(statOf([...histogramOf(times(12, 8)), 0, 0, 0, 0, 0])).not.toHaveProperty('derived');
  });

  test('AG5: a mixed figure has its number and histogram, no mean, no interval and no verdict', () => {
    const stat = statOf([...histogramOf(times(100, 8)), 0, 0, 0, 50, 0], { mixedMethods: true, target: 5 });
    const none = { mean: null, sd: null, low: null, high: null, liveLow: null, liveHigh: null };
    expect(stat).toMatchObject({ n: 100, mixedMethods: true, verdict: 'undecided', ...none });
    expect(stat.histogram).toEqual(histogramOf(times(100, 8)));
    expect(stat.derived).toMatchObject({ n: 50, mean: null, low: null });
  });
});

describe('simulations', () => {
  /** mulberry32: the same numbers every time. */
  function seeded(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }
  // Most people are content and some are not at all: the shape that a plain t-interval fails on.
  const skewed = [0.05, 0.01, 0.01, 0.01, 0.01, 0.02, 0.04, 0.15, 0.3, 0.4];
  const truth = skewed.reduce((sum, share, i) => sum + share * (i + 1), 0);
  const below = skewed.map((_, i) => skewed.slice(0, i + 1).reduce((sum, share) => sum + share, 0));
  const draw = (random: () => number) => {
    const share = random();
    return below.findIndex((end) => share < end || end === below.at(-1));
  };

  test.each([20, 30, 50, 100])('ST2: on skewed grades the interval of %d ratings holds the truth', (n) => {
    const random = seeded(n);
    const runs = 4000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const histogram = histogramOf([]);
      for (let i = 0; i < n; i++) histogram[draw(random)]!++;
      const { low, high } = figuresOf(histogram);
      if (low! <= truth && truth <= high!) covered++;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.93);
  });

  test('ST3: whoever looks after every rating is fooled at most six times in a hundred', () => {
    const random = seeded(7);
    const runs = 400;
    let fooled = 0;
    for (let run = 0; run < runs; run++) {
      const histogram = histogramOf([]);
      for (let n = 1; n <= 800; n++) {
        histogram[draw(random)]!++;
        if (n < 30) continue;
        const { liveLow, liveHigh } = figuresOf(histogram);
        if (liveLow! <= truth && truth <= liveHigh!) continue;
        fooled++;
        break;
      }
    }
    expect(fooled / runs).toBeLessThanOrEqual(0.06);
  });
});
