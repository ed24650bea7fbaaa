import { limits } from '../../contract/limits.ts';
import { numbering, type Table } from './table.ts';

/** Which group each cell is in; `oneSided` groups are new or gone: all of their difference is mix. */
export interface Partition {
  groupOf: Int32Array;
  groups: number;
  oneSided: Uint8Array;
}

const few = limits.indicative;

/**
 * Whether a cell is new or gone for certain, not empty by chance: fewer than ten in one period, where so many more were
 * to be expected (as its share in the other period) that √expected − √found ≥ √10. For an empty cell that is ten
 * expected, for nine found 38. The square root of a Poisson count has variance ¼, so this is beyond four standard errors.
 */
export function isOneSided(n0: number, n1: number, total0: number, total1: number): boolean {
  const distance = Math.sqrt(few);
  if (n0 < few && Math.sqrt((n1 * total0) / total1) - Math.sqrt(n0) >= distance) return true;
  return n1 < few && Math.sqrt((n0 * total1) / total0) - Math.sqrt(n1) >= distance;
}

/** One dimension: its segments as they are. */
export function plainPartition(table: Table, dimension: number): Partition {
  const groups = table.keys[dimension]!.length;
  return { groupOf: table.codes[dimension]!, groups, oneSided: new Uint8Array(groups) };
}

/** Per dimension and key: whether the whole segment is new or gone for certain. */
function oneSidedKeys(table: Table, dimension: number): Uint8Array {
  const { base, current } = table;
  const codes = table.codes[dimension]!;
  const count = table.keys[dimension]!.length;
  const n0 = new Float64Array(count);
  const n1 = new Float64Array(count);
  for (let x = 0; x < table.size; x++) {
    n0[codes[x]!]! += base.n[x]!;
    n1[codes[x]!]! += current.n[x]!;
  }
  return Uint8Array.from(n0, (a, key) => (isOneSided(a, n1[key]!, base.total, current.total) ? 1 : 0));
}

/** Expected grades are compared to 9 / 2^17 of a point; equal ones stay together, so the order of cells has no say. */
const bins = 1 << 17;
const places = 1 << 20;
const binOf = (grade: number) => Math.min(bins - 1, Math.max(0, Math.floor(((grade - 1) / 9) * bins)));

/** Cells of the cross: numbers per period, sum of the expected grades, value of `keep`. */
interface Buckets {
  n0: number[];
  n1: number[];
  expected: number[];
  owner: number[];
}

/** Merges the sparse ones, in order of expected grade and apart by owner; `groupOf` has the others already. */
function mergeSparse({ n0, n1, expected, owner }: Buckets, groupOf: Int32Array, groups: number): number {
  const grade = (bucket: number) => expected[bucket]! / Math.max(1, n0[bucket]! + n1[bucket]!);
  const order: number[] = [];
  for (let bucket = 0; bucket < n0.length; bucket++)
    if (groupOf[bucket]! < 0) order.push((owner[bucket]! * bins + binOf(grade(bucket))) * places + bucket);
  const sorted = Float64Array.from(order).sort();

  const nearest = (mine: number, to: number): number => {
    let best = -1;
    for (let bucket = 0; bucket < n0.length; bucket++) {
      if (owner[bucket] !== mine || groupOf[bucket]! < 0 || n0[bucket]! < few || n1[bucket]! < few) continue;
      if (best < 0 || Math.abs(grade(bucket) - to) < Math.abs(grade(best) - to)) best = bucket;
    }
    return best < 0 ? groups++ : groupOf[best]!;
  };

  let [start, before, a, b] = [0, -1, 0, 0];
  let [bin, mine] = [-1, -1];
  for (let i = 0; i <= sorted.length; i++) {
    const nextBin = i < sorted.length ? Math.floor(sorted[i]! / places) : -1;
    const next = Math.floor(nextBin / bins);
    const full = a >= few && b >= few;
    if (i > start && nextBin !== bin && (full || next !== mine)) {
      const group = full ? groups++ : before >= 0 ? before : nearest(mine, grade(sorted[start]! % places));
      for (let k = start; k < i; k++) groupOf[sorted[k]! % places] = group;
      before = next === mine ? group : -1;
      [start, a, b] = [i, 0, 0];
    }
    if (i === sorted.length) break;
    const bucket = sorted[i]! % places;
    a += n0[bucket]!;
    b += n1[bucket]!;
    [bin, mine] = [nextBin, next];
  }
  return groups;
}

/**
 * The cells of the cross of `dimensions`, sparse ones merged. A cell with at least ten ratings in both periods stays; so
 * does one that is new or gone for certain, or part of a segment that is. The others are put in the order of their
 * expected grade (see `expectedGrades`) and merged from low to high until a group has ten in both periods; what is left
 * at the end joins the group before it. So sparse cells merge with cells that are like them: a uniform fall does not leak
 * into cells that are empty by chance, nor a change of shares into the grades of a merged group.
 *
 * Cells with different `keep` never meet: then each of its values has groups of its own.
 */
export function mergedPartition(
  table: Table,
  dimensions: readonly number[],
  expected: Float64Array,
  keep?: { codes: Int32Array; count: number },
): Partition {
  const { base, current, size } = table;
  const columns = dimensions.map((d) => ({
    ...{ codes: table.codes[d]!, count: table.keys[d]!.length, one: oneSidedKeys(table, d) },
  }));
  const number = numbering(columns.reduce((product, { count }) => product * count, keep?.count ?? 1));
  const bucketOf = new Int32Array(size);
  const buckets: Buckets = { n0: [], n1: [], expected: [], owner: [] };
  const { n0, n1 } = buckets;
  const certain: boolean[] = [];
  for (let x = 0; x < size; x++) {
    const mine = keep ? keep.codes[x]! : 0;
    let code = mine;
    for (const { codes, count } of columns) code = code * count + codes[x]!;
    const bucket = number(code);
    bucketOf[x] = bucket;
    if (bucket === n0.length) {
      n0.push(0);
      n1.push(0);
      buckets.expected.push(0);
      buckets.owner.push(mine);
      certain.push(columns.some(({ codes, one }) => one[codes[x]!] === 1));
    }
    n0[bucket]! += base.n[x]!;
    n1[bucket]! += current.n[x]!;
    buckets.expected[bucket]! += (base.n[x]! + current.n[x]!) * expected[x]!;
  }

  const groupOf = new Int32Array(n0.length).fill(-1);
  const sides: number[] = [];
  for (let bucket = 0; bucket < n0.length; bucket++) {
    const [a, b] = [n0[bucket]!, n1[bucket]!];
    const one = certain[bucket]! || isOneSided(a, b, base.total, current.total);
    if (one || (a >= few && b >= few)) groupOf[bucket] = sides.push(one ? 1 : 0) - 1;
  }
  const groups = mergeSparse(buckets, groupOf, sides.length);
  const oneSided = new Uint8Array(groups);
  oneSided.set(sides);
  return { groupOf: bucketOf.map((bucket) => groupOf[bucket]!), groups, oneSided };
}
