import type { Cell } from '#shared/core/explain/explain.ts';
import { drawer, meanOf, type Random } from './random.ts';

/** A kind of visitor: keys, how many come (relative), and how they grade. */
export interface Kind {
  keys: string[];
  weight: number;
  grades: readonly number[];
}

/** The counts of `n` ratings from people of these kinds. */
export function draw(kinds: readonly Kind[], n: number, random: Random): Cell[] {
  const kindOf = drawer(kinds.map(({ weight }) => weight));
  const known = new Map<readonly number[], (random: Random) => number>();
  const gradeOf = kinds.map(({ grades }) => {
    const draws = known.get(grades) ?? drawer(grades);
    known.set(grades, draws);
    return draws;
  });
  const counts = kinds.map(() => new Array<number>(10).fill(0));
  for (let i = 0; i < n; i++) {
    const kind = kindOf(random);
    counts[kind]![gradeOf[kind]!(random)]!++;
  }
  return kinds
    .map(({ keys }, i) => ({ keys, counts: counts[i]! }))
    .filter((cell) => cell.counts.some((count) => count > 0));
}

/** What a decomposition of everybody would give: no chance in it. Kinds of both periods in the same order. */
export function truth(base: readonly Kind[], current: readonly Kind[]) {
  const all = (kinds: readonly Kind[]) => kinds.reduce((sum, { weight }) => sum + weight, 0);
  const [all0, all1] = [all(base), all(current)];
  const mean = (kinds: readonly Kind[], total: number) =>
    kinds.reduce((sum, { weight, grades }) => sum + (weight / total) * meanOf(grades), 0);
  const [mean0, mean1] = [mean(base, all0), mean(current, all1)];
  const parts = base.map((kind, i) => {
    const [w0, w1] = [kind.weight / all0, current[i]!.weight / all1];
    const [m0, m1] = [meanOf(kind.grades), meanOf(current[i]!.grades)];
    const mix = (w1 - w0) * ((m0 + m1) / 2 - (mean0 + mean1) / 2);
    return { keys: kind.keys, mix, within: ((w0 + w1) / 2) * (m1 - m0) };
  });
  const sum = (name: 'mix' | 'within') => parts.reduce((total, part) => total + part[name], 0);
  return { change: mean1 - mean0, mix: sum('mix'), within: sum('within'), parts };
}
