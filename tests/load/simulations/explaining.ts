import type { ExplainDimension, ExplainedFigures } from '#shared/contract/explanation.ts';
import { explain } from '#shared/core/explain/explain.ts';
import { type Outcome, type Run, repeat } from './outcome.ts';
import { meanOf, type Shape, seeded, shapes, withMean } from './random.ts';
import { draw, type Kind } from './world.ts';

interface City {
  name: string;
  dimensions: ExplainDimension[];
  base: Kind[];
  current: Kind[];
  n: [number, number];
}

function explainings(run: Run, city: City, look: (found: ExplainedFigures) => void): void {
  const random = seeded(run.seed);
  repeat(run, () => {
    const base = draw(city.base, city.n[0], random);
    const current = draw(city.current, city.n[1], random);
    look(explain({ dimensions: city.dimensions, base, current, comparable: true }));
  });
}

/** Desks of unequal size with levels of their own; nothing else. */
export function desks(count: number, shape: Shape): Kind[] {
  const middle = meanOf(shapes[shape]);
  return Array.from({ length: count }, (_, i) => ({
    keys: [`desk-${i}`],
    weight: 1 + (i % 5),
    grades: withMean(shapes[shape], middle + ((i % 7) - 3) * 0.15),
  }));
}

/** Channels × desks × products × dayparts: 2 desks per channel, so 8 × 12 × 3 cells, most of them sparse. */
export function wholeCity(
  shape: Shape,
  change: { move?: (keys: string[]) => number; grow?: (keys: string[]) => number } = {},
): Kind[] {
  const middle = meanOf(shapes[shape]);
  const list: Kind[] = [];
  for (let desk = 0; desk < 8; desk++)
    for (let product = 0; product < 12; product++)
      for (let part = 0; part < 3; part++) {
        const keys = [`channel-${desk >> 1}`, `desk-${desk}`, `product-${product}`, `part-${part}`];
        const level = middle + ((desk >> 1) - 1.5) * 0.2 - ((product % 4) - 1.5) * 0.5 - (part - 1) * 0.15;
        const grade = Math.max(1.5, Math.min(9.5, level + (change.move?.(keys) ?? 0)));
        const weight = (8 - desk) * (12 - product) * (3 - part) * (change.grow?.(keys) ?? 1);
        list.push({ keys, weight, grades: withMean(shapes[shape], grade) });
      }
  return list;
}
const everything: ExplainDimension[] = ['channel', 'touchpoint', 'product', 'daypart'];

/** Nothing changes: how often is any segment claimed, or a change explained? */
export function falseExplanations(run: Run, shape: Shape, n: [number, number], whole = false): Outcome {
  const kinds = whole ? wholeCity(shape) : desks(30, shape);
  const dimensions: ExplainDimension[] = whole ? everything : ['touchpoint'];
  let wrong = 0;
  explainings(run, { name: '', dimensions, base: kinds, current: kinds, n }, (found) => {
    const explained = found.verdict === 'explained' || found.verdict === 'partly-explained';
    if (explained || found.segments.some((segment) => segment.claimed)) wrong++;
  });
  const name = `nothing changes, ${shape}, ${whole ? 'four dimensions' : '30 desks'}, ${n.join(' against ')} ratings: something is explained`;
  return { name, value: wrong / run.runs, least: 0, most: 0.07, runs: run.runs };
}

/** Shares shift towards products with lower grades; every segment keeps its grades. */
export function mixOnly(run: Run, shape: Shape, n: [number, number]): Outcome[] {
  const grow = ([, , product]: string[]) => (Number(product!.split('-')[1]) % 4 === 3 ? 5 : 1);
  let called = 0;
  let blamed = 0;
  const city = { base: wholeCity(shape), current: wholeCity(shape, { grow }), n };
  explainings(run, { name: '', dimensions: everything, ...city }, (found) => {
    const { low, high, value } = found.mix;
    const mix = (high! < 0 || low! > 0) && value! / found.change.value! >= 0.75;
    if (found.verdict === 'explained' && mix) called++;
    if (found.segments.some((segment) => segment.claimed)) blamed++;
  });
  const name = `only shares change, ${shape}, ${n.join(' against ')} ratings`;
  return [
    { name: `${name}: called mix`, value: called / run.runs, least: 0.93, most: 1, runs: run.runs },
    { name: `${name}: a segment is blamed`, value: blamed / run.runs, least: 0, most: 0.07, runs: run.runs },
  ];
}

/** One product at one desk falls: its desk and product must be claimed, and no other desk or product. */
export function plantedCause(run: Run, shape: Shape, n: [number, number]): Outcome[] {
  const move = (keys: string[]) => (keys[1] === 'desk-1' ? -1.5 : 0);
  let named = 0;
  let others = 0;
  const city = { base: wholeCity(shape), current: wholeCity(shape, { move }), n };
  explainings(run, { name: '', dimensions: everything, ...city }, (found) => {
    const claimed = found.segments.filter((segment) => segment.claimed);
    const explained = found.verdict === 'explained' && found.sentences.nl.join(' ').includes('desk-1');
    if (explained && claimed.some((segment) => segment.key === 'desk-1')) named++;
    if (claimed.some((one) => one.dimension === 'touchpoint' && one.key !== 'desk-1')) others++;
  });
  const name = `one desk falls, ${shape}, ${n.join(' against ')} ratings`;
  return [
    { name: `${name}: it is named`, value: named / run.runs, least: 0.93, most: 1, runs: run.runs },
    { name: `${name}: another desk is`, value: others / run.runs, least: 0, most: 0.07, runs: run.runs },
  ];
}

/** Everybody grades lower by one point: the least share of it that is called within, and the mean. */
export function uniformFall(run: Run, shape: Shape, n: [number, number]): Outcome {
  const city = { base: wholeCity(shape), current: wholeCity(shape, { move: () => -1 }), n };
  let enough = 0;
  explainings(run, { name: '', dimensions: everything, ...city }, ({ within, change }) => {
    if (within.value! / change.value! >= 0.9) enough++;
  });
  const name = `all fall alike, ${shape}, four dimensions, ${n.join(' against ')} ratings: at least 90 % is within`;
  return { name, value: enough / run.runs, least: 0.93, most: 1, runs: run.runs };
}
