import { dateOfDay, dayOf, dayOfDate, yearOfDay } from '#shared/core/calendar.ts';
import { closedHolidays } from '#shared/core/holidays.ts';

/** Official holidays of this year and the next, and the days that the municipality added; in order. */
export function closedDaysFrom(own: readonly string[], now: number): string[] {
  const year = yearOfDay(dayOf(now));
  const official = [year, year + 1].flatMap(closedHolidays).map(dateOfDay);
  return [...new Set([...official, ...own])].sort();
}

export function closedOn(own: readonly string[], now: number): (day: number) => boolean {
  const year = yearOfDay(dayOf(now));
  const days = new Set([...[year - 1, year, year + 1].flatMap(closedHolidays), ...own.map(dayOfDate)]);
  return (day) => days.has(day);
}
