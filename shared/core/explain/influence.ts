import { student975, studentCdf } from '../student.ts';
import type { Form, Line } from './decompose.ts';
import type { Side, Table } from './table.ts';

/** An estimate in grade points. `perRating` is var(ψ) of each period: se² = perRating0/N0 + perRating1/N1. */
export interface Estimate {
  value: number;
  se: number;
  df: number;
  low: number;
  high: number;
  /** Two-sided, against 0. */
  p: number;
  perRating: number;
}

/** What a form is about: the cells of a table through groups, and which segment each cell counts for. */
export interface Reach {
  /** The group of each cell: the index in the form. Without it the form is per cell. */
  groupOf?: Int32Array;
  /** The segment of each cell; without it there is one segment, all. */
  ownerOf?: Int32Array;
  owners?: number;
}

interface Spread {
  variance: Float64Array;
  /** Per segment: what the estimate of its variance rests on. */
  df: Float64Array;
}

/**
 * var(ψ)/N per segment, ψ = 0 outside it (before its mean is taken off). With cells per day also from the sums per day,
 * D/(D−1) · Σ_day (Σψ)² / N², and the larger of the two counts: ratings of one day may move together.
 */
function spreadOf(side: Side, line: Line, { groupOf, ownerOf, owners = 1 }: Reach): Spread {
  const N = side.total;
  const squares = new Float64Array(owners);
  const sums = new Float64Array(owners);
  const ratings = new Float64Array(owners);
  for (let x = 0; x < side.n.length; x++) {
    const n = side.n[x]!;
    if (n === 0) continue;
    const g = groupOf ? groupOf[x]! : x;
    const owner = ownerOf ? ownerOf[x]! : 0;
    const level = line.level[g]!;
    const slope = line.slope[g]!;
    squares[owner]! +=
      n * level * level + 2 * level * slope * side.sum[x]! + slope * slope * side.squares[x]!;
    sums[owner]! += n * level + slope * side.sum[x]!;
    ratings[owner]! += n;
  }
  const variance = squares.map((square, owner) => Math.max(0, square - sums[owner]! ** 2 / N) / (N - 1) / N);
  const df = ratings.map((n) => Math.max(1, n - 1));
  const { rows } = side;
  if (!rows || rows.days < 2) return { variance, df };

  const { days } = rows;
  const daySums = new Float64Array(owners * days);
  const dayRatings = new Float64Array(days);
  for (let r = 0; r < rows.cell.length; r++) {
    const x = rows.cell[r]!;
    const g = groupOf ? groupOf[x]! : x;
    const owner = ownerOf ? ownerOf[x]! : 0;
    const day = rows.day[r]!;
    daySums[owner * days + day]! += rows.n[r]! * line.level[g]! + line.slope[g]! * rows.sum[r]!;
    dayRatings[day]! += rows.n[r]!;
  }
  for (let owner = 0; owner < owners; owner++) {
    let total = 0;
    for (let day = 0; day < days; day++)
      total += (daySums[owner * days + day]! - (dayRatings[day]! * sums[owner]!) / N) ** 2;
    const shared = ((days / (days - 1)) * total) / N ** 2;
    if (shared <= variance[owner]!) continue;
    variance[owner] = shared;
    df[owner] = days - 1;
  }
  return { variance, df };
}

/** student975, from 100 degrees of freedom by the expansion of Fisher and Cornish (error below 1e-8), which is quick. */
export function t975(df: number): number {
  if (df < 100) return student975(df);
  const z = 1.959963984540054;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / df + g2 / df ** 2 + g3 / df ** 3;
}

/** Value ± t · √(v0 + v1), the degrees of freedom after Welch and Satterthwaite, rounded down. */
export function estimateOf(
  value: number,
  v0: number,
  v1: number,
  df0: number,
  df1: number,
  perRating = 0,
): Estimate {
  const variance = v0 + v1;
  const se = Math.sqrt(variance);
  if (se < 1e-12) {
    return { value, se: 0, df: 1, low: value, high: value, p: 1, perRating };
  }
  const df = Math.max(1, Math.floor(variance ** 2 / (v0 ** 2 / df0 + v1 ** 2 / df1)));
  const half = t975(df) * se;
  const p = 2 * studentCdf(-Math.abs(value) / se, df);
  return { value, se, df, low: value - half, high: value + half, p, perRating };
}

/** The estimates that belong to `values`, one per segment. */
export function estimates(
  table: Table,
  form: Form,
  values: ArrayLike<number>,
  reach: Reach = {},
): Estimate[] {
  const base = spreadOf(table.base, form.base, reach);
  const current = spreadOf(table.current, form.current, reach);
  return Array.from(values, (value, i) => {
    const v0 = base.variance[i]!;
    const v1 = current.variance[i]!;
    const perRating = v0 * table.base.total + v1 * table.current.total;
    return estimateOf(value, v0, v1, base.df[i]!, current.df[i]!, perRating);
  });
}
