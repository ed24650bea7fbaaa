export { seededRandom as seeded } from '../../../shared/core/words/random.ts';

export type Random = () => number;

/** Draws 0 … weights.length − 1, as often as their weights say. */
export function drawer(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ends = new Float64Array(weights.length);
  let end = 0;
  for (let i = 0; i < weights.length; i++) {
    end += weights[i]! / total;
    ends[i] = end;
  }
  return (random) => {
    const at = random();
    let low = 0;
    let high = weights.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < ends[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Grades of 1 to 10 as people give them. */
export const shapes = {
  /** Mean 7.5, standard deviation 2: what the delays of the alarm are stated for. */
  usual: [2, 2, 2, 3, 6, 12, 20, 25, 16, 12],
  flat: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  /** Most people are content and some are not at all. */
  skewed: [5, 1, 1, 1, 1, 2, 4, 15, 30, 40],
} as const;
export type Shape = keyof typeof shapes;

export const meanOf = (weights: readonly number[]): number => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, i) => sum + weight * (i + 1), 0) / total;
};
export const sdOf = (weights: readonly number[]): number => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = meanOf(weights);
  return Math.sqrt(weights.reduce((sum, weight, i) => sum + weight * (i + 1 - mean) ** 2, 0) / total);
};

/** The same form with another mean: weights × e^(θ · grade), θ by bisection. */
export function withMean(weights: readonly number[], mean: number): number[] {
  const tilted = (theta: number) => weights.map((weight, i) => weight * Math.exp(theta * (i - 5)));
  let low = -8;
  let high = 8;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (meanOf(tilted(middle)) < mean) low = middle;
    else high = middle;
  }
  return tilted((low + high) / 2);
}

/** Mean and standard deviation both: a discrete bell, bent until they fit. */
export function bell(mean: number, sd: number): number[] {
  const at = (width: number) =>
    withMean(
      Array.from({ length: 10 }, (_, i) => Math.exp(-((i + 1 - 5.5) ** 2) / (2 * width ** 2))),
      mean,
    );
  let low = 0.3;
  let high = 100;
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(low * high);
    if (sdOf(at(middle)) < sd) low = middle;
    else high = middle;
  }
  return at(Math.sqrt(low * high));
}
