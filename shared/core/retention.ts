import type { Retention } from '../contract/privacy.ts';
import type { Answers } from '../contract/rating.ts';
import { dayOf, firstDayOfMonth, monthOfDay, startOfDay } from './calendar.ts';

/** Midnight in Amsterdam so many months before `now`; where that month is shorter, of its last day. */
export function monthsBefore(now: number, months: number): number {
  const day = dayOf(now);
  const month = monthOfDay(day);
  const into = day - firstDayOfMonth(month);
  const target = month - months;
  return startOfDay(Math.min(firstDayOfMonth(target) + into, firstDayOfMonth(target + 1) - 1));
}

/** Ratings go by whole months: from the first day of a month on they are kept, in milliseconds UTC. */
export const ratingsKeptFrom = (now: number, { ratingMonths }: Retention): number =>
  startOfDay(firstDayOfMonth(monthOfDay(dayOf(now)) - ratingMonths));
export const commentsKeptFrom = (now: number, { commentMonths }: Retention): number =>
  monthsBefore(now, commentMonths);

const isWords = (value: Answers[string]): boolean =>
  Array.isArray(value) ? value.some(isWords) : typeof value === 'string' && !/^[\w-]{1,63}$/.test(value);

/** What was chosen from a list, a mark or a number stays; answers in words go when comments go. */
export function withoutWords(answers: Answers | null): Answers | null {
  const left = Object.entries(answers ?? {}).filter(([, value]) => !isWords(value));
  return left.length === 0 ? null : Object.fromEntries(left);
}
