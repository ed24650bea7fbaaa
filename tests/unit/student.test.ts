import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta, student975, studentCdf } from '#shared/core/student.ts';

describe('Student’s t', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, and R's qt(.975, df).
  test.each([
    [1, 12.7062, 5e-5],
    [2, 4.30265, 5e-6],
    [10, 2.22814, 5e-6],
    [29, 2.04523, 5e-6],
    [100, 1.98397, 5e-6],
    [1000, 1.96234, 5e-6],
  ])('ST2: the published quantile for %d degrees of freedom is %d', (df, published, half) => {
    expect(Math.abs(student975(df) - published)).toBeLessThanOrEqual(half);
  });

  // By mpmath 1.3.0, in 40 digits.
  test.each([
    [100, 1.983971518523552],
    [1000, 1.962339080826408],
    [5000, 1.960438551706507],
    [250_000, 1.959973473670135],
  ])('ST2: the quantile for %d degrees of freedom is right to twelve digits', (df, exact) => {
    expect(Math.abs(student975(df) - exact)).toBeLessThan(1e-12);
  });

  test('ST2: with many degrees of freedom it is the normal quantile', () => {
    expect(student975(1_000_000)).toBeCloseTo(1.959964 + 2.4e-6, 5);
  });

  test('ST2: the quantile stays away from what .025 of the answers exceed, for any degrees of freedom', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (df) => {
        expect(studentCdf(student975(df), df)).toBeCloseTo(0.975, 9);
        expect(student975(df + 1)).toBeLessThan(student975(df));
      }),
    );
  });

  test('ST2: the distribution is symmetric, and for one and two degrees of freedom the known formula', () => {
    for (const t of [-30, -2.5, -0.3, 0, 0.7, 1.96, 12]) {
      expect(studentCdf(t, 7) + studentCdf(-t, 7)).toBeCloseTo(1, 12);
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
    }
  });

  test('ST2: the incomplete beta function ends at 0 and 1', () => {
    expect(incompleteBeta(2, 3, 0)).toBe(0);
    expect(incompleteBeta(2, 3, 1)).toBe(1);
    expect(incompleteBeta(2, 3, 0.4)).toBeCloseTo(0.5248, 10);
  });
});
