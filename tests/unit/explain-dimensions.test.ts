import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainDimensions } from '#shared/contract/explanation.ts';
import { decompose } from '#shared/core/explain/decompose.ts';
import { type Cell, explain } from '#shared/core/explain/explain.ts';
import { groundOf, isOneSided, mergedPartition } from '#shared/core/explain/partition.ts';
import { allSegments } from '#shared/core/explain/segments.ts';
import { shapley, shapleyWeight } from '#shared/core/explain/shapley.ts';
import { grouped, tableOf } from '#shared/core/explain/table.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** Cells of up to four dimensions, many of them small or in one period only. */
const cell = (k: number): fc.Arbitrary<Cell> =>
  fc.record({
    keys: fc.array(fc.integer({ min: 0, max: 3 }).map(String), { minLength: k, maxLength: k }),
    counts: fc.oneof(
      fc.array(fc.nat({ max: 1 }), { minLength: 10, maxLength: 10 }),
      fc.array(fc.nat({ max: 12 }), { minLength: 10, maxLength: 10 }),
    ),
  });
const period = (k: number) =>
  fc
    .array(cell(k), { minLength: 1, maxLength: 40 })
    .filter((cells) => sum(cells.flatMap((one) => one.counts)) >= 10);
const question = fc.integer({ min: 1, max: 4 }).chain((k) => fc.tuple(fc.constant(k), period(k), period(k)));
const names = (k: number) => explainDimensions.slice(0, k);
const asked = (k: number, base: Cell[], current: Cell[]) =>
  explain({ dimensions: names(k), base, current, comparable: true });

describe('several dimensions', () => {
  test('EX1: mix and within add up to the change, with one to four dimensions and cells of any size', () => {
    fc.assert(
      fc.property(question, ([k, base, current]) => {
        const { change, mix, within } = asked(k, base, current);
        expect(Math.abs(mix.value! + within.value! - change.value!)).toBeLessThan(1e-9);
      }),
    );
  });

  test('EX4: what belongs to each dimension adds up to the mix effect', () => {
    fc.assert(
      fc.property(question, ([k, base, current]) => {
        const { mix, dimensions } = asked(k, base, current);
        expect(dimensions.map(({ key }) => key)).toEqual(names(k));
        expect(Math.abs(sum(dimensions.map(({ value }) => value!)) - mix.value!)).toBeLessThan(1e-9);
        for (const { low, value, high } of dimensions) expect(low! <= value! && value! <= high!).toBe(true);
      }),
    );
  });

  test('EX4: the order of dimensions and of cells has no say', () => {
    fc.assert(
      fc.property(question, ([k, base, current]) => {
        const turn = (cells: Cell[]) =>
          cells.map(({ keys, counts }) => ({ keys: [...keys].reverse(), counts })).reverse();
        const input = { base: turn(base), current: turn(current), comparable: true };
        const turned = explain({ dimensions: names(k).reverse(), ...input });
        const straight = asked(k, base, current);
        for (const name of ['change', 'mix', 'within', 'newGone'] as const)
          for (const end of ['value', 'low', 'high'] as const)
            expect(turned[name][end]).toBeCloseTo(straight[name][end]!, 9);
        for (const share of straight.dimensions)
          expect(turned.dimensions.find(({ key }) => key === share.key)!.value).toBeCloseTo(share.value!, 9);
        expect(turned.verdict).toBe(straight.verdict);
      }),
    );
  });

  test('EX4: the cells in another order are answered to the last digit the same', () => {
    fc.assert(
      fc.property(question, ([k, base, current]) => {
        const turned = asked(k, [...base].reverse(), [...current].reverse());
        expect(turned).toEqual(asked(k, base, current));
      }),
    );
  });

  test('EX4: Shapley weights are those of the mean over all orders', () => {
    for (let k = 1; k <= 4; k++)
      for (let d = 0; d < k; d++) {
        const weights = Array.from({ length: 1 << k }, (_, subset) => shapleyWeight(subset, d, k));
        expect(sum(weights)).toBeCloseTo(0, 12);
        expect(sum(weights.filter((weight) => weight > 0))).toBeCloseTo(1, 12);
      }
    // Of three, added last in two orders of six.
    expect(shapleyWeight(0b111, 0, 3)).toBeCloseTo(1 / 3, 12);
  });

  test('EX4: of two dimensions each gets half of what both do alone and what it adds to the other', () => {
    const at = (grade: number, n: number) => Array.from({ length: 10 }, (_, i) => (i + 1 === grade ? n : 0));
    const cells = (sizes: number[]): Cell[] =>
      [
        ['a', 'x', 5],
        ['a', 'y', 7],
        ['b', 'x', 6],
        ['b', 'y', 9],
      ].map(([one, two, grade], i) => ({
        keys: [String(one), String(two)],
        counts: at(Number(grade), sizes[i]!),
      }));
    const [base, current] = [cells([100, 200, 300, 400]), cells([400, 200, 100, 300])];
    const alone = (d: number) => {
      const only = (list: Cell[]) => list.map(({ keys, counts }) => ({ keys: [keys[d]!], counts }));
      return explain({ dimensions: ['channel'], base: only(base), current: only(current), comparable: true })
        .mix.value!;
    };
    const { mix, dimensions } = asked(2, base, current);
    expect(dimensions[0]!.value).toBeCloseTo((alone(0) + mix.value! - alone(1)) / 2, 12);
    expect(dimensions[1]!.value).toBeCloseTo((alone(1) + mix.value! - alone(0)) / 2, 12);
  });

  test('EX6: the segments of each dimension add up to the change, and where no cell is sparse to mix and within', () => {
    fc.assert(
      fc.property(question, ([k, base, current]) => {
        const table = tableOf(names(k), base, current);
        const ground = groundOf(table);
        const { all } = shapley(ground);
        const segments = allSegments(ground);
        const dense = [...table.base.n, ...table.current.n].every((n) => n >= 10);
        for (let d = 0; d < k; d++) {
          const own = segments.filter((segment) => segment.dimension === d);
          const mix = sum(own.map((segment) => segment.mix));
          const within = sum(own.map((segment) => segment.within.value));
          expect(Math.abs(mix + within - all.change)).toBeLessThan(1e-9);
          if (dense || k === 1) expect(Math.abs(within - all.withinTotal)).toBeLessThan(1e-9);
        }
      }),
    );
  });
});

describe('sparse cells', () => {
  test('EX5: after merging, every group has ten ratings in both periods, or is new or gone for certain', () => {
    fc.assert(
      fc.property(question, ([k, base, current]) => {
        const table = tableOf(names(k), base, current);
        const all = names(k).map((_, d) => d);
        const { groupOf, groups, oneSided } = mergedPartition(groundOf(table), all);
        const n0 = grouped(table.base, groupOf, groups).n;
        const n1 = grouped(table.current, groupOf, groups).n;
        const merged = Array.from(n0, (_, g) => g).filter((g) => oneSided[g] === 0);
        if (merged.length > 1)
          for (const g of merged) expect(Math.min(n0[g]!, n1[g]!)).toBeGreaterThanOrEqual(10);
        expect(sum(n0)).toBe(table.base.total);
        expect(sum(n1)).toBe(table.current.total);
      }),
    );
  });

  test('EX5: a cell is new only where ten were to be expected and none came, or as far from chance as that', () => {
    expect(isOneSided(0, 10, 1000, 1000)).toBe(true);
    expect(isOneSided(0, 9, 1000, 1000)).toBe(false);
    expect(isOneSided(0, 50, 100, 1000)).toBe(false);
    expect(isOneSided(9, 37, 1000, 1000)).toBe(false);
    expect(isOneSided(9, 38, 1000, 1000)).toBe(true);
    expect(isOneSided(40, 9, 1000, 1000)).toBe(true);
    expect(isOneSided(10, 1000, 1000, 1000)).toBe(false);
  });

  test('EX2: in several dimensions a new desk is new, with its whole distance to the middle as mix', () => {
    const at = (grade: number, n: number) => Array.from({ length: 10 }, (_, i) => (i + 1 === grade ? n : 0));
    const products = Array.from({ length: 12 }, (_, p) => `p${p}`);
    const old = (desk: string): Cell[] => products.map((p) => ({ keys: [desk, p], counts: at(8, 20) }));
    const fresh = products.map((p) => ({ keys: ['new', p], counts: at(5, 5) }));
    const input = { base: old('old'), current: [...old('old'), ...fresh], comparable: true };
    const found = explain({ dimensions: ['touchpoint', 'product'], ...input });
    const segment = found.segments.find(({ key }) => key === 'new')!;
    const middle = (8 + found.current.mean!) / 2;
    expect(segment).toMatchObject({ status: 'new', within: 0, low: null, high: null, claimed: false });
    expect(segment.mix).toBeCloseTo(0.2 * (5 - middle), 12);
    expect(found.newGone.value).toBeCloseTo(0.2 * (5 - middle), 12);
    expect(found.within.value).toBeCloseTo(0, 12);
  });

  test('EX5: merging puts like with like: shares that shift among sparse cells stay mix', () => {
    const at = (grade: number, n: number) => Array.from({ length: 10 }, (_, i) => (i + 1 === grade ? n : 0));
    // Forty desks times two products; good and bad products change places at every desk, three ratings against six.
    const cells = (good: number, bad: number): Cell[] =>
      Array.from({ length: 40 }, (_, desk) => [
        { keys: [`d${desk}`, 'good'], counts: at(9, good) },
        { keys: [`d${desk}`, 'bad'], counts: at(5, bad) },
      ]).flat();
    const input = { base: cells(6, 3), current: cells(3, 6), comparable: true };
    const found = explain({ dimensions: ['touchpoint', 'product'], ...input });
    expect(found.mix.value).toBeCloseTo(found.change.value!, 9);
    expect(found.verdict).toBe('explained');
  });

  test('EX5: with the merged cells the decomposition is exact whatever the partition', () => {
    const table = tableOf(
      ['channel'],
      [{ keys: ['a'], counts: [0, 0, 0, 0, 0, 5, 5, 0, 0, 0] }],
      [{ keys: ['b'], counts: [0, 0, 0, 0, 0, 0, 0, 5, 5, 0] }],
    );
    const { change, mixTotal, withinTotal } = decompose(table.base, table.current);
    expect(mixTotal + withinTotal).toBeCloseTo(change, 12);
  });
});
