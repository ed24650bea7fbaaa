import { type Retention, type RetentionKind, retentionKinds } from '#shared/contract/privacy.ts';
import { commentsKeptFrom, monthsBefore, ratingsKeptFrom } from '#shared/core/retention.ts';
import type { Cuts } from '../storage/port/privacy.ts';

const dayLength = 86_400_000;

/** Before when each kind is no longer kept. */
export function cutsAt(now: number, periods: Retention): Cuts {
  const comments = commentsKeptFrom(now, periods);
  return {
    comments,
    answers: comments,
    ratings: ratingsKeptFrom(now, periods),
    firstPosts: now - periods.firstPostDays * dayLength,
    auditEvents: monthsBefore(now, periods.auditMonths),
  };
}

export const expiringOf = (cuts: Cuts, rows: Record<RetentionKind, number>) =>
  retentionKinds.map((kind) => ({ kind, before: new Date(cuts[kind]).toISOString(), rows: rows[kind] }));
