import { limits } from '../../contract/limits.ts';
import { studentCdf } from '../student.ts';
import { type Estimate, t975 } from './influence.ts';
import type { Moments, Table } from './table.ts';

interface Groups {
  table: Table;
  base: Moments;
  current: Moments;
  oneSided: Uint8Array;
  /** Which part each group belongs to. */
  partOf: Int32Array;
}

/** Σ (y − mean)³ of a group. */
const cubeOf = ({ n, squares, cubes }: Moments, g: number, mean: number): number =>
  cubes[g]! - 3 * mean * squares[g]! + 2 * n[g]! * mean * mean * mean;

/**
 * A second look at within effects, for few and skewed grades. The error of an influence function trusts the spread that
 * was found; ten contented people show hardly any, and a 1 among the next ten then looks like a change. If nothing
 * changed, both periods share one spread and one skewness, so per group
 *
 *   Var0 = a² · s² · (1/n0 + 1/n1),  κ3 = a³ · μ3 · (1/n1² − 1/n0²),  s², μ3 over both periods around their own means
 *
 * and z = value/√Var0 is referred to a Pearson III curve with that skewness by the transformation of Wilson and Hilferty
 * (1931), on the side of the long tail only: z' = (6/γ)·[(1 + γz/2)^⅓ − 1] + γ/6. The larger of the two p-values counts;
 * the wider of the two margins where a period has fewer than thirty ratings.
 */
export function cautious(estimates: readonly Estimate[], groups: Groups): Estimate[] {
  const { base, current, oneSided, partOf, table } = groups;
  const parts = estimates.length;
  const variance = new Float64Array(parts);
  const third = new Float64Array(parts);
  const df = new Float64Array(parts);
  const n0 = new Float64Array(parts);
  const n1 = new Float64Array(parts);
  for (let g = 0; g < partOf.length; g++) {
    const part = partOf[g]!;
    const b = base.n[g]!;
    const c = current.n[g]!;
    n0[part]! += b;
    n1[part]! += c;
    if (oneSided[g] === 1 || b === 0 || c === 0 || b + c < 3) continue;
    const mean0 = base.sum[g]! / b;
    const mean1 = current.sum[g]! / c;
    const square = base.squares[g]! - b * mean0 * mean0 + current.squares[g]! - c * mean1 * mean1;
    const a = (b / table.base.total + c / table.current.total) / 2;
    variance[part]! += (a * a * Math.max(0, square) * (1 / b + 1 / c)) / (b + c - 2);
    const cube = cubeOf(base, g, mean0) + cubeOf(current, g, mean1);
    third[part]! += (a * a * a * cube * (1 / (c * c) - 1 / (b * b))) / (b + c);
    df[part]! += b + c - 2;
  }
  return estimates.map((estimate, part) => {
    const se = Math.sqrt(variance[part]!);
    if (se < 1e-12 || estimate.se === 0) return estimate;
    const { value } = estimate;
    const z = Math.abs(value) / se;
    const skew = (Math.sign(value) * third[part]!) / se ** 3;
    const straight = skew > 1e-6 ? (6 / skew) * (Math.cbrt(1 + (skew * z) / 2) - 1) + skew / 6 : z;
    const p = Math.max(estimate.p, 2 * studentCdf(-Math.max(0, straight), df[part]!));
    const half = t975(Math.max(1, Math.floor(df[part]!))) * se;
    const few = n0[part]! < limits.enough || n1[part]! < limits.enough;
    if (!few || half <= value - estimate.low) return { ...estimate, p };
    return { ...estimate, p, se, low: value - half, high: value + half };
  });
}
