import { limits } from '../../contract/limits.ts';
import { expectedGrades } from './expected.ts';
import { combined, type Table } from './table.ts';

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

/** Expected grades are compared to 9 / 2^17 of a point; equal ones stay together, so the order of cells has no say. */
const bins = 1 << 17;
const places = 1 << 20;
const binOf = (grade: number) => Math.min(bins - 1, Math.max(0, Math.floor(((grade - 1) / 9) * bins)));

/** Both periods, with what every merging of their cells needs. */
export interface Ground {
  table: Table;
  /** See `expectedGrades`. */
  expected: Float64Array;
  /** The cells in the order of it. */
  ascending: Int32Array;
  /** Per dimension: the cells in a segment that is new or gone for certain; null when it has none. */
  oneSided: (Uint8Array | null)[];
}

export function groundOf(table: Table): Ground {
  const { base, current, size } = table;
  const oneSided = table.codes.map((codes, d) => {
    const n0 = new Float64Array(table.keys[d]!.length);
    const n1 = new Float64Array(table.keys[d]!.length);
    for (let x = 0; x < size; x++) {
      n0[codes[x]!]! += base.n[x]!;
      n1[codes[x]!]! += current.n[x]!;
    }
    const keys = n0.map((a, key) => (isOneSided(a, n1[key]!, base.total, current.total) ? 1 : 0));
    return keys.some((one) => one === 1) ? Uint8Array.from(codes, (code) => keys[code]!) : null;
  });
  const expected = expectedGrades(table);
  const order = expected.map((grade, x) => binOf(grade) * places + x).sort();
  return { table, expected, ascending: Int32Array.from(order, (code) => code % places), oneSided };
}

/** Cells of the cross: numbers per period, sum of the expected grades, value of `keep`. */
interface Buckets {
  n0: Float64Array;
  n1: Float64Array;
  expected: Float64Array;
  owner: Int32Array;
  owners: number;
}

const gradeOf = ({ n0, n1, expected }: Buckets, bucket: number): number =>
  expected[bucket]! / Math.max(1, n0[bucket]! + n1[bucket]!);

/** The buckets without a group, by owner and expected grade, as (owner · bins + bin) · places + bucket. */
function inOrder(buckets: Buckets, groupOf: Int32Array, ascending: Int32Array): Float64Array {
  const { owner, owners } = buckets;
  const codeOf = (bucket: number) =>
    (owner[bucket]! * bins + binOf(gradeOf(buckets, bucket))) * places + bucket;
  const order = new Float64Array(groupOf.length);
  if (groupOf.length !== ascending.length) {
    let sparse = 0;
    for (let bucket = 0; bucket < groupOf.length; bucket++)
      if (groupOf[bucket]! < 0) order[sparse++] = codeOf(bucket);
    return order.subarray(0, sparse).sort();
  }
  // Every cell is a bucket: they are in order already, and only have to be dealt to their owners.
  const ends = new Int32Array(owners + 1);
  for (let bucket = 0; bucket < groupOf.length; bucket++)
    if (groupOf[bucket]! < 0) ends[owner[bucket]! + 1]!++;
  for (let mine = 0; mine < owners; mine++) ends[mine + 1]! += ends[mine]!;
  const sparse = ends[owners]!;
  for (const bucket of ascending) if (groupOf[bucket]! < 0) order[ends[owner[bucket]!]!++] = codeOf(bucket);
  return order.subarray(0, sparse);
}

/** Merges the sparse ones, in order of expected grade and apart by owner; `groupOf` has the others already. */
function mergeSparse(buckets: Buckets, groupOf: Int32Array, first: number, ascending: Int32Array): number {
  const { n0, n1, owner } = buckets;
  const grade = (bucket: number) => gradeOf(buckets, bucket);
  const sorted = inOrder(buckets, groupOf, ascending);
  let groups = first;

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
  { table, expected, ascending, oneSided }: Ground,
  dimensions: readonly number[],
  keep?: { codes: Int32Array; count: number },
): Partition {
  const { base, current, size } = table;
  const columns = dimensions.map((d) => ({ codes: table.codes[d]!, count: table.keys[d]!.length }));
  const others = keep ? [keep, ...columns.filter(({ codes }) => codes !== keep.codes)] : columns;
  const { number, count } = combined(others, size);
  const n0 = new Float64Array(count);
  const n1 = new Float64Array(count);
  const grades = new Float64Array(count);
  const owner = new Int32Array(count);
  const certain = new Uint8Array(count);
  for (let x = 0; x < size; x++) {
    const bucket = number[x]!;
    const a = base.n[x]!;
    const b = current.n[x]!;
    n0[bucket]! += a;
    n1[bucket]! += b;
    grades[bucket]! += (a + b) * expected[x]!;
    if (keep) owner[bucket] = keep.codes[x]!;
  }
  for (const d of dimensions) {
    const one = oneSided[d];
    if (one) for (let x = 0; x < size; x++) if (one[x] === 1) certain[number[x]!] = 1;
  }

  const groupOf = new Int32Array(count).fill(-1);
  const sides: number[] = [];
  for (let bucket = 0; bucket < count; bucket++) {
    const a = n0[bucket]!;
    const b = n1[bucket]!;
    const one = certain[bucket] === 1 || isOneSided(a, b, base.total, current.total);
    if (one || (a >= few && b >= few)) groupOf[bucket] = sides.push(one ? 1 : 0) - 1;
  }
  const buckets = { n0, n1, expected: grades, owner, owners: keep?.count ?? 1 };
  const groups = mergeSparse(buckets, groupOf, sides.length, ascending);
  const marks = new Uint8Array(groups);
  marks.set(sides);
  for (let x = 0; x < size; x++) number[x] = groupOf[number[x]!]!;
  return { groupOf: number, groups, oneSided: marks };
}
