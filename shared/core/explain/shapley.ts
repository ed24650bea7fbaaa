import { type Decomposition, decompose, type Form, type Line } from './decompose.ts';
import { type Estimate, estimates } from './influence.ts';
import { type Ground, mergedPartition, type Partition, plainPartition } from './partition.ts';
import { grouped, type Table } from './table.ts';

export interface Mixes {
  /** With all dimensions. */
  all: Decomposition;
  partition: Partition;
  /** The mix effect that belongs to each dimension. */
  dimensions: Estimate[];
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** The weight of v(S) in the Shapley value of a dimension: (|S|−1)!(k−|S|)!/k! with it, −|S|!(k−|S|−1)!/k! without. */
export function shapleyWeight(subset: number, dimension: number, k: number): number {
  let size = 0;
  for (let d = 0; d < k; d++) size += (subset >> d) & 1;
  return (subset >> dimension) & 1
    ? (factorial(size - 1) * factorial(k - size)) / factorial(k)
    : (-factorial(size) * factorial(k - size - 1)) / factorial(k);
}

function decomposeBy(table: Table, partition: Partition): Decomposition {
  const { groupOf, groups, oneSided } = partition;
  return decompose(grouped(table.base, groupOf, groups), grouped(table.current, groupOf, groups), oneSided);
}

const emptyForm = (size: number): Form => ({
  base: { level: new Float64Array(size), slope: new Float64Array(size) },
  current: { level: new Float64Array(size), slope: new Float64Array(size) },
});

/** Adds a line per group, times a weight, to a line per cell; cells without ratings need none. */
function addTimes(into: Line, weight: number, n: Float64Array, line: Line, groupOf: Int32Array): void {
  const { level, slope } = into;
  for (let x = 0; x < n.length; x++) {
    if (n[x] === 0) continue;
    const g = groupOf[x]!;
    level[x]! += weight * line.level[g]!;
    slope[x]! += weight * line.slope[g]!;
  }
}

/**
 * The mix effect v(S) of every set S of dimensions, cells being the cross of S, and from them the Shapley value of each
 * dimension: its mean contribution over all orders in which dimensions can be added (Shapley 1953; for decompositions
 * Shorrocks 2013). Order-free; adds up to v(all). The influence function of a Shapley value is the same weighted sum
 * of those of the v(S), per cell, since it is linear in them.
 */
export function shapley(ground: Ground): Mixes {
  const { table } = ground;
  const k = table.dimensions.length;
  if (k === 1) {
    const partition = plainPartition(table, 0);
    const all = decomposeBy(table, partition);
    const dimensions = estimates(table, all.forms.mix, [all.mixTotal], { groupOf: partition.groupOf });
    return { all, partition, dimensions };
  }

  const values = new Array<number>(k).fill(0);
  const forms = values.map(() => emptyForm(table.size));
  let result: { all: Decomposition; partition: Partition } | null = null;
  for (let subset = 1; subset < 1 << k; subset++) {
    const inside = table.dimensions.map((_, d) => d).filter((d) => (subset >> d) & 1);
    const partition = mergedPartition(ground, inside);
    const all = decomposeBy(table, partition);
    for (let d = 0; d < k; d++) {
      const weight = shapleyWeight(subset, d, k);
      values[d]! += weight * all.mixTotal;
      for (const period of ['base', 'current'] as const)
        addTimes(forms[d]![period], weight, table[period].n, all.forms.mix[period], partition.groupOf);
    }
    result = { all, partition };
  }
  return {
    ...result!,
    dimensions: values.map((value, d) => estimates(table, forms[d]!, [value])[0]!),
  };
}
