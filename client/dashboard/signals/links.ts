import type { Signal } from '#shared/contract/signals.ts';
import type { Search } from '../search.ts';

/** Where a signal is explained: the time since the fall against its reference. */
export function whyOf({ explanation }: Signal, { taal }: Search): Search {
  const { from, to, baseFrom, baseTo, channel, touchpoint, by } = explanation;
  return { taal, from, to, baseFrom, baseTo, channel, touchpoint, by };
}

/** The course of the place from its reference until now. */
export function courseOf({ explanation }: Signal, { taal }: Search): Search {
  const { to, baseFrom, channel, touchpoint } = explanation;
  return { taal, from: baseFrom, to, channel, touchpoint };
}

/** Nobody looked at it yet, and nobody put it off. */
export const isNew = ({ status, acknowledgedAt, snoozedUntil }: Signal, today: string): boolean =>
  status === 'open' && acknowledgedAt === undefined && (snoozedUntil === undefined || snoozedUntil <= today);
