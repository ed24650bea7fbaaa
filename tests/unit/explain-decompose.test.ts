import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decompose } from '#shared/core/explain/decompose.ts';
import { estimates } from '#shared/core/explain/influence.ts';
import { type Cell, emptyMoments, type Moments, tableOf } from '#shared/core/explain/table.ts';

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);
const momentsOf = (n: number[], mean: number[]): Moments => ({
  ...emptyMoments(n.length),
  n: Float64Array.from(n),
  sum: Float64Array.from(n, (size, i) => size * mean[i]!),
});
const cellsOf = (histograms: number[][]): Cell[] =>
  histograms.map((counts, i) => ({ keys: [`${i}`], counts }));
const decomposed = (base: number[][], current: number[][]) => {
  const table = tableOf(['product'], cellsOf(base), cellsOf(current));
  return { table, ...decompose(table.base, table.current) };
};

const histogram = fc.oneof(
  fc.constant(new Array<number>(10).fill(0)),
  fc.array(fc.nat({ max: 40 }), { minLength: 10, maxLength: 10 }),
);
const period = (segments: number) =>
  fc.array(histogram, { minLength: segments, maxLength: segments }).filter((list) => total(list.flat()) >= 2);

describe('the change of a mean, divided over segments', () => {
  test('EX1: Das Gupta (1993), example 5.1: from 44.7268 to 47.6940, 1.2269 by age and 1.7403 by rates', () => {
    const size0 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9];
    const size1 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5];
    const rate0 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8];
    const rate1 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2];
    const result = decompose(momentsOf(size0, rate0), momentsOf(size1, rate1));
    const half = 0.00005;
    expect(Math.abs(result.meanBase - 44.7268)).toBeLessThanOrEqual(half);
    expect(Math.abs(result.meanCurrent - 47.694)).toBeLessThanOrEqual(half);
    expect(Math.abs(result.mixTotal - 1.2269)).toBeLessThanOrEqual(half);
    expect(Math.abs(result.withinTotal - 1.7403)).toBeLessThanOrEqual(half);
  });

  test('EX1: mix and within of all segments add up to the change, with empty segments too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((k) => fc.tuple(period(k), period(k))),
        ([base, current]) => {
          const { mix, within, change, mixTotal, withinTotal } = decomposed(base, current);
          expect(Math.abs(total(mix) + total(within) - change)).toBeLessThan(1e-9);
          expect(Math.abs(mixTotal + withinTotal - change)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  test('EX1: worked by hand: shares from half to a quarter, grades 6 and 8 to 5 and 8', () => {
    const at = (grade: number, n: number) => Array.from({ length: 10 }, (_, i) => (i + 1 === grade ? n : 0));
    const { change, mix, within } = decomposed([at(6, 50), at(8, 50)], [at(5, 25), at(8, 75)]);
    // Means 7 and 7.25; middle 7.125. Shares .5 → .25 and .5 → .75.
    expect(change).toBeCloseTo(0.25, 12);
    expect([...mix]).toEqual([-0.25 * (5.5 - 7.125), 0.25 * (8 - 7.125)].map((x) => expect.closeTo(x, 12)));
    expect([...within]).toEqual([0.375 * -1, 0].map((x) => expect.closeTo(x, 12)));
  });

  test('EX2: a new segment is mix = share × distance to the middle, a gone one its opposite, and neither is within', () => {
    const at = (grade: number, n: number) => Array.from({ length: 10 }, (_, i) => (i + 1 === grade ? n : 0));
    const { mix, within, newGone, mixTotal } = decomposed(
      [at(7, 80), at(0, 0), at(4, 20)],
      [at(7, 70), at(9, 30), at(0, 0)],
    );
    // Means 6.4 and 7.6, middle 7.
    expect([...mix]).toEqual([0, 0.3 * 2, -0.2 * -3].map((x) => expect.closeTo(x, 12)));
    expect([...within]).toEqual([0, 0, 0]);
    expect(newGone).toBeCloseTo(1.2, 12);
    expect(mixTotal).toBeCloseTo(1.2, 12);
  });
});

describe('standard errors by influence functions', () => {
  /** Every rating by itself, with the formulas as they are printed. */
  function byHand(base: number[][], current: number[][]) {
    const sizes = (list: number[][]) => list.map((counts) => total(counts));
    const [n0, n1] = [sizes(base), sizes(current)];
    const [N0, N1] = [total(n0), total(n1)];
    const mean = (counts: number[]) =>
      counts.reduce((sum, n, i) => sum + n * (i + 1), 0) / (total(counts) || 1);
    const [m0, m1] = [base.map(mean), current.map(mean)];
    const w0 = n0.map((n) => n / N0);
    const w1 = n1.map((n) => n / N1);
    const both = w0.map((w, g) => w > 0 && w1[g]! > 0);
    const a = w0.map((w, g) => (w + w1[g]!) / 2);
    const d = w0.map((_, g) => (both[g] ? m1[g]! - m0[g]! : 0));
    const s = w0.map((w, g) => (both[g] ? (m0[g]! + m1[g]!) / 2 : w > 0 ? m0[g]! : m1[g]!));
    const factor = both.map((is) => (is ? 0.5 : 1));
    const sum = (w: number[], x: number[]) => w.reduce((all, share, g) => all + share * x[g]!, 0);
    const each = (list: number[][], psi: (g: number, y: number) => number) =>
      list.flatMap((counts, g) => counts.flatMap((n, i) => new Array<number>(n).fill(psi(g, i + 1))));
    const variance = (list: number[]) => {
      const middle = total(list) / list.length;
      return list.reduce((all, x) => all + (x - middle) ** 2, 0) / (list.length - 1);
    };
    const se = (psi1: number[], psi0: number[]) =>
      Math.sqrt(variance(psi1) / psi1.length + variance(psi0) / psi0.length);
    const within = (g: number, y: number, w: number[], m: number[]) =>
      both[g] ? (a[g]! * (y - m[g]!)) / w[g]! : 0;
    return {
      mix: se(
        each(
          current,
          (g, y) => s[g]! - sum(w1, s) + (factor[g]! * (w1[g]! - w0[g]!) * (y - m1[g]!)) / w1[g]!,
        ),
        each(
          base,
          (g, y) => -(s[g]! - sum(w0, s)) + (factor[g]! * (w1[g]! - w0[g]!) * (y - m0[g]!)) / w0[g]!,
        ),
      ),
      within: se(
        each(current, (g, y) => within(g, y, w1, m1) + (d[g]! - sum(w1, d)) / 2),
        each(base, (g, y) => -within(g, y, w0, m0) + (d[g]! - sum(w0, d)) / 2),
      ),
      segment: (h: number) =>
        se(
          each(
            current,
            (g, y) => (g === h ? within(g, y, w1, m1) : 0) + (d[h]! * ((g === h ? 1 : 0) - w1[h]!)) / 2,
          ),
          each(
            base,
            (g, y) => (g === h ? -within(g, y, w0, m0) : 0) + (d[h]! * ((g === h ? 1 : 0) - w0[h]!)) / 2,
          ),
        ),
    };
  }

  test('EX3: errors from the histograms are those of every rating by itself, in all segments and in total', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((k) => fc.tuple(period(k), period(k))),
        ([base, current]) => {
          const { table, forms, mix, within, mixTotal, withinTotal } = decomposed(base, current);
          const hand = byHand(base, current);
          const close = (found: number, se: number) => expect(Math.abs(found - se)).toBeLessThan(1e-6);
          close(estimates(table, forms.mix, [mixTotal])[0]!.se, hand.mix);
          close(estimates(table, forms.within, [withinTotal])[0]!.se, hand.within);
          const ownerOf = table.codes[0]!;
          const owned = estimates(table, forms.within, within, { ownerOf, owners: mix.length });
          for (const [h, estimate] of owned.entries()) close(estimate.se, hand.segment(h));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('EX3: the influence of a rating is what a little more of it does to the figure, new and gone ones included', () => {
    const base = [
      [0, 0, 3, 1, 2, 8, 20, 30, 9, 4],
      [2, 1, 0, 3, 4, 9, 12, 6, 2, 1],
      [5, 4, 6, 7, 3, 2, 1, 0, 0, 0],
    ];
    const current = [
      [1, 0, 2, 2, 5, 9, 15, 22, 6, 3],
      [3, 1, 1, 2, 6, 8, 20, 9, 5, 2],
    ];
    current.push(new Array<number>(10).fill(0), [0, 0, 0, 0, 0, 1, 4, 9, 12, 7]);
    base.push(new Array<number>(10).fill(0));
    const found = decomposed(base, current);
    const step = 1e-6;
    /** Var(ψ)/N with ψ from a little more weight on each grade of each segment in turn. */
    const variance = (
      periods: [number[][], number[][]],
      at: 0 | 1,
      figure: 'mixTotal' | 'withinTotal' | 'newGone',
    ) => {
      const N = total(periods[at].flat());
      const psi = periods[at].flatMap((counts, g) =>
        counts.map((n, i) => {
          const more = structuredClone(periods);
          more[at][g]![i]! += step * N;
          const moved = n === 0 ? 0 : decomposed(...more)[figure] - found[figure];
          return { n, moved: (moved * (1 + step)) / step };
        }),
      );
      const mean = psi.reduce((sum, { n, moved }) => sum + n * moved, 0) / N;
      return psi.reduce((sum, { n, moved }) => sum + n * (moved - mean) ** 2, 0) / (N - 1) / N;
    };
    for (const [name, figure] of [
      ['mix', 'mixTotal'],
      ['within', 'withinTotal'],
      ['newGone', 'newGone'],
    ] as const) {
      const se = Math.sqrt(variance([base, current], 0, figure) + variance([base, current], 1, figure));
      expect(estimates(found.table, found.forms[name], [found[figure]])[0]!.se).toBeCloseTo(se, 5);
    }
  });

  test('EX3: on days that share a shock the margin is that of the sums per day, and never narrower without', () => {
    const flat = [0, 0, 0, 0, 0, 5, 5, 0, 0, 0];
    const high = [0, 0, 0, 0, 0, 0, 0, 5, 5, 0];
    const days = (counts: number[][]): Cell[] => counts.map((c, day) => ({ keys: ['a'], counts: c, day }));
    const shocks = Array.from({ length: 20 }, (_, day) => (day % 2 ? flat : high));
    const level = Array.from({ length: 20 }, () => flat.map((n, i) => (n + high[i]!) / 2));
    const seOf = (base: Cell[], current: Cell[]) => {
      const table = tableOf(['product'], base, current);
      const { forms, withinTotal } = decompose(table.base, table.current);
      return estimates(table, forms.within, [withinTotal])[0]!;
    };
    const shared = seOf(days(shocks), days(shocks));
    // Day sums are ±10, so per period 20/19 · 20 · 100 / 200².
    expect(shared.se).toBeCloseTo(Math.sqrt((2 * (20 / 19) * 20 * 100) / 200 ** 2), 9);
    const without = days(level).map(({ keys, counts }) => ({ keys, counts }));
    expect(seOf(days(level), days(level)).se).toBeCloseTo(seOf(without, without).se, 12);
  });
});
