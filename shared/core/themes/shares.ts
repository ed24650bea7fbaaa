/**
 * How often comments mention a theme in two periods, what grade goes with it, and how much both add to the change of the
 * grade. All of it from histograms: one of all comments of a period, and one of those that mention the theme.
 *
 * For each theme the comments are two segments, T that mention it and R that do not, with shares w and means m:
 *
 *   share  = (w1T − w0T) · (sT − sR)             with s = (m0 + m1) / 2
 *   grade  = (w0T + w1T) / 2 · (m1T − m0T)
 *   others = (w0R + w1R) / 2 · (m1R − m0R)
 *
 * share + grade + others = the change of the mean, exactly (Kitagawa, Components of a Difference Between Two Rates, JASA
 * 50, 1955). A comment may mention several themes, so the contributions of different themes do not add up.
 *
 * Where a period has fewer than ten comments with the theme, its mean there is not known well enough: `grade` is null, s
 * of the theme is its mean over both periods, and what little its grade did is part of `others`.
 *
 * Margins of contributions: influence functions, SE² = var(ψ1)/N1 + var(ψ0)/N0, and 1.96 SE. With a = (w0 + w1)/2:
 * - grade:  ψ1 = 1[T]·a(y − m1T)/w1T + ½(m1T − m0T)(1[T] − w1T), and ψ0 with − for the first term
 * - share:  ψ1 = (1[T] − w1T)(sT − sR) + (w1T − w0T)(½·1[T](y − m1T)/w1T − ½·1[R](y − m1R)/w1R), and ψ0 with − for the
 *   first term; where the mean is that of both periods, (y − sT)·N/(n0 + n1) in the place of ½(y − m1T)/w1T
 * Margins of a share: Wilson's interval; of its change: Newcombe's, Statistics in Medicine 17, 1998, method 10.
 */
import { limits } from '../../contract/limits.ts';
import { moments } from '../histogram.ts';
import { figuresOf } from '../stat.ts';

const z975 = 1.959963984540054;

export interface Interval {
  value: number;
  low: number;
  high: number;
}
export interface Contribution extends Interval {
  /** Standard error, for who corrects for looking at many themes. */
  se: number;
}

/** The ten counts of all comments of a period, and by theme of those that mention it. */
export interface ThemePeriod {
  all: readonly number[];
  themes: Readonly<Record<string, readonly number[]>>;
}

export interface ThemeInPeriod {
  n: number;
  /** `null` without comments. */
  share: Interval | null;
  /** `null` below ten mentions. */
  mean: Interval | null;
}

export interface ThemeChange {
  theme: string;
  base: ThemeInPeriod;
  current: ThemeInPeriod;
  shareChange: Interval | null;
  /** What each adds to the change of the mean of all comments; `null` where too little is known. */
  fromShare: Contribution | null;
  fromGrade: Contribution | null;
}

/** Wilson's 95 % interval of a share. */
export function wilson(count: number, n: number): Interval {
  const value = count / n;
  const z2 = z975 ** 2;
  const middle = (count + z2 / 2) / (n + z2);
  const half = (z975 / (n + z2)) * Math.sqrt((count * (n - count)) / n + z2 / 4);
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The change of a share from `base` to `current`. */
export function changeOfShare(base: Interval, current: Interval): Interval {
  const value = current.value - base.value;
  const below = Math.hypot(current.value - current.low, base.high - base.value);
  const above = Math.hypot(current.high - current.value, base.value - base.low);
  return { value, low: value - below, high: value + above };
}

interface Segment {
  n: number;
  share: number;
  mean: number;
  counts: readonly number[];
}

const segmentOf = (counts: readonly number[], all: number): Segment => {
  const { n, sum } = moments(counts);
  return { n, share: n / all, mean: n > 0 ? sum / n : 0, counts };
};

/** var(ψ) / N over the comments of one period. */
function varianceOf(parts: readonly (readonly [Segment, (grade: number) => number])[], n: number): number {
  let sum = 0;
  let squares = 0;
  for (const [{ counts }, psi] of parts) {
    for (let i = 0; i < counts.length; i++) {
      const [count, value] = [counts[i] ?? 0, psi(i + 1)];
      sum += count * value;
      squares += count * value * value;
    }
  }
  return Math.max(0, squares - (sum * sum) / n) / (n - 1) / n;
}

const contributionOf = (value: number, variance: number): Contribution => {
  const se = Math.sqrt(variance);
  return { value, low: value - z975 * se, high: value + z975 * se, se };
};

interface Period {
  n: number;
  theme: Segment;
  rest: Segment;
}

function periodOf(all: readonly number[], theme: readonly number[]): Period {
  const { n } = moments(all);
  const rest = all.map((count, i) => count - (theme[i] ?? 0));
  return { n, theme: segmentOf(theme, n), rest: segmentOf(rest, n) };
}

function fromGrade(base: Period, current: Period): Contribution {
  const a = (base.theme.share + current.theme.share) / 2;
  const d = current.theme.mean - base.theme.mean;
  const variance = ({ n, theme, rest }: Period, sign: 1 | -1) =>
    varianceOf(
      [
        [theme, (y) => (sign * a * (y - theme.mean)) / theme.share + (d / 2) * (1 - theme.share)],
        [rest, () => (d / 2) * -theme.share],
      ],
      n,
    );
  return contributionOf(a * d, variance(base, -1) + variance(current, 1));
}

function fromShare(base: Period, current: Period): Contribution {
  const known = Math.min(base.theme.n, current.theme.n) >= limits.indicative;
  const both = base.theme.n + current.theme.n;
  const themeMean = known
    ? (base.theme.mean + current.theme.mean) / 2
    : (base.theme.mean * base.theme.n + current.theme.mean * current.theme.n) / both;
  const gap = themeMean - (base.rest.mean + current.rest.mean) / 2;
  const dw = current.theme.share - base.theme.share;
  const variance = ({ n, theme, rest }: Period, sign: 1 | -1) =>
    varianceOf(
      [
        [
          theme,
          (y) => {
            const ofMean = known ? (y - theme.mean) / theme.share / 2 : ((y - themeMean) * n) / both;
            return sign * gap * (1 - theme.share) + dw * ofMean;
          },
        ],
        [rest, (y) => -sign * gap * theme.share - (dw * (y - rest.mean)) / rest.share / 2],
      ],
      n,
    );
  return contributionOf(dw * gap, variance(base, -1) + variance(current, 1));
}

function inPeriod({ n, theme }: Period): ThemeInPeriod {
  const { mean, low, high } = figuresOf(theme.counts);
  return {
    n: theme.n,
    share: n > 0 ? wilson(theme.n, n) : null,
    mean: mean === null ? null : { value: mean, low: low!, high: high! },
  };
}

/** Every theme that is mentioned in either period. */
export function themeChanges(base: ThemePeriod, current: ThemePeriod): ThemeChange[] {
  const themes = [...new Set([...Object.keys(base.themes), ...Object.keys(current.themes)])];
  return themes.map((theme) => {
    const before = periodOf(base.all, base.themes[theme] ?? []);
    const after = periodOf(current.all, current.themes[theme] ?? []);
    const [was, is] = [inPeriod(before), inPeriod(after)];
    const others = Math.min(before.rest.n, after.rest.n) >= limits.indicative;
    const both = before.theme.n + after.theme.n >= limits.indicative;
    const each = Math.min(before.theme.n, after.theme.n) >= limits.indicative;
    return {
      theme,
      base: was,
      current: is,
      shareChange: was.share && is.share ? changeOfShare(was.share, is.share) : null,
      fromShare: others && both ? fromShare(before, after) : null,
      fromGrade: others && each ? fromGrade(before, after) : null,
    };
  });
}
