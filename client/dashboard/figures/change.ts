import type { Stat } from '#shared/contract/figures.ts';
import { bandOf } from './band.ts';

export type Change =
  | { kind: 'none' }
  | { kind: 'mixed' }
  | { kind: 'higher' | 'lower' | 'equal'; by: number; base: number; certain: boolean };

/**
 * What may be said about the difference with the period before. `mixed`: the way of asking changed in one of the
 * two or in between. A difference is certain when the two margins do not touch.
 */
export function changeOf(current: Stat, base: Stat | undefined, mixed: boolean, running: boolean): Change {
  if (!base || base.n === 0 || current.n === 0) return { kind: 'none' };
  if (mixed || current.mixedMethods || base.mixedMethods) return { kind: 'mixed' };
  if (current.enough !== 'yes' || base.enough !== 'yes') return { kind: 'none' };
  if (current.mean === null || base.mean === null) return { kind: 'none' };
  const now = bandOf(current, running);
  const then = bandOf(base, false);
  const difference = current.mean - base.mean;
  const by = Math.abs(difference);
  const certain = now !== null && then !== null && (now.low > then.high || now.high < then.low);
  const kind = by < 0.05 ? 'equal' : difference > 0 ? 'higher' : 'lower';
  return { kind, by, base: base.mean, certain };
}
