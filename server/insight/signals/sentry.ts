import { hourOfSlot, slotOf } from '#shared/core/calendar.ts';
import { type DetectorState, falls, startState, step, thresholdOf } from '#shared/core/detector.ts';
import { type Arrival, counts, mark, type NewSignal } from '../../storage/port.ts';
import type { Place } from './places.ts';
import type { Reference } from './reference.ts';

/** Ratings that are brought later than this after they were given raise no alarm. */
const latest = 3 * 3_600_000;

/** For one bet: the ratings up to now that multiply a stake the most (Page's CUSUM), or the last one alone. */
interface Trail {
  score: number;
  since: number;
  n: number;
  sum: number;
}

/** Watches over the grade of one place: plain data, fit for JSON and for another thread. */
export interface Sentry extends Place {
  /** Number of the last rating that came in before it began. */
  after: number;
  reference: Reference;
  state: DetectorState;
  trails: Trail[];
}

const noTrail = (): Trail => ({ score: 0, since: 0, n: 0, sum: 0 });

export const sentryAt = ({ scope, key, channel }: Place, reference: Reference, after: number): Sentry => ({
  ...{ scope, key, channel, after, reference, state: startState(), trails: falls.map(noTrail) },
});

/** What somebody gave here and now: a grade that counts, not imported, and not long ago. */
export const isLive = ({ grade, marks, at, receivedAt }: Arrival): boolean =>
  grade !== null && counts(marks) && (marks & mark.imported) === 0 && receivedAt - at <= latest;

/** One more rating. */
export function bet(sentry: Sentry, grade: number, at: number): void {
  const part = Math.floor(hourOfSlot(slotOf(at)) / 6);
  const { mean, variance } = sentry.reference.held[part]!;
  const before = sentry.state;
  sentry.state = step(before, grade, mean, variance);
  for (const [j, trail] of sentry.trails.entries()) {
    if (trail.score <= 0) Object.assign(trail, noTrail(), { since: at });
    trail.score += Math.log(sentry.state.evidence[j]! / (before.evidence[j]! + 1));
    trail.n++;
    trail.sum += grade;
  }
}

/** So many ratings to a false alarm that all sentries together raise at most so many a year. */
export const alarmAt = (sentry: Sentry, sentries: number, falseAlarmsPerYear: number): number =>
  thresholdOf(sentry.reference.ratingsPerYear / falseAlarmsPerYear, sentries);

/** The bet that found most says since when. */
export function signalOf({ scope, key, reference, state, trails }: Sentry, at: number, threshold: number) {
  const best = trails[state.evidence.indexOf(Math.max(...state.evidence))]!;
  return {
    ...{ scope, key, raisedAt: at, since: best.since, threshold, evidence: state.e },
    ...{ meanBefore: reference.mean, nBefore: reference.n, meanSince: best.sum / best.n, nSince: best.n },
    ...{ baseFrom: reference.from, baseTo: reference.to },
  } satisfies NewSignal;
}
