import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '#shared/core/multiple.ts';

const published = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205];
const close = (list: number[], digits = 12) => list.map((value) => expect.closeTo(value, digits));
const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

describe('looking at many at once', () => {
  test('EX7: Holm gives the numbers of p.adjust in R', () => {
    expect(holm(published)).toEqual(close([0.008, 0.056, 0.234, 0.234, 0.234, 0.234, 0.234, 0.234]));
  });

  test('EX7: Holm keeps the order in which they came', () => {
    expect(holm([0.04, 0.001, 0.03])).toEqual(close([0.06, 0.003, 0.06]));
    expect(holm([])).toEqual([]);
  });

  test('EX7: Holm never makes one smaller, keeps who is smallest, and ends at 1', () => {
    fc.assert(
      fc.property(chances, (p) => {
        const adjusted = holm(p);
        for (const [i, value] of adjusted.entries()) {
          expect(value).toBeGreaterThanOrEqual(p[i]!);
          expect(value).toBeLessThanOrEqual(1);
          for (const [j, other] of p.entries())
            if (p[i]! < other) expect(value).toBeLessThanOrEqual(adjusted[j]!);
        }
      }),
    );
  });

  test('EX18: Benjamini and Hochberg give the numbers of p.adjust in R', () => {
    expect(benjaminiHochberg(published)).toEqual(
      close([0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.592 / 7, 0.205]),
    );
  });

  test('EX18: an exploring list finds at least what Holm finds', () => {
    fc.assert(
      fc.property(chances, (p) => {
        const strict = holm(p);
        for (const [i, value] of benjaminiHochberg(p).entries())
          expect(value).toBeLessThanOrEqual(strict[i]! + 1e-12);
      }),
    );
  });

  test('EX7: of thirty without any difference, 76 in a hundred times one would be found, with Holm 5', () => {
    expect(1 - 0.95 ** 30).toBeGreaterThan(0.76);
    const oneOf = (p: number) => [p, ...new Array<number>(29).fill(0.5)];
    expect(holm(oneOf(0.04))[0]).toBe(1);
    expect(holm(oneOf(0.05 / 30 + 1e-6))[0]).toBeGreaterThan(0.05);
    expect(holm(oneOf(0.05 / 30 - 1e-6))[0]).toBeLessThan(0.05);
  });
});
