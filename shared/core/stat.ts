import type { Figures, Stat, Verdict } from '../contract/figures.ts';
import { limits } from '../contract/limits.ts';
import { gradeOfSmiley, gradesOf, moments, smileysOf } from './histogram.ts';
import { student975 } from './student.ts';

const lowest = 1;
const highest = 10;
const clip = (value: number) => Math.min(highest, Math.max(lowest, value));

/** Tuned to be tightest at 500 ratings for alpha .05: Waudby-Smith et al., Time-uniform central limit theory. */
const rho2 = 0.01641833;
const alpha = 0.05;

/** Half the width, for a unit standard deviation, of the asymptotic confidence sequence at time `t`. */
export const unitLiveMargin = (t: number): number =>
  Math.sqrt(((2 * (t * rho2 + 1)) / (t * t * rho2)) * Math.log(Math.sqrt(t * rho2 + 1) / alpha));

/**
 * The figures of one histogram. Mean and standard deviation (n − 1) are those of the answers. The 95 % interval is a
 * t-interval after adding two pseudo-grades, 1 and 10 (df = n + 1), clipped to 1 … 10: it keeps its coverage on skewed
 * grades, and is not centred on the mean. `liveLow … liveHigh` stays valid however often one looks.
 */
export function figuresOf(
  histogram: readonly number[],
  gradeOf?: (step: number) => number,
  hidden = false,
): Figures {
  const { n, sum, squares } = moments(histogram, gradeOf);
  const enough = n < limits.indicative ? 'none' : n < limits.enough ? 'indicative' : 'yes';
  const none = { mean: null, sd: null, low: null, high: null, margin: null, liveLow: null, liveHigh: null };
  if (enough === 'none' || hidden) return { n, ...none, histogram: [...histogram], enough };

  const mean = sum / n;
  const sd = Math.sqrt(Math.max(0, squares - sum * mean) / (n - 1));
  const m = n + 2;
  const shifted = (sum + lowest + highest) / m;
  const variance = (squares + lowest ** 2 + highest ** 2 - m * shifted ** 2) / (m - 1);
  const half = student975(m - 1) * Math.sqrt(variance / m);
  const low = clip(shifted - half);
  const high = clip(shifted + half);
  const live = Math.sqrt(variance) * unitLiveMargin(m);
  return {
    n,
    mean,
    sd,
    low,
    high,
    margin: (high - low) / 2,
    liveLow: n < limits.enough ? null : clip(shifted - live),
    liveHigh: n < limits.enough ? null : clip(shifted + live),
    histogram: [...histogram],
    enough,
  };
}

/** By the interval: the peek-safe one while the period still runs. No interval decides nothing. */
export function verdictOf(figures: Figures, target: number, running: boolean): Verdict {
  const low = running ? figures.liveLow : figures.low;
  const high = running ? figures.liveHigh : figures.high;
  if (low === null || high === null) return 'undecided';
  return low >= target ? 'met' : high < target ? 'not-met' : 'undecided';
}

/** Grades and smileys of one group, each as its own figures, never pooled. */
export function statOf(
  counts: readonly number[],
  options: { mixedMethods?: boolean; target?: number | undefined; running?: boolean } = {},
): Stat {
  const mixedMethods = options.mixedMethods ?? false;
  const asked = figuresOf(gradesOf(counts), undefined, mixedMethods);
  const smileys = smileysOf(counts);
  const stat: Stat = { ...asked, mixedMethods };
  if (smileys.some((count) => count > 0)) stat.derived = figuresOf(smileys, gradeOfSmiley, mixedMethods);
  if (options.target !== undefined) {
    stat.target = options.target;
    stat.verdict = verdictOf(asked, options.target, options.running ?? false);
  }
  return stat;
}
