import type { Figures, Stat } from '#shared/contract/figures.ts';
import { limits } from '#shared/contract/limits.ts';
import type { VerdictTone } from '../../ui/verdict/tone.ts';
import { type Standing, standingOf } from '../headline.ts';
import type { Words } from '../messages/words.tsx';
import { bandOf } from './band.ts';
import type { Change } from './change.ts';

export interface VerdictWords {
  kind: Standing;
  tone: VerdictTone;
  word: string;
  detail: string | null;
}

/** Below this a Dutch report card says insufficient. */
const sufficient = 5.5;
const visible = 0.05;

/** How firmly a grade is set: one that is indicative is softer. */
export const toneOf = (stat: Stat): 'full' | 'soft' | 'missing' =>
  stat.mean === null ? 'missing' : stat.enough === 'yes' ? 'full' : 'soft';

/** The verdict on one figure against its target. */
export function verdictWords(stat: Stat, running: boolean, words: Words): VerdictWords {
  const kind = standingOf(stat);
  return { kind, ...wordsOf(kind, stat, running, words) };
}

function wordsOf(
  kind: Standing,
  stat: Stat,
  running: boolean,
  { t, grade }: Words,
): Omit<VerdictWords, 'kind'> {
  const gap = stat.mean !== null && stat.target !== undefined ? stat.mean - stat.target : 0;
  const band = bandOf(stat, running);
  switch (kind) {
    case 'mixed':
      return { tone: 'none', word: t('verdict.mixed'), detail: t('verdict.mixed.why') };
    case 'silent':
      return { tone: 'none', word: t(stat.derived?.n ? 'verdict.smileys' : 'verdict.nothing'), detail: null };
    case 'few':
      return {
        tone: 'none',
        word: t('verdict.few'),
        detail: t('verdict.few.need', { n: limits.indicative }),
      };
    case 'untargeted':
      return { tone: 'none', word: t('verdict.none'), detail: null };
    case 'undecided':
      return {
        tone: 'warn',
        word: t(running ? 'verdict.undecided.running' : 'verdict.undecided'),
        detail:
          stat.enough === 'indicative'
            ? t('verdict.within.indicative', { n: limits.enough })
            : t('verdict.within'),
      };
    case 'met':
      return { tone: 'good', word: t(gap < visible ? 'verdict.on' : 'verdict.above'), detail: null };
    case 'not': {
      const insufficient = band !== null && band.high < sufficient;
      const low = t('verdict.low', { n: grade(-gap) });
      return {
        tone: 'bad',
        word: t('verdict.below'),
        detail: insufficient ? `${low}, ${t('verdict.insufficient')}` : low,
      };
    }
  }
}

/** The same in one breath, with the distance: "0,2 onder de norm, zeker". */
export function verdictLine(stat: Stat, running: boolean, words: Words): VerdictWords {
  const verdict = verdictWords(stat, running, words);
  const { t, grade } = words;
  const gap = (stat.mean ?? 0) - (stat.target ?? 0);
  if (verdict.tone === 'bad')
    return { ...verdict, word: t('verdict.below.by', { n: grade(-gap) }), detail: null };
  if (verdict.tone === 'good' && gap >= visible) {
    return { ...verdict, word: t('verdict.above.by', { n: grade(gap) }), detail: null };
  }
  return verdict;
}

/** The difference with the period before, in words with figures; null when nothing may be said. */
export function changeWords(change: Change, previous: string, { t, grade }: Words): string | null {
  if (change.kind === 'none') return null;
  if (change.kind === 'mixed') return t('change.mixed', { previous });
  const values = { n: grade(change.by), previous, grade: grade(change.base) };
  const words = t(`change.${change.kind}`, values);
  return change.kind === 'equal' || change.certain ? words : t('change.within', { change: words });
}

/** "± 0,05", or "7,2 tot 7,9" where the margin does not lie evenly around the grade. */
export function marginWords(stat: Stat, running: boolean, { t, grade, margin }: Words): string | null {
  const band = bandOf(stat, running);
  if (!band || stat.mean === null) return null;
  const middle = (band.low + band.high) / 2;
  const even = Math.abs(middle - stat.mean) < visible;
  return even
    ? t('figure.margin', { margin: margin((band.high - band.low) / 2) })
    : t('figure.between', { low: grade(band.low), high: grade(band.high) });
}

/** Smileys are no grades: theirs is calculated, says so, and stands on a line of its own. */
export function derivedWords(derived: Figures, { t, grade, whole }: Words): string {
  return derived.mean === null
    ? t('figure.derived.few', { n: whole(derived.n) })
    : t('figure.derived.line', { grade: grade(derived.mean), n: whole(derived.n) });
}
