import type { Break, Interval, Point, Stat } from '#shared/contract/figures.ts';
import type { Signal } from '#shared/contract/signals.ts';
import { dayOf, dayOfDate, firstDayOf, lastDayFrom, startOfDay } from '#shared/core/calendar.ts';
import type { Range } from '../figures/period.ts';

const hour = 3_600_000;
/** More points than this are no line that one can read. */
export const mostPoints = 800;

/** The starts of all intervals of a period until now, also of those without ratings. */
export function startsOf(interval: Interval, { from, to }: Range, now: number): number[] {
  const last = Math.min(dayOfDate(to), dayOf(now));
  const starts: number[] = [];
  if (interval === 'hour') {
    const end = Math.min(startOfDay(last + 1), now + 1);
    for (let at = startOfDay(dayOfDate(from)); at < end; at += hour) starts.push(at);
    return starts;
  }
  for (let day = firstDayOf(interval, dayOfDate(from)); day <= last; day = lastDayFrom(interval, day) + 1)
    starts.push(startOfDay(day));
  return starts;
}

const perDay: Record<Interval, number> = {
  ...{ hour: 24, day: 1, week: 1 / 7, month: 1 / 30, quarter: 1 / 91, year: 1 / 365 },
};
const lengthOf = ({ from, to }: Range, now: number) =>
  Math.max(1, Math.min(dayOfDate(to), dayOf(now)) - dayOfDate(from) + 1);

export const fits = (interval: Interval, range: Range, now: number): boolean =>
  lengthOf(range, now) * perDay[interval] <= mostPoints;

/** Some tens of points: enough to see a course, each with enough ratings. */
export function usualInterval(range: Range, now: number): Interval {
  const days = lengthOf(range, now);
  if (days <= 2) return 'hour';
  if (days <= 45) return 'day';
  if (days <= 400) return 'week';
  return days <= 2600 ? 'month' : 'quarter';
}

export interface Course {
  key: string;
  label: string;
  /** Beside the starts; null where nobody rated. */
  points: (Stat | null)[];
  breaks: { at: number; word: string }[];
  signals: { at: number; signal: Signal }[];
}

export interface Told {
  starts: readonly number[];
  points: readonly Point[];
  breaks: readonly Break[];
  signals: readonly Signal[];
}

/** The position in which a moment lies; -1 before the first. */
const placeOf = (starts: readonly number[], at: number) => starts.findLastIndex((start) => start <= at);

/** What one line shows. `counts` tells whether a touchpoint is counted in it. */
export function courseOf(
  { starts, points, breaks, signals }: Told,
  key: string,
  label: string,
  counts: (touchpoint: string) => boolean,
  about: (signal: Signal) => boolean,
  otherQuestion: string,
): Course {
  const byStart = new Map(
    points.filter((point) => (point.key ?? '') === key).map((point) => [Date.parse(point.start), point]),
  );
  const seen = new Set<number>();
  return {
    key,
    label,
    points: starts.map((start) => byStart.get(start) ?? null),
    breaks: breaks
      .filter(({ touchpoint }) => counts(touchpoint))
      .map(({ at, label: word }) => ({
        at: placeOf(starts, Date.parse(at)),
        word: word || otherQuestion,
      }))
      .filter(({ at }) => at > 0 && !seen.has(at) && seen.add(at)),
    signals: signals
      .filter(about)
      .map((signal) => ({ at: placeOf(starts, Date.parse(signal.since)), signal }))
      .filter(({ at }) => at >= 0),
  };
}
