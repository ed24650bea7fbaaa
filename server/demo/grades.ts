import type { Random } from './random.ts';

/**
 * How people spread their answers, as counts per answer: mostly 7 and 8, a tail of very low grades, some tens. The
 * form stays, the mean is moved by exponential tilting: weight × e^(θ × answer), with θ such that the mean is exact.
 */
export const shapes = {
  survey: [2, 1, 2, 3, 7, 17, 31, 27, 6, 4],
  desk: [2, 1, 2, 2, 4, 9, 24, 32, 14, 10],
  digital: [6, 3, 4, 5, 8, 15, 24, 22, 8, 5],
  web: [8, 5, 5, 6, 9, 15, 22, 18, 6, 6],
  phone: [5, 2, 3, 3, 5, 10, 24, 28, 11, 9],
  smileys: [4, 4, 10, 38, 44],
} as const satisfies Record<string, readonly number[]>;
export type Shape = keyof typeof shapes;

function tilted(weights: readonly number[], theta: number) {
  const tiltedWeights = weights.map((weight, i) => weight * Math.exp(theta * (i + 1)));
  const total = tiltedWeights.reduce((sum, weight) => sum + weight, 0);
  return tiltedWeights.map((weight) => weight / total);
}
const meanOf = (chances: readonly number[]) => chances.reduce((sum, chance, i) => sum + chance * (i + 1), 0);

function chancesFor(shape: Shape, mean: number): number[] {
  let low = -5;
  let high = 5;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (meanOf(tilted(shapes[shape], middle)) < mean) low = middle;
    else high = middle;
  }
  return tilted(shapes[shape], (low + high) / 2);
}

const known = new Map<string, number[]>();

/** One answer (1 is the lowest) of a population with this form and this mean. */
export function drawAnswer(random: Random, shape: Shape, mean: number): number {
  const hundredths = Math.round(mean * 100);
  const key = `${shape} ${hundredths}`;
  let chances = known.get(key);
  if (!chances) {
    chances = chancesFor(shape, hundredths / 100);
    known.set(key, chances);
  }
  let left = random.next();
  for (let i = 0; i < chances.length; i++) {
    left -= chances[i] ?? 0;
    if (left < 0) return i + 1;
  }
  return chances.length;
}
