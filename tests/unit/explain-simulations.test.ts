import { describe, expect, test } from 'vitest';
import { coverage, oneDimension, threeDimensions } from '../load/simulations/coverage.ts';
import { falseExplanations, mixOnly, plantedCause, uniformFall } from '../load/simulations/explaining.ts';
import { holds, type Outcome } from '../load/simulations/outcome.ts';
import { type Shape, shapes } from '../load/simulations/random.ts';
import { watching } from '../load/simulations/watching.ts';

const everyShape = Object.keys(shapes) as Shape[];
const expectHeld = (outcomes: Outcome[]) => expect(outcomes.filter((outcome) => !holds(outcome))).toEqual([]);

describe('against cities in which the truth is known', () => {
  test.each(everyShape)('EX12: on %s grades 93 to 97 of 100 intervals hold the truth', (shape) => {
    const run = { runs: 1000, seed: 1 };
    const one = { kinds: oneDimension(shape), dimensions: ['product' as const] };
    expectHeld(coverage(run, { name: shape, n: [600, 700], ...one }));
    expectHeld(coverage(run, { name: shape, n: [200, 2000], ...one }));
  });

  test('EX12: of three dimensions too', () => {
    const world = { name: 'three', kinds: threeDimensions('usual'), n: [6000, 6000] as [number, number] };
    expectHeld(coverage({ runs: 800, seed: 1 }, { ...world, dimensions: ['channel', 'product', 'daypart'] }));
  });

  test.each(everyShape)(
    'EX7: where nothing changes, on %s grades at most 7 of 100 times something is explained',
    (shape) => {
      const run = { runs: 300, seed: 2 };
      expectHeld([falseExplanations(run, shape, [1500, 1500]), falseExplanations(run, shape, [600, 6000])]);
      expectHeld([falseExplanations({ runs: 200, seed: 2 }, shape, [600, 6000], true)]);
    },
  );

  test.each(everyShape)(
    'EX11: where only shares change, on %s grades that is called mix and no segment is blamed',
    (shape) => {
      expectHeld(mixOnly({ runs: 100, seed: 3 }, shape, [10_000, 10_000]));
    },
  );

  test.each(everyShape)('EX11: a desk that fell is named, on %s grades, and no other desk is', (shape) => {
    expectHeld(plantedCause({ runs: 100, seed: 3 }, shape, [5000, 5000]));
  });

  test.each(everyShape)(
    'EX5: a uniform fall of 1,500 ratings over four dimensions is at least 90 %% within, on %s grades',
    (shape) => {
      expectHeld([uniformFall({ runs: 200, seed: 4 }, shape, [750, 750])]);
    },
  );

  test.each(everyShape)(
    'EX15: whoever looks after every rating of a year sees a false alarm in at most 6 of 100 years, on %s grades',
    (shape) => {
      expectHeld([watching({ runs: 300, seed: 6 }, shape, 3000)]);
    },
  );
});
