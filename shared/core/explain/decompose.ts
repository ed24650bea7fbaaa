import type { Moments } from './table.ts';

/**
 * ψ = level + slope · y: how far one rating of grade y in this cell moves an estimate, up to a constant per period
 * (variances take the mean off). One pair of numbers per cell.
 */
export interface Line {
  level: Float64Array;
  slope: Float64Array;
}
export interface Form {
  base: Line;
  current: Line;
}

const lineOf = (size: number): Line => ({ level: new Float64Array(size), slope: new Float64Array(size) });
const formOf = (size: number): Form => ({ base: lineOf(size), current: lineOf(size) });

export interface Decomposition {
  meanBase: number;
  meanCurrent: number;
  change: number;
  /** Per segment, in grade points. */
  mix: Float64Array;
  within: Float64Array;
  mixTotal: number;
  withinTotal: number;
  newGone: number;
  /** Influence functions of the totals. */
  forms: { mix: Form; within: Form; newGone: Form };
}

function totalOf(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/**
 * The change of a mean between two periods, divided exactly over segments g with share w and mean m (grade points):
 *
 *   mix_g = (w1 − w0) · ((m0 + m1)/2 − M̄),  within_g = (w0 + w1)/2 · (m1 − m0),  M̄ = (Ȳ0 + Ȳ1)/2
 *
 * so that Σ mix + Σ within = Ȳ1 − Ȳ0 without an interaction term (Kitagawa 1955; Das Gupta 1993, Standardization and
 * Decomposition of Rates, P23-186). A segment of one period only has mix = w1·(m1 − M̄) or −w0·(m0 − M̄), and no within.
 * `oneSided` marks segments to be treated so although a few ratings lie in the other period.
 *
 * Influence functions, with a = (w0+w1)/2, d = m1−m0, s = (m0+m1)/2 of the rating's segment:
 *   within  ψ1 =  a(y−m1)/w1 + ½d,                ψ0 = −a(y−m0)/w0 + ½d
 *   mix     ψ1 =  s + ½(w1−w0)(y−m1)/w1,          ψ0 = −s + ½(w1−w0)(y−m0)/w0
 * each less its mean; in one-sided segments mix has ψ1 = y and ψ0 = −y (factor 1, not ½). Mix and within add up to y,
 * the influence function of a mean.
 */
export function decompose(base: Moments, current: Moments, oneSided?: Uint8Array): Decomposition {
  const size = base.n.length;
  const n0 = totalOf(base.n);
  const n1 = totalOf(current.n);
  const meanBase = totalOf(base.sum) / n0;
  const meanCurrent = totalOf(current.sum) / n1;
  const middle = (meanBase + meanCurrent) / 2;
  const mix = new Float64Array(size);
  const within = new Float64Array(size);
  const forms = { mix: formOf(size), within: formOf(size), newGone: formOf(size) };
  let newGone = 0;
  let surplus = 0;

  for (let g = 0; g < size; g++) {
    const w0 = base.n[g]! / n0;
    const w1 = current.n[g]! / n1;
    if (w0 === 0 || w1 === 0 || oneSided?.[g] === 1) {
      const effect = current.sum[g]! / n1 - base.sum[g]! / n0 - (w1 - w0) * middle;
      mix[g] = effect;
      newGone += effect;
      surplus += w0 - w1;
      forms.mix.current.slope[g] = 1;
      forms.mix.base.slope[g] = -1;
      forms.newGone.current.slope[g] = 1;
      forms.newGone.current.level[g] = -middle;
      forms.newGone.base.slope[g] = -1;
      forms.newGone.base.level[g] = middle;
      continue;
    }
    const m0 = base.sum[g]! / base.n[g]!;
    const m1 = current.sum[g]! / current.n[g]!;
    const a = (w0 + w1) / 2;
    const d = m1 - m0;
    const s = (m0 + m1) / 2;
    mix[g] = (w1 - w0) * (s - middle);
    within[g] = a * d;

    const set = (line: Line, slope: number, mean: number, level: number) => {
      line.slope[g] = slope;
      line.level[g] = level - slope * mean;
    };
    set(forms.within.current, a / w1, m1, d / 2);
    set(forms.within.base, -a / w0, m0, d / 2);
    set(forms.mix.current, (w1 - w0) / (2 * w1), m1, s);
    set(forms.mix.base, (w1 - w0) / (2 * w0), m0, -s);
  }

  // M̄ in `newGone` moves with every rating of both periods.
  for (let g = 0; g < size; g++) {
    forms.newGone.current.slope[g]! += surplus / 2;
    forms.newGone.base.slope[g]! += surplus / 2;
  }
  return {
    ...{ meanBase, meanCurrent, change: meanCurrent - meanBase, mix, within },
    ...{ mixTotal: totalOf(mix), withinTotal: totalOf(within), newGone, forms },
  };
}
