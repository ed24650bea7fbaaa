import { limits } from '../contract/limits.ts';
import { moments } from './histogram.ts';

/** How the grades lie apart. Shares of 0 to 1; the rest in grade points. */
export interface Spread {
  n: number;
  /** 1 to 5 (onvoldoende), 6 and 7, 8 to 10. */
  low: number;
  middle: number;
  high: number;
  sd: number;
  p10: number;
  p50: number;
  p90: number;
}

/** The lowest grade that at least this share of the ratings does not exceed (type 1 of Hyndman and Fan 1996). */
export function quantile(histogram: readonly number[], share: number): number {
  const n = histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let i = 0; i < histogram.length; i++) {
    below += histogram[i]!;
    // Counts are whole: the small number keeps .1 × 30 from being more than 3.
    if (histogram[i]! > 0 && below >= share * n - 1e-9) return i + 1;
  }
  return Number.NaN;
}

/** Null below ten ratings: too few to tell, and too few to be nobody in particular. */
export function spreadOf(counts: readonly number[]): Spread | null {
  const grades = counts.slice(0, 10);
  const { n, sum, squares } = moments(grades);
  if (n < limits.indicative) return null;
  const share = (from: number, to: number) =>
    grades.slice(from - 1, to).reduce((all, count) => all + count, 0) / n;
  return {
    ...{ n, low: share(1, 5), middle: share(6, 7), high: share(8, 10) },
    sd: Math.sqrt(Math.max(0, squares - sum ** 2 / n) / (n - 1)),
    ...{ p10: quantile(grades, 0.1), p50: quantile(grades, 0.5), p90: quantile(grades, 0.9) },
  };
}

/**
 * Which groups may be published beside their total: those with at least `least` ratings, unless a hidden one would
 * follow by difference. What is hidden together must hold `least` ratings (so of two groups at least); if not, the
 * smallest of the others is hidden too. Empty groups hide nothing and stay.
 */
export function publishable(sizes: readonly number[], least: number = limits.indicative): boolean[] {
  const shown = sizes.map((n) => n === 0 || n >= least);
  const hidden = () => sizes.filter((_, i) => !shown[i]);
  while (hidden().length > 0) {
    const sum = hidden().reduce((all, n) => all + n, 0);
    if (sum >= least) break;
    let next = -1;
    for (const [i, n] of sizes.entries()) if (shown[i] && n > 0 && (next < 0 || n < sizes[next]!)) next = i;
    if (next < 0) break;
    shown[next] = false;
  }
  return shown;
}
