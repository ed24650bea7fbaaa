import { weekdayOf } from '#shared/core/calendar.ts';
import { isHoliday } from '#shared/core/holidays.ts';
import type { Cause } from './causes.ts';

interface Rhythm {
  /** Per weekday from Monday: opening and closing hour, and how busy the day is. */
  week: readonly (readonly [from: number, to: number, busy: number])[];
  /** How busy each hour is, from 0 to 23 o'clock. */
  hours: readonly number[];
  /** How busy public holidays are. */
  holiday: number;
  /** What a part of the day adds to the grade. */
  grade: Readonly<Record<'night' | 'morning' | 'afternoon' | 'evening', number>>;
}

const closed = [0, 0, 1] as const;

export const rhythms = {
  desk: {
    week: [closed, [9, 17, 1], [9, 17, 1.1], [9, 20, 1], [9, 17, 0.9], closed, closed],
    hours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1.4, 1.3, 0.9, 1, 1.2, 1.1, 0.8, 0.8, 0.9, 0.6, 0, 0, 0, 0],
    holiday: 0,
    grade: { night: 0, morning: 0.05, afternoon: -0.05, evening: 0.1 },
  },
  phone: {
    week: [[8, 17, 1.3], [8, 17, 1.1], [8, 17, 1], [8, 17, 1], [8, 17, 0.8], closed, closed],
    hours: [0, 0, 0, 0, 0, 0, 0, 0, 1.1, 1.6, 1.5, 1.2, 0.8, 1, 1.1, 1, 0.7, 0.7, 0.6, 0.4, 0, 0, 0, 0],
    holiday: 0,
    grade: { night: 0, morning: -0.05, afternoon: 0.05, evening: 0.05 },
  },
  always: {
    week: [
      [0, 24, 1.15],
      [0, 24, 1.1],
      [0, 24, 1.05],
      [0, 24, 1],
      [0, 24, 0.9],
      [0, 24, 0.8],
      [0, 24, 1],
    ],
    hours: [
      0.3, 0.15, 0.1, 0.05, 0.05, 0.1, 0.3, 0.7, 1.1, 1.4, 1.5, 1.4, 1.3, 1.3, 1.4, 1.3, 1.2, 1.1, 1.3, 1.9,
      2.2, 2, 1.3, 0.7,
    ],
    holiday: 0.6,
    grade: { night: -0.1, morning: 0.05, afternoon: 0.05, evening: -0.08 },
  },
} as const satisfies Record<string, Rhythm>;
export type RhythmName = keyof typeof rhythms;

export type Opening = NonNullable<Cause['opens']>;

/** How many ratings each hour of a day brings, as a share of an ordinary Tuesday; 0 where it is closed. */
export function busyHours(name: RhythmName, day: number, openings: readonly Opening[]): number[] {
  const rhythm: Rhythm = rhythms[name];
  const weekday = weekdayOf(day);
  const [from, to, busy] = rhythm.week[weekday - 1] ?? closed;
  const scale = busy * (isHoliday(day) ? rhythm.holiday : 1);
  const [, tuesday] = rhythm.week;
  const ordinary = rhythm.hours.slice(tuesday?.[0], tuesday?.[1]).reduce((sum, hour) => sum + hour, 0);
  const isOpen = (hour: number) =>
    (from <= hour && hour < to) ||
    openings.some(
      (opening) => opening.weekdays.includes(weekday) && opening.from <= hour && hour < opening.to,
    );
  return rhythm.hours.map((hour, i) => (isOpen(i) ? (hour / ordinary) * scale : 0));
}

/** The products that a day is open for when only an extra opening opens it; `null` is all. */
export function onlyFor(name: RhythmName, day: number, openings: readonly Opening[]): string[] | null {
  const weekday = weekdayOf(day);
  const usual: Rhythm['week'][number] = rhythms[name].week[weekday - 1] ?? closed;
  if (usual[0] < usual[1]) return null;
  const extra = openings.filter((opening) => opening.weekdays.includes(weekday));
  const products = extra.flatMap((opening) => opening.products ?? []);
  return products.length > 0 ? products : null;
}
