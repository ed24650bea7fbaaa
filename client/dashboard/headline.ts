import type { Group, Stat } from '#shared/contract/figures.ts';
import type { Words } from './messages/words.tsx';

/** What can be said of one group; nothing is said of groups without ratings or without a target. */
export type Standing = 'met' | 'not' | 'undecided' | 'few' | 'mixed' | 'untargeted' | 'silent';

export function standingOf(stat: Stat): Standing {
  if (stat.mixedMethods) return 'mixed';
  if (stat.n === 0) return 'silent';
  if (stat.enough === 'none') return 'few';
  if (stat.target === undefined || stat.verdict === undefined) return 'untargeted';
  // Below 30 ratings a grade is indicative: it is shown, and decides nothing.
  if (stat.enough === 'indicative' || stat.verdict === 'undecided') return 'undecided';
  return stat.verdict === 'met' ? 'met' : 'not';
}

/** More names than this become a number. */
const mostNames = 4;
const longest = 2;

export interface About {
  by: 'channel' | 'touchpoint';
  /** The name of what the total is of, when that is one thing: the channel that was chosen. */
  subject?: string | undefined;
}

/**
 * The verdict in one or two sentences, from the figures alone: who meets its target, who misses it, of whom it
 * cannot be told. A sentence never speaks for a group that it does not name or count.
 */
export function headlineOf(
  total: Stat,
  groups: readonly Group[],
  { by, subject }: About,
  words: Words,
): string {
  const { t, names } = words;
  if (total.n + (total.derived?.n ?? 0) === 0) return t('headline.empty');

  const of = (standing: Standing) => groups.filter((group) => standingOf(group) === standing);
  const met = of('met');
  const not = of('not');
  const undecided = of('undecided');
  const judged = met.length + not.length + undecided.length;
  const heard = groups.filter((group) => standingOf(group) !== 'silent').length;
  const say = (kind: 'met' | 'not' | 'undecided', some: readonly Group[]): string[] => {
    if (some.length === 0) return [];
    if (some.length > mostNames) return [t(`headline.${kind}.many.${by}`, { n: some.length, of: heard })];
    const key = some.length === 1 ? ('one' as const) : ('some' as const);
    return [t(`headline.${kind}.${key}`, { names: names(some.map(({ label }) => label)) })];
  };

  if (judged > 0 && heard > 1) {
    if (met.length === heard) return t(`headline.met.all.${by}`);
    if (not.length === heard) return t(`headline.not.all.${by}`);
    if (undecided.length === judged) return t('headline.undecided.all');
    return [...say('met', met), ...say('not', not), ...say('undecided', undecided)]
      .slice(0, longest)
      .join(' ');
  }
  if (judged === 1 && undecided.length === 0) return [...say('met', met), ...say('not', not)].join(' ');
  return aboutTotal(total, subject, words);
}

function aboutTotal(total: Stat, subject: string | undefined, { t, grade }: Words): string {
  const judge = (kind: 'met' | 'not' | 'undecided') =>
    subject === undefined ? t(`headline.total.${kind}`) : t(`headline.subject.${kind}`, { name: subject });
  switch (standingOf(total)) {
    case 'mixed':
      return t('headline.mixed');
    case 'met':
      return judge('met');
    case 'not':
      return judge('not');
    case 'undecided':
      if (total.enough === 'yes') return judge('undecided');
      return t('headline.total.indicative', { grade: grade(total.mean) });
    case 'untargeted':
      return t(total.enough === 'yes' ? 'headline.total' : 'headline.total.indicative', {
        grade: grade(total.mean),
      });
    default:
      return t('headline.few');
  }
}
