import type { Period, runningPeriods } from '#shared/contract/live.ts';
import {
  dateOfDay,
  dayOfDate,
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

/** The same days a day, week, month or year earlier; for chosen days as many days right before. */
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
  const back = period === 'week' ? 7 : to - from + 1;
  return rangeOfDays({ from: from - back, to: to - back });
}

/** The first days of the last 26 weeks, this week included. */
export function lastWeeks(today: number, count = 26): number[] {
  const monday = runningPeriod('week', today).from;
  return Array.from({ length: count }, (_, index) => monday - (count - 1 - index) * 7);
}
