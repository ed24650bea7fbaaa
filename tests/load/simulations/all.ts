import { coverage, oneDimension, threeDimensions } from './coverage.ts';
import { delay, falseAlarms } from './detecting.ts';
import { falseExplanations, mixOnly, plantedCause, uniformFall } from './explaining.ts';
import type { Outcome, Run } from './outcome.ts';
import { bell, type Shape, shapes } from './random.ts';
import { watching } from './watching.ts';

const everyShape = Object.keys(shapes) as Shape[];

/** A part of the soak: its name, how many runs it makes at size 1, and what it does. */
export interface Part {
  name: string;
  runs: number;
  simulate: (run: Run) => Outcome[];
}

const coverageParts = everyShape.flatMap((shape): Part[] => [
  ...(
    [
      [600, 700],
      [200, 2000],
      [3000, 4000],
    ] as const
  ).map(
    ([before, after]): Part => ({
      name: 'coverage',
      runs: 4000,
      simulate: (run) =>
        coverage(run, {
          ...{ name: `8 products, ${shape}, ${before} against ${after} ratings`, n: [before, after] },
          ...{ kinds: oneDimension(shape), dimensions: ['product'] },
        }),
    }),
  ),
  {
    name: 'coverage',
    runs: 4000,
    simulate: (run) =>
      coverage(run, {
        ...{ name: `4 × 6 × 3 cells, ${shape}, 6000 against 6000 ratings`, n: [6000, 6000] },
        ...{ kinds: threeDimensions(shape), dimensions: ['channel', 'product', 'daypart'] },
      }),
  },
]);

const explainParts = everyShape.flatMap((shape): Part[] => [
  ...[[1500, 1500] as [number, number], [600, 6000] as [number, number]].flatMap((n): Part[] => [
    { name: 'nothing', runs: 3000, simulate: (run) => [falseExplanations(run, shape, n)] },
    { name: 'nothing', runs: 1500, simulate: (run) => [falseExplanations(run, shape, n, true)] },
  ]),
  { name: 'mix', runs: 1000, simulate: (run) => mixOnly(run, shape, [10_000, 10_000]) },
  { name: 'cause', runs: 1000, simulate: (run) => plantedCause(run, shape, [5000, 5000]) },
  { name: 'uniform', runs: 1500, simulate: (run) => [uniformFall(run, shape, [750, 750])] },
]);

const watchParts = everyShape.map(
  (shape): Part => ({
    ...{ name: 'watching', runs: 1000, simulate: (run) => [watching(run, shape, 20_000)] },
  }),
);

const detectParts: Part[] = [
  ...(
    [
      [0.33, 220],
      [0.56, 120],
      [1.1, 55],
    ] as const
  ).map(([fall, most]): Part => ({ name: 'alarm', runs: 4000, simulate: (run) => [delay(run, fall, most)] })),
  ...(
    [
      ['usual', bell(7.5, 2)],
      ['flat', shapes.flat],
      ['skewed', shapes.skewed],
    ] as const
  ).map(
    ([name, grades]): Part => ({
      ...{ name: 'alarm', runs: 4000, simulate: (run) => [falseAlarms(run, name, grades)] },
    }),
  ),
];

export const parts: readonly Part[] = [...coverageParts, ...explainParts, ...watchParts, ...detectParts];
