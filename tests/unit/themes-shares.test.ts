import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moments } from '#shared/core/histogram.ts';
import { changeOfShare, type ThemePeriod, themeChanges, wilson } from '#shared/core/themes/shares.ts';
import { seededRandom } from '#shared/core/words/random.ts';

const times = (n: number, ...grades: number[]) =>
  Array.from({ length: 10 }, (_, i) => n * grades.filter((grade) => grade === i + 1).length);
const meanOf = (histogram: readonly number[]) => moments(histogram).sum / moments(histogram).n;
const plus = (a: readonly number[], b: readonly number[]) => a.map((count, i) => count + (b[i] ?? 0));
const period = (mention: number[], rest: number[]): ThemePeriod => ({
  all: plus(mention, rest),
  themes: { a: mention },
});
const changeOf = (base: ThemePeriod, current: ThemePeriod) => themeChanges(base, current)[0]!;
const histogram = (max: number) => fc.array(fc.nat({ max }), { minLength: 10, maxLength: 10 });

describe('themes of two periods', () => {
  test('TH7: share, grade and what the others did add up to the change of the mean, exactly', () => {
    fc.assert(
      fc.property(histogram(40), histogram(40), histogram(400), histogram(400), (t0, t1, r0, r1) => {
        const n = [t0, t1, r0, r1].map((each) => moments(each).n);
        fc.pre(n.every((count) => count >= 10));
        const [base, current] = [period(t0, r0), period(t1, r1)];
        const { fromShare, fromGrade } = changeOf(base, current);
        const restShare = (n[2]! / (n[0]! + n[2]!) + n[3]! / (n[1]! + n[3]!)) / 2;
        const others = restShare * (meanOf(r1) - meanOf(r0));
        const change = meanOf(current.all) - meanOf(base.all);
        expect(fromShare!.value + fromGrade!.value + others).toBeCloseTo(change, 9);
      }),
    );
  });

  test('TH7: worked by hand: waiting is mentioned twice as often, and graded one lower', () => {
    // 20 of 100 mention it with a 6 in the mean, then 40 of 100 with a 5; the others stay at 8.
    const base = period(times(10, 5, 7), times(40, 7, 9));
    const current = period(times(20, 4, 6), times(30, 7, 9));
    const { fromShare, fromGrade, shareChange, base: was, current: is } = changeOf(base, current);
    expect(fromShare!.value).toBeCloseTo(0.2 * (5.5 - 8), 12);
    expect(fromGrade!.value).toBeCloseTo(0.3 * -1, 12);
    expect(meanOf(current.all) - meanOf(base.all)).toBeCloseTo(-0.8, 12);
    expect(shareChange!.value).toBeCloseTo(0.2, 12);
    expect([was.n, is.n, was.mean!.value, is.mean!.value]).toEqual([20, 40, 6, 5]);
    expect(fromShare!.high).toBeCloseTo(fromShare!.value + 1.959964 * fromShare!.se, 6);
  });

  test('TH8: a share has the interval of Wilson, its change that of Newcombe, as he published them', () => {
    // Newcombe 1998, Statistics in Medicine 17: 81/263, and 56/70 against 48/80 by method 10.
    expect(wilson(81, 263)).toMatchObject({ value: 81 / 263 });
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    const change = changeOfShare(wilson(48, 80), wilson(56, 70));
    expect(change.value).toBeCloseTo(0.2, 12);
    expect(change.low).toBeCloseTo(0.0524, 4);
    expect(change.high).toBeCloseTo(0.3339, 4);
    expect(wilson(0, 20).low).toBeCloseTo(0, 12);
    expect(wilson(20, 20).high).toBeCloseTo(1, 12);
  });

  test('TH8: below ten mentions there is no mean and nothing from the grade; a new theme adds by its share', () => {
    const base = period(times(3, 4), times(50, 8, 9));
    const current = period(times(30, 4), times(50, 8, 9));
    const { base: was, current: is, fromShare, fromGrade } = changeOf(base, current);
    expect(was).toMatchObject({ n: 3, mean: null });
    expect(is.mean!.value).toBe(4);
    expect(fromGrade).toBeNull();
    expect(fromShare!.value).toBeCloseTo((30 / 130 - 3 / 103) * (4 - 8.5), 12);
    expect(fromShare!.high).toBeLessThan(0);
  });

  test('TH8: without comments, or with the theme in nearly all of them, nothing is said that is not known', () => {
    const none = period(times(1), times(1));
    const some = period(times(30, 4), times(50, 8));
    expect(changeOf(none, some)).toMatchObject({
      base: { n: 0, share: null, mean: null },
      ...{ shareChange: null, fromShare: null, fromGrade: null },
    });
    const all = period(times(30, 4), times(5, 8));
    expect(changeOf(all, some)).toMatchObject({ fromShare: null, fromGrade: null });
  });

  test('TH8: themes of either period are listed once', () => {
    const base = { all: times(50, 8), themes: { a: times(20, 8) } };
    const current = { all: times(50, 8), themes: { b: times(20, 8) } };
    expect(themeChanges(base, current).map(({ theme }) => theme)).toEqual(['a', 'b']);
  });

  test('TH9: the standard errors are those that follow from moving each count a little', () => {
    type Cells = [t0: number[], r0: number[], t1: number[], r1: number[]];
    const contributions = ([t0, r0, t1, r1]: Cells) => changeOf(period(t0, r0), period(t1, r1));
    /** The infinitesimal jackknife: ψ is N times what one comment more of that kind would do. */
    const jackknife = (cells: Cells, of: 'fromShare' | 'fromGrade') => {
      const h = 1e-4;
      const moved = (cell: number, grade: number, by: number) =>
        contributions(
          cells.map((counts, c) => counts.map((n, g) => (c === cell && g === grade ? n + by : n))) as Cells,
        )[of]!.value;
      let variance = 0;
      for (const pair of [
        [0, 1],
        [2, 3],
      ] as const) {
        const parts = pair.flatMap((cell) =>
          cells[cell].map((count, grade) => ({
            count,
            slope: (moved(cell, grade, h) - moved(cell, grade, -h)) / (2 * h),
          })),
        );
        const n = parts.reduce((sum, { count }) => sum + count, 0);
        const mean = parts.reduce((sum, { count, slope }) => sum + count * slope, 0) / n;
        variance +=
          (parts.reduce((sum, { count, slope }) => sum + count * (slope - mean) ** 2, 0) * n) / (n - 1);
      }
      return Math.sqrt(variance);
    };
    fc.assert(
      fc.property(histogram(8), histogram(60), histogram(20), histogram(60), (t0, r0, t1, r1) => {
        const more = (counts: number[], by: number) => counts.map((count) => count + by);
        // Ten mentions lie at the edge, where a little less changes the method.
        fc.pre(t0.some((count) => count > 0));
        const known: Cells = [more(t0, 1), more(r0, 1), more(t1, 2), more(r1, 1)];
        expect(contributions(known).fromShare!.se).toBeCloseTo(jackknife(known, 'fromShare'), 6);
        expect(contributions(known).fromGrade!.se).toBeCloseTo(jackknife(known, 'fromGrade'), 6);
        const few: Cells = [times(1, 2, 5, 9), more(r0, 1), more(t1, 2), more(r1, 1)];
        expect(contributions(few).fromShare!.se).toBeCloseTo(jackknife(few, 'fromShare'), 6);
      }),
      { numRuns: 40 },
    );
  });

  test('TH9: the margins of both contributions hold in 93 to 97 of 100 cases', () => {
    const random = seededRandom(20);
    const grade = (shares: readonly number[]) => {
      const draw = random();
      let below = 0;
      for (const [i, share] of shares.entries()) {
        below += share;
        if (draw < below) return i + 1;
      }
      return shares.length;
    };
    // Skewed: who mentions it is mostly unhappy or mostly not, and more do so in the second period.
    const worlds = [
      { share: 0.1, mention: [0.3, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.1, 0.05, 0.05], n: 900 },
      { share: 0.16, mention: [0.4, 0.15, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.03, 0.02], n: 700 },
    ] as const;
    const rest = [0.03, 0.01, 0.01, 0.02, 0.03, 0.05, 0.15, 0.3, 0.25, 0.15];
    const mean = (shares: readonly number[]) => shares.reduce((sum, share, i) => sum + share * (i + 1), 0);
    const [before, after] = worlds;
    const gap = (mean(before.mention) + mean(after.mention)) / 2 - mean(rest);
    const truth = {
      fromShare: (after.share - before.share) * gap,
      fromGrade: ((before.share + after.share) / 2) * (mean(after.mention) - mean(before.mention)),
    };
    const runs = 2000;
    const covered = { fromShare: 0, fromGrade: 0 };
    for (let run = 0; run < runs; run++) {
      const [base, current] = worlds.map(({ share, mention, n }) => {
        const [a, b] = [times(1), times(1)];
        for (let i = 0; i < n; i++) {
          if (random() < share) a[grade(mention) - 1]!++;
          else b[grade(rest) - 1]!++;
        }
        return period(a, b);
      });
      const change = changeOf(base!, current!);
      for (const of of ['fromShare', 'fromGrade'] as const)
        if (change[of]!.low <= truth[of] && truth[of] <= change[of]!.high) covered[of]++;
    }
    for (const count of Object.values(covered)) {
      expect(count / runs).toBeGreaterThanOrEqual(0.93);
      expect(count / runs).toBeLessThanOrEqual(0.97);
    }
  });
});
