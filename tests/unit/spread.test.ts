import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishable, quantile, spreadOf } from '#shared/core/spread.ts';
import { postStratified } from '#shared/core/weighting.ts';

const histogramOf = (grades: number[]) =>
  Array.from({ length: 10 }, (_, i) => grades.filter((grade) => grade === i + 1).length);
const times = (n: number, grade: number) => new Array<number>(n).fill(grade);

describe('how grades lie apart', () => {
  test('EX17: shares of 1 to 5, 6 and 7, 8 to 10, standard deviation and deciles, worked out by hand', () => {
    const grades = [1, 3, 5, 6, 6, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 10];
    const spread = spreadOf(histogramOf(grades))!;
    const mean = grades.reduce((sum, grade) => sum + grade, 0) / 20;
    const sd = Math.sqrt(grades.reduce((sum, grade) => sum + (grade - mean) ** 2, 0) / 19);
    expect(spread).toEqual({
      ...{ n: 20, low: 0.15, middle: 0.2, high: 0.65, sd: expect.closeTo(sd, 12) },
      ...{ p10: 3, p50: 8, p90: 10 },
    });
  });

  test('EX17: shares add up to 1, deciles are grades that were given, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 10, maxLength: 300 }), (grades) => {
        const { low, middle, high, p10, p50, p90 } = spreadOf(histogramOf(grades))!;
        expect(low + middle + high).toBeCloseTo(1, 12);
        expect(p10 <= p50 && p50 <= p90).toBe(true);
        for (const p of [p10, p50, p90]) expect(grades).toContain(p);
        expect(grades.filter((grade) => grade <= p10).length).toBeGreaterThanOrEqual(0.1 * grades.length);
        expect(grades.filter((grade) => grade < p90).length).toBeLessThan(0.9 * grades.length);
      }),
    );
  });

  test('EX17: below ten ratings there is none, and smileys behind the grades do not count', () => {
    expect(spreadOf(histogramOf(times(9, 8)))).toBeNull();
    expect(spreadOf([...histogramOf(times(9, 8)), 0, 0, 0, 9, 9])).toBeNull();
    expect(spreadOf([...histogramOf(times(10, 8)), 9, 9, 9, 9, 9])).toMatchObject({ n: 10, high: 1, sd: 0 });
    expect(quantile(histogramOf([]), 0.5)).toBeNaN();
  });
});

describe('small groups', () => {
  test('EX17: a group below ten is hidden, and with it the smallest other, or it followed by difference', () => {
    expect(publishable([100, 40, 4])).toEqual([true, false, false]);
    expect(publishable([100, 40, 4, 7])).toEqual([true, true, false, false]);
    expect(publishable([100, 40, 4, 3])).toEqual([true, false, false, false]);
    expect(publishable([100, 40, 0])).toEqual([true, true, true]);
    expect(publishable([4, 0])).toEqual([false, true]);
  });

  test('EX17: whatever the sizes, what is hidden holds at least ten ratings of two groups, or all is hidden', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 12 }), (sizes) => {
        const shown = publishable(sizes);
        const hidden = sizes.filter((_, i) => !shown[i]);
        for (const [i, n] of sizes.entries()) if (shown[i]) expect(n === 0 || n >= 10).toBe(true);
        if (hidden.length === 0) return;
        const safe = hidden.length > 1 && hidden.reduce((sum, n) => sum + n, 0) >= 10;
        const nothingLeft = sizes.every((n, i) => !shown[i] || n === 0);
        expect(safe || nothingLeft).toBe(true);
      }),
    );
  });
});

describe('weighing channels by their contacts', () => {
  const desk = histogramOf([...times(50, 7), ...times(50, 9)]);
  const web = histogramOf([...times(200, 5), ...times(200, 7)]);

  test('EX16: the mean, its error and the effective n, worked out by hand', () => {
    const found = postStratified([
      { counts: desk, contacts: 6000 },
      { counts: web, contacts: 2000 },
    ])!;
    const se = Math.sqrt((0.75 ** 2 * (100 / 99)) / 100 + (0.25 ** 2 * (400 / 399)) / 400);
    expect(found.mean).toBeCloseTo(0.75 * 8 + 0.25 * 6, 12);
    expect(found.se).toBeCloseTo(se, 12);
    expect(found.effectiveN).toBeCloseTo(1 / (0.75 ** 2 / 100 + 0.25 ** 2 / 400), 9);
    expect(found.low).toBeLessThan(found.mean - 1.95 * se);
    expect(found.high).toBeGreaterThan(found.mean + 1.95 * se);
  });

  test('EX16: in proportion to the ratings it is the plain mean, with as many ratings as there are', () => {
    const found = postStratified([
      { counts: desk, contacts: 1 },
      { counts: web, contacts: 4 },
    ])!;
    expect(found.mean).toBeCloseTo((100 * 8 + 400 * 6) / 500, 12);
    expect(found.effectiveN).toBeCloseTo(500, 9);
  });

  test('EX16: a channel with contacts but hardly a rating leaves it unknown; one without contacts does not', () => {
    const empty = histogramOf([8]);
    expect(
      postStratified([
        { counts: desk, contacts: 1 },
        { counts: empty, contacts: 1 },
      ]),
    ).toBeNull();
    expect(
      postStratified([
        { counts: desk, contacts: 1 },
        { counts: empty, contacts: 0 },
      ])!.mean,
    ).toBe(8);
    expect(postStratified([])).toBeNull();
  });
});
