/** Figures as they are printed: one decimal, half up, from exact counts. */
import { moments } from './histogram.ts';

/** Half up at one decimal of a figure that somebody wrote down: 7.25 is 7.3, and 6.15 too, whatever bits it is made of. */
export const printedGrade = (grade: number): number => Math.floor(grade * 10 + 0.5 + 1e-9) / 10;

/** The mean of ten counts as it is printed, without a rounding in between; null without any. */
export function printedMean(histogram: readonly number[]): number | null {
  const { n, sum } = moments(histogram);
  return n === 0 ? null : Math.floor((20 * sum + n) / (2 * n)) / 10;
}

/** Whether a target is met, comparing both as printed: 7,0 against 7,0 is. Null while one of them is not known. */
export const isMet = (target: number | null, realised: number | null): boolean | null =>
  target === null || realised === null ? null : printedGrade(realised) >= printedGrade(target);
