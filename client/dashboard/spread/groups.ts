import type { Group, Stat, Summary } from '#shared/contract/figures.ts';
import { holm } from '#shared/core/multiple.ts';
import { normalCdf } from '#shared/core/power.ts';
import { publishable, type Spread, spreadOf } from '#shared/core/spread.ts';
import { statOf } from '#shared/core/stat.ts';

export type Difference = { kind: 'lower' | 'higher'; by: number } | { kind: 'same' | 'mixed' | 'none' };
export interface SpreadRow {
  key: string;
  label: string;
  stat: Stat;
  spread: Spread | null;
  /** Too few, or it would tell those by difference: no figure of it is shown. */
  shown: boolean;
  difference: Difference;
}

/** A group against all others together: mean difference, and how likely it is by chance (two-sided, large samples). */
function against(group: Stat, total: Stat): { by: number; p: number } | null {
  const rest = statOf(total.histogram.map((count, i) => count - (group.histogram[i] ?? 0)));
  if (group.enough !== 'yes' || rest.enough !== 'yes') return null;
  if (group.mean === null || rest.mean === null || group.sd === null || rest.sd === null) return null;
  const se = Math.sqrt(group.sd ** 2 / group.n + rest.sd ** 2 / rest.n);
  const by = group.mean - rest.mean;
  return { by, p: se > 0 ? 2 * (1 - normalCdf(Math.abs(by) / se)) : 1 };
}

/** Groups of a summary, small ones hidden; differences corrected for all that are shown (Holm). */
export function spreadRows({ total, groups }: Pick<Summary, 'total' | 'groups'>): SpreadRow[] {
  const some = groups.filter(({ n }) => n > 0);
  const shown = publishable(some.map(({ n }) => n));
  const compared = some.map((group, i) =>
    shown[i] && !group.mixedMethods && !total.mixedMethods ? against(group, total) : null,
  );
  const adjusted = holm(compared.flatMap((one) => (one ? [one.p] : [])));
  let place = 0;
  const difference = (group: Group, one: (typeof compared)[number]): Difference => {
    if (one === null) return { kind: group.mixedMethods || total.mixedMethods ? 'mixed' : 'none' };
    const p = adjusted[place++] ?? 1;
    if (p >= 0.05 || Math.abs(one.by) < 0.05) return { kind: 'same' };
    return { kind: one.by < 0 ? 'lower' : 'higher', by: Math.abs(one.by) };
  };
  return some.map((group, i) => ({
    key: group.key,
    label: group.label,
    stat: group,
    spread: shown[i] ? spreadOf(group.histogram) : null,
    shown: shown[i] === true,
    difference: difference(group, compared[i] ?? null),
  }));
}
