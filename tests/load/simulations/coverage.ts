import type { ExplainDimension } from '#shared/contract/explanation.ts';
import { type Cell, explain } from '#shared/core/explain/explain.ts';
import { type Outcome, type Run, repeat } from './outcome.ts';
import { meanOf, type Shape, seeded, shapes, withMean } from './random.ts';
import { draw, type Kind, truth } from './world.ts';

/** One dimension of eight segments whose shares and grades change, some small. */
export function oneDimension(shape: Shape): [Kind[], Kind[]] {
  const middle = meanOf(shapes[shape]);
  const kinds = (weights: number[], moves: number[]): Kind[] =>
    weights.map((weight, i) => ({
      keys: [`p${i}`],
      weight,
      grades: withMean(shapes[shape], middle + ((i % 4) - 1.5) * 0.4 + moves[i]!),
    }));
  return [
    kinds([20, 18, 16, 14, 12, 9, 6, 5], [0, 0, 0, 0, 0, 0, 0, 0]),
    kinds([14, 22, 12, 18, 12, 6, 10, 6], [-0.3, 0, 0.2, 0, -0.5, 0, 0.3, 0]),
  ];
}

/** Three dimensions, 4 × 6 × 3, in which products shift and one channel falls: many cells are sparse. */
export function threeDimensions(shape: Shape): [Kind[], Kind[]] {
  const middle = meanOf(shapes[shape]);
  const kinds = (after: boolean): Kind[] => {
    const list: Kind[] = [];
    for (let c = 0; c < 4; c++)
      for (let p = 0; p < 6; p++)
        for (let d = 0; d < 3; d++) {
          const level = middle + (c - 1.5) * 0.2 + ((p % 3) - 1) * 0.5 - d * 0.2;
          const move = after && c === 0 ? -0.4 : 0;
          list.push({
            keys: [`c${c}`, `p${p}`, `d${d}`],
            weight: (4 - c) * (after && p < 2 ? 9 - p : 6 - p) * (3 - d),
            grades: withMean(shapes[shape], Math.max(2, Math.min(9.6, level + move))),
          });
        }
    return list;
  };
  return [kinds(false), kinds(true)];
}

/** How often the 95 % intervals hold the truth: of change, mix, within, and of the segments on average. */
export function coverage(
  run: Run,
  world: {
    name: string;
    kinds: [Kind[], Kind[]];
    dimensions: ExplainDimension[];
    n: [number, number];
    small?: boolean;
  },
): Outcome[] {
  const { kinds, dimensions, n } = world;
  const right = truth(...kinds);
  const random = seeded(run.seed);
  const held = { change: 0, mix: 0, within: 0, segments: 0 };
  let segments = 0;
  repeat(run, () => {
    const base: Cell[] = draw(kinds[0], n[0], random);
    const current: Cell[] = draw(kinds[1], n[1], random);
    const found = explain({ dimensions, base, current, comparable: true });
    for (const name of ['change', 'mix', 'within'] as const) {
      const { low, high } = found[name];
      if (low! <= right[name] && right[name] <= high!) held[name]++;
    }
    for (const segment of found.segments) {
      if (segment.low === null) continue;
      const at = dimensions.indexOf(segment.dimension);
      const own = right.parts.filter((part) => part.keys[at] === segment.key);
      const within = own.reduce((sum, part) => sum + part.within, 0);
      segments++;
      if (segment.low <= within && within <= segment.high!) held.segments++;
    }
  });
  const outcome = (name: string, value: number): Outcome => ({
    ...{ name: `${world.name}: interval of ${name} holds the truth`, value, runs: run.runs },
    ...{ least: 0.93, most: 0.97 },
  });
  return [
    outcome('change', held.change / run.runs),
    outcome('mix', held.mix / run.runs),
    outcome('within', held.within / run.runs),
    outcome('segments', held.segments / segments),
  ];
}
