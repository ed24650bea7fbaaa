import { figuresOf } from '#shared/core/stat.ts';
import { type Outcome, type Run, repeat } from './outcome.ts';
import { drawer, meanOf, type Shape, seeded, shapes } from './random.ts';

/** Somebody looks at the peek-safe interval after every rating of a year: how often does it ever miss the truth? */
export function watching(run: Run, shape: Shape, perYear: number): Outcome {
  const random = seeded(run.seed);
  const grade = drawer(shapes[shape]);
  const truth = meanOf(shapes[shape]);
  let fooled = 0;
  repeat(run, () => {
    const histogram = new Array<number>(10).fill(0);
    for (let n = 1; n <= perYear; n++) {
      histogram[grade(random)]!++;
      if (n < 30) continue;
      const { liveLow, liveHigh } = figuresOf(histogram);
      if (liveLow! <= truth && truth <= liveHigh!) continue;
      fooled++;
      break;
    }
  });
  const name = `looking after each of ${perYear} ratings, ${shape}: a false alarm in the year`;
  return { name, value: fooled / run.runs, least: 0, most: 0.06, runs: run.runs };
}
