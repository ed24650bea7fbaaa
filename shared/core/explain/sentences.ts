import type { ExplainDimension, Needed } from '../../contract/explanation.ts';
import type { Stat } from '../../contract/figures.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import type { Broken, Facts, Language, Part } from './facts.ts';
import type { Estimate } from './influence.ts';
import { type Labels, labelOf } from './labels.ts';
import type { SegmentEffect } from './segments.ts';
import type { Table } from './table.ts';
import { excludesZero, type Findings } from './verdict.ts';

interface About {
  dimensions: readonly ExplainDimension[];
  base: Stat;
  current: Stat;
  labels: Labels;
  days: { base: number; current: number } | undefined;
  needed: Needed | undefined;
}
interface Compared extends About {
  table: Table;
  change: Estimate;
  mix: Estimate;
  within: Estimate;
  newGone: Estimate;
  shares: readonly Estimate[];
  findings: Findings;
}
interface Uncompared extends About {
  break: Broken | undefined;
}

function daysNeeded({ base, current, days, needed }: About): number | null {
  if (!days || !needed) return null;
  const perDay = Math.min(base.n / days.base, current.n / days.current);
  return perDay > 0 ? Math.ceil(needed.perPeriod / perDay) : null;
}

function mixPart({ dimensions, mix, newGone, shares }: Compared): Part {
  const sign = Math.sign(mix.value);
  const best = shares.reduce(
    (most, share, d) => (share.value * sign > (shares[most]?.value ?? 0) * sign ? d : most),
    0,
  );
  const share = shares[best];
  const isMost = share !== undefined && excludesZero(share) && share.value / mix.value > 0.5;
  const mostly = newGone.value / mix.value > 0.5 ? 'newGone' : isMost ? dimensions[best]! : null;
  return { kind: 'mix', value: mix.value, mostly };
}

function factsOf(about: Compared, language: 'nl' | 'en'): Facts {
  const { dimensions, table, change, mix, within, findings, base, current, needed } = about;
  const nameOf = ({ dimension, code }: SegmentEffect) =>
    labelOf(about.labels, dimensions[dimension]!, table.keys[dimension]![code]!, language);
  const parts: Part[] = findings.mix === 0 ? [] : [mixPart(about)];
  if (findings.everywhere !== null)
    parts.push({
      ...{ kind: 'everywhere', value: findings.within, dimension: dimensions[findings.everywhere]! },
    });
  else
    for (const { segment, value } of findings.named) {
      const { sumBase, nBase, sumCurrent, nCurrent } = segment;
      const [from, to] = [sumBase / nBase, sumCurrent / nCurrent];
      parts.push({ kind: 'segment', value, label: nameOf(segment), from, to });
    }
  parts.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const along = (part: Part) => part.value * change.value > 0;
  return {
    ...{ n: [base.n, current.n], means: [table.base.mean, table.current.mean], change, needed },
    ...{ mix: mix.value, within: within.value },
    along: parts.filter(along),
    against: parts.filter((part) => !along(part)),
    rest: change.value - findings.mix - findings.within,
    days: daysNeeded(about),
  };
}

function inOne(language: Language, about: Compared | Uncompared, name: 'nl' | 'en'): string[] {
  if (!('findings' in about))
    return about.break && about.needed
      ? language.broken(about.break, about.needed, daysNeeded(about))
      : language.tooFew([about.base.n, about.current.n]);
  const facts = factsOf(about, name);
  switch (about.findings.verdict) {
    case 'no-change':
      return language.noChange(facts);
    case 'explained':
      return language.explained(facts);
    case 'partly-explained':
      return language.partlyExplained(facts);
    case 'not-explained':
      return language.notExplained(facts);
  }
}

/** One to three sentences in each language: where the change sits, with figures; never why. */
export const sentencesOf = (about: Compared | Uncompared) => ({
  nl: inOne(dutch, about, 'nl'),
  en: inOne(english, about, 'en'),
});
