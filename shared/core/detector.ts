/**
 * The alarm for a fall: an e-SR detector in betting form (Shin, Ramdas and Rinaldo 2024, E-detectors). It bets against
 * "the mean is still at least m0": with x = (grade − 1)/9, for every size of fall j
 *
 *   M_j ← (M_j + 1) · (1 + λ_j · (m0 − x)),  E = mean of M_j,  alarm at E ≥ A
 *
 * As long as the mean is at least m0 the average number of ratings to a false alarm is at least A, whatever the
 * distribution of the grades, and m0 may differ from one rating to the next (channel, part of the day).
 */

/** Falls that it bets on, in grade points. */
export const falls = [0.2, 0.4, 0.8, 1.5, 2.5] as const;
/** Variance of the grades on the scale of 0 to 1, from a standard deviation in grade points. */
export const varianceOf = (sd: number): number => (sd / 9) ** 2;
/** When nothing else is known: a standard deviation of two grade points. */
export const usualVariance = varianceOf(2);

/** All that has to be kept between two ratings: plain numbers, fit for JSON. */
export interface DetectorState {
  /** Ratings since the start. */
  n: number;
  /** M_j per size of fall. */
  evidence: readonly number[];
  /** E after the last rating. */
  e: number;
}

export const startState = (): DetectorState => ({ n: 0, evidence: falls.map(() => 0), e: 0 });

/**
 * The state after one more rating. `m0` is the mean to be held for this rating, in grade points (see `heldMean`);
 * `v` the variance of x there. λ_j = min(δ_j/(v + δ_j²), .99/(1 − m0)): nearly the bet that
 * grows fastest under a fall of δ_j, and never so high that one 10 ruins it.
 */
export function step(
  state: DetectorState,
  grade: number,
  m0: number,
  v: number = usualVariance,
): DetectorState {
  const x = (grade - 1) / 9;
  const held = (m0 - 1) / 9;
  const cap = held < 1 ? 0.99 / (1 - held) : Number.POSITIVE_INFINITY;
  const evidence = falls.map((fall, j) => {
    const delta = fall / 9;
    const bet = Math.min(delta / (v + delta * delta), cap);
    return ((state.evidence[j] ?? 0) + 1) * (1 + bet * (held - x));
  });
  const e = evidence.reduce((sum, m) => sum + m, 0) / evidence.length;
  return { n: state.n + 1, evidence, e };
}

/** A: ratings per year of this detector × number of detectors, so that all together give about one false alarm a year. */
export const thresholdOf = (ratingsPerYear: number, detectors: number): number =>
  Math.max(1, ratingsPerYear * detectors);

export const isAlarm = (state: DetectorState, threshold: number): boolean => state.e >= threshold;

/**
 * m0 from a stated window before: its mean less a tolerance of at least two standard errors of that mean, so that a
 * reference that came out too high by chance raises no alarm. Never below 1.
 */
export const heldMean = (reference: { mean: number; sd: number; n: number }, tolerance = 0): number =>
  Math.max(1, reference.mean - Math.max(tolerance, (2 * reference.sd) / Math.sqrt(reference.n)));
