import type { Period, runningPeriods } from '#shared/contract/live.ts';
import {
  dateOfDay,
  dayOfDate,
  firstDayOf,
  firstDayOfMonth,
  firstDayOfYear,
  monthOfDay,
  runningPeriod,
  yearOfDay,
} from '#shared/core/calendar.ts';

export interface Range {
  from: string;
  to: string;
}
type Days = { from: number; to: number };

const daysOf = (period: Period, today: number): Days =>
  typeof period === 'string'
    ? runningPeriod(period, today)
    : { from: dayOfDate(period.from), to: dayOfDate(period.to) };
const rangeOfDays = ({ from, to }: Days): Range => ({ from: dateOfDay(from), to: dateOfDay(to) });

export const rangeOf = (period: Period, today: number): Range => rangeOfDays(daysOf(period, today));
export const isRunning = (period: Period, today: number): boolean => daysOf(period, today).to >= today;
export const nameOf = (period: Period): (typeof runningPeriods)[number] | 'custom' =>
  typeof period === 'string' ? period : 'custom';

/** Whole months, from the first day of one to the last day of another: how many; otherwise 0. */
function wholeMonths({ from, to }: Days): number {
  const whole = from === firstDayOfMonth(monthOfDay(from)) && to + 1 === firstDayOfMonth(monthOfDay(to) + 1);
  return whole ? monthOfDay(to) - monthOfDay(from) + 1 : 0;
}

/** The year that chosen days make up, if they do. */
export function wholeYear(period: Period): string | null {
  if (typeof period === 'string') return null;
  const year = period.from.slice(0, 4);
  return period.from === `${year}-01-01` && period.to === `${year}-12-31` ? year : null;
}

/**
 * The same days a day, week, month or year earlier; for chosen days as many days right before, or as many months
 * where they are whole months.
 */
export function previousRange(period: Period, today: number): Range {
  const { from, to } = daysOf(period, today);
  if (period === 'month') {
    const first = firstDayOfMonth(monthOfDay(from) - 1);
    return rangeOfDays({ from: first, to: Math.min(first + (to - from), from - 1) });
  }
  if (period === 'year') {
    const first = firstDayOfYear(yearOfDay(from) - 1);
    const month = firstDayOfMonth(monthOfDay(to) - 12);
    const dayInMonth = to - firstDayOfMonth(monthOfDay(to));
    const end = firstDayOfMonth(monthOfDay(to) - 11) - 1;
    return rangeOfDays({ from: first, to: Math.min(month + dayInMonth, end) });
  }
  const months = typeof period === 'string' ? 0 : wholeMonths({ from, to });
  if (months > 0) return rangeOfDays({ from: firstDayOfMonth(monthOfDay(from) - months), to: from - 1 });
  const back = period === 'week' ? 7 : to - from + 1;
  return rangeOfDays({ from: from - back, to: to - back });
}

/** The first days of the 26 weeks up to and including the one of a day. */
export function weeksUntil(day: number, count = 26): number[] {
  const monday = firstDayOf('week', day);
  return Array.from({ length: count }, (_, index) => monday - (count - 1 - index) * 7);
}
