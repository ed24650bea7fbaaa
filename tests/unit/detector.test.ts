import { describe, expect, test } from 'vitest';
import * as detector from '#shared/core/detector.ts';
import { delay, falseAlarms } from '../load/simulations/detecting.ts';
import { bell, shapes } from '../load/simulations/random.ts';

const { heldMean, isAlarm, startState, step, thresholdOf, usualVariance, varianceOf } = detector;
const stateAfter = (grades: number[], m0: number, v?: number) =>
  grades.reduce((state, grade) => step(state, grade, m0, v), startState());

describe('the alarm for a fall', () => {
  test('EX14: with 7.5 to be held, 8, 7, 9 and 6 make E .919802, 2.072272, 2.329303 and 4.092', () => {
    const grades = [8, 7, 9, 6];
    const path = grades.map((_, i) => stateAfter(grades.slice(0, i + 1), 7.5).e);
    const published = [0.919802, 2.072272, 2.329303, 4.092];
    for (const [i, e] of path.entries()) expect(Math.abs(e - published[i]!)).toBeLessThanOrEqual(1e-6);
    expect(usualVariance).toBeCloseTo((2 / 9) ** 2, 15);
  });

  test('EX14: what is kept between two ratings survives being written down', () => {
    const kept = stateAfter([8, 7], 7.5);
    const read = JSON.parse(JSON.stringify(kept)) as typeof kept;
    expect(step(read, 9, 7.5)).toEqual(step(kept, 9, 7.5));
    expect(stateAfter([8, 7], 7.5)).toEqual(kept);
  });

  test('EX14: a 10 never ruins the evidence, however little spread there is', () => {
    for (const m0 of [1, 5, 9.9, 10]) {
      const state = stateAfter([1, 1, 10], m0, varianceOf(0.1));
      for (const m of state.evidence) expect(m).toBeGreaterThan(0);
      expect(Number.isFinite(state.e)).toBe(true);
    }
  });

  test('EX14: lower grades are more evidence, and the alarm goes at the threshold', () => {
    expect(stateAfter([6, 6, 6], 7.5).e).toBeGreaterThan(stateAfter([7, 7, 7], 7.5).e);
    const state = stateAfter([1, 1, 1], 7.5);
    expect(isAlarm(state, state.e)).toBe(true);
    expect(isAlarm(state, state.e + 1e-9)).toBe(false);
  });

  test('EX14: a threshold is ratings per year times detectors; the held mean leaves at least two standard errors', () => {
    expect(thresholdOf(12_000, 20)).toBe(240_000);
    expect(heldMean({ mean: 7.5, sd: 2, n: 1600 })).toBeCloseTo(7.4, 12);
    expect(heldMean({ mean: 7.5, sd: 2, n: 1600 }, 0.3)).toBeCloseTo(7.2, 12);
    expect(heldMean({ mean: 1.1, sd: 2, n: 10 })).toBe(1);
  });

  test.each([
    ['usual', bell(7.5, 2)],
    ['flat', shapes.flat],
    ['skewed', shapes.skewed],
  ])(
    'EX14: while nothing falls, %s grades take at least A ratings to a false alarm on average',
    (name, grades) => {
      const { value, least } = falseAlarms({ runs: 1000, seed: 3 }, name, grades);
      expect(value).toBeGreaterThanOrEqual(least);
    },
  );

  test.each([
    [0.33, 220],
    [0.56, 120],
    [1.1, 55],
  ])('EX14: at A = 1,000 a fall of %d is found within %d ratings on average', (fall, most) => {
    expect(delay({ runs: 1000, seed: 4 }, fall, most).value).toBeLessThanOrEqual(most);
  });
});
