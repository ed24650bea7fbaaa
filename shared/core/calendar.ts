/**
 * The calendar of Europe/Amsterdam: days, hours of a day, ISO weeks, months, quarters and years, summer time included.
 *
 * A **day** is a whole number: days since 1970-01-01, of the Amsterdam date. A **slot** is an hour of a day:
 * `day * 32 + hour`, and hour 24 is the second time that the clock shows 2 on the night that summer time ends.
 * So hour of the day, weekday and date of a slot follow by arithmetic, in SQL as well.
 */
import type { Interval } from '../contract/figures.ts';

const hour = 3_600_000;
const dayLength = 24 * hour;
export const slotsPerDay = 32;
const secondTwo = 24;

/** Made when it is first asked: that takes longer than all that is asked of it at a start. */
let clock: Intl.DateTimeFormat | undefined;

/** Offsets change on whole hours UTC only (since 1940), so one look-up per hour serves; a small memory keeps it cheap. */
const offsets = new Map<number, number>();
function offsetAt(hourUtc: number): number {
  const known = offsets.get(hourUtc);
  if (known !== undefined) return known;
  clock ??= new Intl.DateTimeFormat('en-US', {
    timeZone: 'Europe/Amsterdam',
    timeZoneName: 'longOffset',
    hour: 'numeric',
  });
  const name = clock.formatToParts(hourUtc * hour).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  const offset = match
    ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * hour + Number(match[3]) * 60_000)
    : 0;
  if (offsets.size > 100_000) offsets.clear();
  offsets.set(hourUtc, offset);
  return offset;
}

/** The slot of an instant (milliseconds since 1970, UTC). */
export function slotOf(at: number): number {
  const hourUtc = Math.floor(at / hour);
  const offset = offsetAt(hourUtc);
  const local = at + offset;
  const day = Math.floor(local / dayLength);
  const ofDay = Math.floor((local - day * dayLength) / hour);
  const again = ofDay === 2 && offsetAt(hourUtc - 1) > offset;
  return day * slotsPerDay + (again ? secondTwo : ofDay);
}

export const dayOfSlot = (slot: number): number => Math.floor(slot / slotsPerDay);
export const hourOfSlot = (slot: number): number =>
  slot % slotsPerDay === secondTwo ? 2 : slot % slotsPerDay;
export const dayOf = (at: number): number => dayOfSlot(slotOf(at));
/** 1 (Monday) to 7; day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const dayparts = ['night', 'morning', 'afternoon', 'evening'] as const;
export type Daypart = (typeof dayparts)[number];
/** Quarters of the day: until 6, until 12, until 18 and until 24 o'clock. */
export const daypartOf = (hour: number): Daypart => dayparts[Math.floor(hour / 6)] ?? 'night';

/** The instant at which a slot begins, in milliseconds UTC. */
export function startOfSlot(slot: number): number {
  const day = dayOfSlot(slot);
  const ofDay = slot % slotsPerDay;
  const local = day * dayLength + (ofDay === secondTwo ? 2 : ofDay) * hour;
  // Of the two instants that can show this time the earlier has the larger offset.
  const early = local - 2 * hour;
  const late = local - hour;
  if (ofDay === secondTwo) return late;
  return early + offsetAt(Math.floor(early / hour)) === local ? early : late;
}
export const startOfDay = (day: number): number => startOfSlot(day * slotsPerDay);

/** `2026-07-01` → day; the text was checked at the door. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayLength;
export const dateOfDay = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10);

/** Days come in runs: the last one asked for is mostly the next. */
let lastDay = Number.NaN;
let lastMonth = Number.NaN;

/** Months since year 0. */
export function monthOfDay(day: number): number {
  if (day !== lastDay) {
    const date = new Date(day * dayLength);
    lastDay = day;
    lastMonth = date.getUTCFullYear() * 12 + date.getUTCMonth();
  }
  return lastMonth;
}
export const firstDayOfMonth = (month: number): number =>
  Date.UTC(Math.floor(month / 12), month % 12, 1) / dayLength;

/** A third of a month: its days 1 to 10, 11 to 20, or 21 and later; numbered on, three to a month. */
export function thirdOfDay(day: number): number {
  const month = monthOfDay(day);
  return month * 3 + Math.min(2, Math.floor((day - firstDayOfMonth(month)) / 10));
}
export const monthOfThird = (third: number): number => Math.floor(third / 3);
export const firstDayOfThird = (third: number): number =>
  firstDayOfMonth(monthOfThird(third)) + (third - monthOfThird(third) * 3) * 10;
export const yearOfDay = (day: number): number => new Date(day * dayLength).getUTCFullYear();
export const firstDayOfYear = (year: number): number => Date.UTC(year, 0, 1) / dayLength;

/** The first day of the week, month, quarter or year that a day is in. */
export function firstDayOf(interval: Exclude<Interval, 'hour'>, day: number): number {
  switch (interval) {
    case 'day':
      return day;
    case 'week':
      return day - weekdayOf(day) + 1;
    case 'month':
      return firstDayOfMonth(monthOfDay(day));
    case 'quarter':
      return firstDayOfMonth(Math.floor(monthOfDay(day) / 3) * 3);
    case 'year':
      return firstDayOfYear(yearOfDay(day));
  }
}

/** The last day of the interval that begins on a day. */
export function lastDayFrom(interval: Exclude<Interval, 'hour'>, firstDay: number): number {
  const month = monthOfDay(firstDay);
  const after = { day: firstDay + 1, week: firstDay + 7, month: 1, quarter: 3, year: 12 }[interval];
  return (interval === 'day' || interval === 'week' ? after : firstDayOfMonth(month + after)) - 1;
}

/** First and last day of a period that runs until today. */
export function runningPeriod(
  period: 'today' | 'week' | 'month' | 'year',
  today: number,
): { from: number; to: number } {
  return { from: firstDayOf(period === 'today' ? 'day' : period, today), to: today };
}

/** A time without offset, as a clock in Amsterdam shows it; a time that exists twice is the first of the two. */
export function instantOfLocalTime(local: string): number {
  const asUtc = Date.parse(`${local.replace(' ', 'T')}Z`);
  // Date.parse makes 1 March of 30 February.
  if (new Date(asUtc).getUTCDate() !== Number(local.slice(8, 10))) return Number.NaN;
  const early = asUtc - 2 * hour;
  return early + offsetAt(Math.floor(early / hour)) === asUtc ? early : asUtc - hour;
}
