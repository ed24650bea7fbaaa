import { isAlarm, startState, step, usualVariance } from '#shared/core/detector.ts';
import { type Outcome, type Run, repeat } from './outcome.ts';
import { bell, drawer, meanOf, type Random, seeded } from './random.ts';

const threshold = 1000;

/** Ratings until the alarm; at most `most`, so that a mean over runs is never too high. */
function runLength(draw: (random: Random) => number, m0: number, most: number, random: Random): number {
  let state = startState();
  while (state.n < most) {
    state = step(state, draw(random) + 1, m0, usualVariance);
    if (isAlarm(state, threshold)) break;
  }
  return state.n;
}

function meanLength(run: Run, grades: readonly number[], m0: number, most: number): number {
  const random = seeded(run.seed);
  const draw = drawer(grades);
  let total = 0;
  repeat(run, () => {
    total += runLength(draw, m0, most, random);
  });
  return total / run.runs;
}

/** Nothing falls: the mean number of ratings to a false alarm, at A = 1,000. */
export function falseAlarms(run: Run, name: string, grades: readonly number[]): Outcome {
  const value = meanLength(run, grades, meanOf(grades), 20 * threshold);
  const most = Number.POSITIVE_INFINITY;
  return {
    ...{ name: `nothing falls, ${name}, A = 1,000: ratings to a false alarm`, value, runs: run.runs },
    ...{ least: threshold, most },
  };
}

/** The grade falls by so much from the first rating on: the mean number of ratings to the alarm. */
export function delay(run: Run, fall: number, most: number): Outcome {
  const value = meanLength(run, bell(7.5 - fall, 2), 7.5, 100 * threshold);
  const name = `a fall of ${fall}, A = 1,000: ratings to the alarm`;
  return { name, value, least: 1, most, runs: run.runs };
}
