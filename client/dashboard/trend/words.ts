import type { Interval } from '#shared/contract/figures.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { usePageWords } from '../messages/page.ts';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

const catalogues = { nl, en };
export const useTrendWords = () => usePageWords<keyof typeof nl>(catalogues);
export type TrendWords = ReturnType<typeof useTrendWords>;

const quarterOf = (date: string) => Math.floor((Number(date.slice(5, 7)) + 2) / 3);

/** An interval by its first moment: "week van 3 november 2026", "3 nov, 14.00 uur". */
export function whenWords(
  interval: Interval,
  start: number,
  { w, date, dayAndMonth, monthName, time }: TrendWords,
) {
  const day = dateOfDay(dayOf(start));
  switch (interval) {
    case 'hour':
      return w('hour', { date: dayAndMonth(start), time: time(start) });
    case 'day':
      return date(start);
    case 'week':
      return w('week', { date: date(start) });
    case 'month':
      return monthName(start);
    case 'quarter':
      return w('quarter', { n: quarterOf(day), year: day.slice(0, 4) });
    case 'year':
      return day.slice(0, 4);
  }
}

/** The same, as short as it fits below a chart. */
export function shortWhen(interval: Interval, start: number, { dayAndMonth, time, language }: TrendWords) {
  const day = dateOfDay(dayOf(start));
  if (interval === 'hour') return time(start);
  if (interval === 'year') return day.slice(0, 4);
  if (interval === 'quarter') return `${language === 'nl' ? 'kw' : 'q'}${quarterOf(day)} ’${day.slice(2, 4)}`;
  if (interval === 'month') return `${dayAndMonth(start).replace(/[\d. ]+/g, '')} ’${day.slice(2, 4)}`;
  return dayAndMonth(start);
}
