/**
 * Looking at many at once. Adjusted p-values, in the order in which they came: below .05 is a finding.
 */

function adjusted(
  p: readonly number[],
  descending: boolean,
  factor: (rank: number, m: number) => number,
  worst: (a: number, b: number) => number,
): number[] {
  const order = p.map((_, i) => i).sort((a, b) => (p[a]! - p[b]!) * (descending ? -1 : 1));
  const result = new Array<number>(p.length).fill(1);
  let run = descending ? 1 : 0;
  order.forEach((i, place) => {
    const rank = descending ? p.length - place : place + 1;
    run = worst(run, Math.min(1, p[i]! * factor(rank, p.length)));
    result[i] = run;
  });
  return result;
}

/**
 * Holm (1979), A simple sequentially rejective multiple test procedure: p(i) · (m − i + 1), never decreasing. The chance
 * of even one false finding stays below the level, however the tests hang together.
 */
export const holm = (p: readonly number[]): number[] =>
  adjusted(p, false, (rank, m) => m - rank + 1, Math.max);

/**
 * Benjamini and Hochberg (1995): p(i) · m / i, never increasing from the largest down. Bounds the share of false ones
 * among the findings: only for lists that say they are for exploring.
 */
export const benjaminiHochberg = (p: readonly number[]): number[] =>
  adjusted(p, true, (rank, m) => m / rank, Math.min);
