import { dateOfDay, weekdayOf, yearOfDay } from './calendar.ts';

const dayNumber = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / 86_400_000;

/** Easter Sunday in the Gregorian calendar: the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayNumber(year, Math.floor(sum / 31), (sum % 31) + 1);
}

function holidaysOf(year: number): Set<number> {
  const sunday = easter(year);
  const kingsDay = dayNumber(year, 4, 27);
  return new Set([
    dayNumber(year, 1, 1),
    sunday - 2,
    sunday,
    sunday + 1,
    weekdayOf(kingsDay) === 7 ? kingsDay - 1 : kingsDay,
    dayNumber(year, 5, 5),
    sunday + 39,
    sunday + 49,
    sunday + 50,
    dayNumber(year, 12, 25),
    dayNumber(year, 12, 26),
  ]);
}

const known = new Map<number, Set<number>>();

/** The days of article 3 of the Algemene termijnenwet, Good Friday and 5 May included. */
export function isHoliday(day: number): boolean {
  const year = yearOfDay(day);
  let days = known.get(year);
  if (!days) {
    days = holidaysOf(year);
    known.set(year, days);
  }
  return days.has(day);
}

export const holidayDates = (year: number): string[] =>
  [...holidaysOf(year)].sort((a, b) => a - b).map(dateOfDay);

/** Days on which the counters of a Dutch municipality are closed: 5 May in years of a lustrum only, Good Friday not. */
export function closedHolidays(year: number): number[] {
  const goodFriday = easter(year) - 2;
  const liberation = dayNumber(year, 5, 5);
  return [...holidaysOf(year)]
    .filter((day) => day !== goodFriday && (day !== liberation || year % 5 === 0))
    .sort((a, b) => a - b);
}
