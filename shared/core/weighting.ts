import { moments } from './histogram.ts';
import { student975 } from './student.ts';

/** Ratings of one channel, and how many contacts it had. */
export interface Weighed {
  counts: readonly number[];
  contacts: number;
}

/** Grade points; `effectiveN`: the ratings that an unweighted mean would need to be as sure. */
export interface PostStratified {
  mean: number;
  se: number;
  low: number;
  high: number;
  effectiveN: number;
}

/**
 * The mean grade as it would be if every channel were rated in proportion to its contacts: Ȳ = ΣW_g · m_g with W_g the
 * share of contacts, Var = ΣW_g² · s_g²/n_g, 95 % interval by t with the degrees of freedom of Satterthwaite, clipped to
 * 1 … 10. Effective n = (Σw)²/Σw² = 1/Σ(W_g²/n_g) (Kish 1965). Stands beside the plain mean, never silently in its
 * place. Null when a channel that has contacts has fewer than two ratings: its part cannot be known.
 */
export function postStratified(groups: readonly Weighed[]): PostStratified | null {
  const counted = groups.filter(({ contacts }) => contacts > 0);
  const all = counted.reduce((sum, { contacts }) => sum + contacts, 0);
  if (all === 0) return null;
  let mean = 0;
  let variance = 0;
  let spare = 0;
  let squares = 0;
  for (const { counts, contacts } of counted) {
    const own = moments(counts.slice(0, 10));
    if (own.n < 2) return null;
    const weight = contacts / all;
    const own2 = Math.max(0, own.squares - own.sum ** 2 / own.n) / (own.n - 1);
    const part = (weight ** 2 * own2) / own.n;
    mean += (weight * own.sum) / own.n;
    variance += part;
    spare += part ** 2 / (own.n - 1);
    squares += weight ** 2 / own.n;
  }
  const se = Math.sqrt(variance);
  const half = se > 0 ? student975(Math.max(1, Math.floor(variance ** 2 / spare))) * se : 0;
  return {
    ...{ mean, se, effectiveN: 1 / squares },
    low: Math.max(1, mean - half),
    high: Math.min(10, mean + half),
  };
}
