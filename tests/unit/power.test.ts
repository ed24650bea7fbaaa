import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  detectable,
  neededForMargin,
  neededPerPeriod,
  normalCdf,
  normalQuantile,
} from '#shared/core/power.ts';

describe('the normal curve', () => {
  test.each([
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.995, 2.5758293035489004],
    [0.5, 0],
    [1e-6, -4.753424308822899],
    [1 - 0.05 / 60, 3.143980287069073],
  ])('EX13: z of %d is %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 8);
  });

  test('EX13: quantile and chance are each other’s inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-10, max: 1 - 1e-10, noNaN: true }), (p) => {
        expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('how many ratings it takes', () => {
  test('EX13: at a standard deviation of 2, half a point takes 252 ratings per period and a tenth 6,280', () => {
    // (1.959964 + .841621)² · (4 + 4) / effect²
    expect(neededPerPeriod(0.5, 8)).toBe(252);
    expect(neededPerPeriod(0.1, 8)).toBe(6280);
    expect(neededPerPeriod(-0.5, 8)).toBe(252);
  });

  test('EX13: what so many can see is what so many are needed for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 100_000 }), fc.integer({ min: 1, max: 200 }), (n, tests) => {
        const smallest = detectable(Math.sqrt(8 / n), tests);
        expect(Math.abs(neededPerPeriod(smallest, 8, tests) - n)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('EX13: one of thirty takes more than one alone', () => {
    expect(detectable(0.1)).toBeCloseTo(0.28015852, 7);
    expect(detectable(0.1, 30)).toBeCloseTo(0.1 * (3.143980287 + 0.8416212336), 7);
  });

  test('EX10: two ways of asking side by side take 769 ratings each for a margin of .2', () => {
    expect(neededForMargin(0.2, 8)).toBe(769);
  });
});
