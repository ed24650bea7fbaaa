/** How many ratings it takes to see something, and what could have been seen. Grades in points of 1 to 10. */

/**
 * z with P(Z ≤ z) = p of the standard normal: Acklam's rational approximation, refined by one Halley step on erfc
 * (relative error below 1e-9).
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687];
  const a2 = [138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  ];
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838];
  const c2 = [-2.549732539343734, 4.374664141464968, 2.938163982698783];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const poly = (x: number, ...factors: number[]) => factors.reduce((sum, factor) => sum * x + factor, 0);
  let z: number;
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    z = poly(q, ...c, ...c2) / poly(q, ...d, 1);
  } else {
    const q = p - 0.5;
    z = (poly(q * q, ...a, ...a2) * q) / poly(q * q, ...b, 1);
  }
  const error = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
  return z - error / (1 + (z * error) / 2);
}

/** P(Z ≤ z): series of Marsaglia (2004) near 0, continued fraction in the tails. */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < -4) {
    let fraction = -z;
    for (let k = 60; k > 0; k--) fraction = -z + k / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + density * sum;
}

export const level = 0.05;
export const power = 0.8;

/** z of a two-sided test at .05, of `tests` by Bonferroni (Holm's first step), plus z of 80 % power: 2.8016 for one. */
const distance = (tests: number) => normalQuantile(1 - level / 2 / tests) + normalQuantile(power);

/** The smallest true effect that is found with 80 % power when its standard error is `se`. */
export const detectable = (se: number, tests = 1): number => distance(Math.max(1, tests)) * se;

/**
 * Ratings per period for 80 % power to find `effect`: n = (z + z_.8)² · V / effect², where V is the variance of one
 * rating in the one period plus that in the other (for a change of a mean: s0² + s1²).
 */
export const neededPerPeriod = (effect: number, variance: number, tests = 1): number =>
  Math.ceil((distance(Math.max(1, tests)) ** 2 * variance) / effect ** 2);

/** Ratings per group for a 95 % margin of `margin` on the difference of two means: n = 1.96² · (s0² + s1²) / margin². */
export const neededForMargin = (margin: number, variance: number): number =>
  Math.ceil((normalQuantile(1 - level / 2) ** 2 * variance) / margin ** 2);
