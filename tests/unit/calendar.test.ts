import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as calendar from '#shared/core/calendar.ts';

const { dateOfDay, dayOf, dayOfDate, dayOfSlot, firstDayOf, hourOfSlot, slotOf, startOfDay, startOfSlot } =
  calendar;
const hour = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const iso = (instant: number) => new Date(instant).toISOString();

/** What a clock in Amsterdam shows, told by another part of the platform than the one under test uses. */
const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const wallOf = (instant: number) => {
  const [date = '', time = ''] = wall.format(instant).split(' ');
  return { date, hour: Number(time.slice(0, 2)) };
};
const anyInstant = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2100-12-31T23:59:59Z') });

const springs = ['2024-03-31', '2025-03-30', '2026-03-29'];
const autumns = ['2024-10-27', '2025-10-26', '2026-10-25'];
const slotsOf = (date: string) => {
  const from = startOfDay(dayOfDate(date));
  const to = startOfDay(dayOfDate(date) + 1);
  return Array.from({ length: (to - from) / hour }, (_, i) => slotOf(from + i * hour));
};

describe('the nights on which the clock changes', () => {
  test.each(springs)('AG2: %s has 23 hours, none of them 2 o’clock', (date) => {
    const hours = slotsOf(date).map(hourOfSlot);
    expect(hours).toEqual([0, 1, ...Array.from({ length: 21 }, (_, i) => i + 3)]);
    expect(slotsOf(date).every((slot) => dayOfSlot(slot) === dayOfDate(date))).toBe(true);
  });

  test.each(autumns)('AG2: %s has 25 hours, two of them 2 o’clock', (date) => {
    const hours = slotsOf(date).map(hourOfSlot);
    expect(hours).toEqual([0, 1, 2, ...Array.from({ length: 22 }, (_, i) => i + 2)]);
  });

  test.each(autumns)('AG2: the second 2 o’clock of %s is an hour of its own', (date) => {
    const first = slotOf(at(`${date}T00:30:00Z`));
    const second = slotOf(at(`${date}T01:30:00Z`));
    expect([first, second].map(hourOfSlot)).toEqual([2, 2]);
    expect(second).not.toBe(first);
    expect(iso(startOfSlot(first))).toBe(`${date}T00:00:00.000Z`);
    expect(iso(startOfSlot(second))).toBe(`${date}T01:00:00.000Z`);
  });

  test('AG2: the last millisecond before and the first after belong to different days', () => {
    expect(dateOfDay(dayOf(at('2026-03-28T22:59:59.999Z')))).toBe('2026-03-28');
    expect(dateOfDay(dayOf(at('2026-03-28T23:00:00.000Z')))).toBe('2026-03-29');
    expect(dateOfDay(dayOf(at('2026-03-29T21:59:59.999Z')))).toBe('2026-03-29');
    expect(dateOfDay(dayOf(at('2026-03-29T22:00:00.000Z')))).toBe('2026-03-30');
    expect(dateOfDay(dayOf(at('2026-10-25T22:59:59.999Z')))).toBe('2026-10-25');
    expect(dateOfDay(dayOf(at('2026-10-25T23:00:00.000Z')))).toBe('2026-10-26');
  });

  test('AG2: days begin at 22 or 23 o’clock UTC', () => {
    expect(iso(startOfDay(dayOfDate('2026-01-01')))).toBe('2025-12-31T23:00:00.000Z');
    expect(iso(startOfDay(dayOfDate('2026-07-01')))).toBe('2026-06-30T22:00:00.000Z');
    expect(iso(startOfDay(dayOfDate('2026-03-29')))).toBe('2026-03-28T23:00:00.000Z');
    expect(iso(startOfDay(dayOfDate('2026-03-30')))).toBe('2026-03-29T22:00:00.000Z');
    expect(iso(startOfDay(dayOfDate('2026-10-25')))).toBe('2026-10-24T22:00:00.000Z');
    expect(iso(startOfDay(dayOfDate('2026-10-26')))).toBe('2026-10-25T23:00:00.000Z');
  });
});

describe('slots', () => {
  test('AG2: an instant is in the slot of the date and the hour that the clock shows, until 2100', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const slot = slotOf(instant);
        expect({ date: dateOfDay(dayOfSlot(slot)), hour: hourOfSlot(slot) }).toEqual(wallOf(instant));
      }),
      { numRuns: 3000 },
    );
  });

  test('AG2: a slot begins at most an hour before any instant in it, and begins in itself', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const start = startOfSlot(slotOf(instant));
        expect(start).toBe(Math.floor(instant / hour) * hour);
        expect(slotOf(start)).toBe(slotOf(instant));
      }),
      { numRuns: 3000 },
    );
  });

  test('AG2: hours that follow each other are never the same slot, also in the nights of summer time', () => {
    for (const date of [...springs, ...autumns]) {
      const from = startOfDay(dayOfDate(date)) - 24 * hour;
      const slots = Array.from({ length: 73 }, (_, i) => slotOf(from + i * hour));
      expect(new Set(slots).size).toBe(73);
    }
  });
});

describe('weeks, months, quarters and years', () => {
  const first = (interval: Parameters<typeof firstDayOf>[0], date: string) =>
    dateOfDay(firstDayOf(interval, dayOfDate(date)));

  test.each([
    ['2025-12-31', '2025-12-29'],
    ['2026-01-01', '2025-12-29'],
    ['2026-01-04', '2025-12-29'],
    ['2026-01-05', '2026-01-05'],
    ['2021-01-03', '2020-12-28'],
    ['2024-12-30', '2024-12-30'],
    ['2026-03-29', '2026-03-23'],
  ])('AG2: the ISO week of %s begins on Monday %s', (date, monday) => {
    expect(first('week', date)).toBe(monday);
  });

  test('AG2: the months, quarters and years of a day begin on their first day', () => {
    expect(first('day', '2024-02-29')).toBe('2024-02-29');
    expect(first('month', '2024-02-29')).toBe('2024-02-01');
    expect(first('quarter', '2024-03-31')).toBe('2024-01-01');
    expect(first('quarter', '2024-06-30')).toBe('2024-04-01');
    expect(first('quarter', '2024-07-01')).toBe('2024-07-01');
    expect(first('quarter', '2024-12-31')).toBe('2024-10-01');
    expect(first('year', '2024-12-31')).toBe('2024-01-01');
    expect(calendar.yearOfDay(dayOfDate('2025-12-31'))).toBe(2025);
  });

  test('AG2: Monday is 1 and Sunday 7', () => {
    const week = Array.from({ length: 7 }, (_, i) => calendar.weekdayOf(dayOfDate('2026-07-06') + i));
    expect(week).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('AG2: every day of the century has a date, a month and a year that agree with each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayOfDate('2000-01-01'), max: dayOfDate('2100-12-31') }), (day) => {
        const date = dateOfDay(day);
        expect(dayOfDate(date)).toBe(day);
        expect(dateOfDay(calendar.firstDayOfMonth(calendar.monthOfDay(day)))).toBe(`${date.slice(0, 7)}-01`);
        expect(dateOfDay(calendar.firstDayOfYear(calendar.yearOfDay(day)))).toBe(`${date.slice(0, 4)}-01-01`);
        for (const interval of ['week', 'month', 'quarter', 'year'] as const) {
          const start = firstDayOf(interval, day);
          expect(start).toBeLessThanOrEqual(day);
          expect(firstDayOf(interval, start)).toBe(start);
        }
        expect(firstDayOf('week', day)).toBeGreaterThan(day - 7);
      }),
      { numRuns: 1000 },
    );
  });

  test('LV9: a running period runs from its first day until today', () => {
    const today = dayOfDate('2026-10-25');
    const period = (name: Parameters<typeof calendar.runningPeriod>[0]) => {
      const { from, to } = calendar.runningPeriod(name, today);
      return [dateOfDay(from), dateOfDay(to)];
    };
    expect(period('today')).toEqual(['2026-10-25', '2026-10-25']);
    expect(period('week')).toEqual(['2026-10-19', '2026-10-25']);
    expect(period('month')).toEqual(['2026-10-01', '2026-10-25']);
    expect(period('year')).toEqual(['2026-01-01', '2026-10-25']);
  });
});

describe('a time without offset', () => {
  const instantOf = (local: string) => iso(calendar.instantOfLocalTime(local));

  test('AG2: a time without offset is what a clock in Amsterdam shows', () => {
    expect(instantOf('2026-01-15T12:00')).toBe('2026-01-15T11:00:00.000Z');
    expect(instantOf('2026-07-15T12:00:30')).toBe('2026-07-15T10:00:30.000Z');
    expect(instantOf('2026-07-15 12:00:30.5')).toBe('2026-07-15T10:00:30.500Z');
    expect(instantOf('2026-07-01T00:30')).toBe('2026-06-30T22:30:00.000Z');
  });

  test('AG2: a time that exists twice is the first of the two, one that does not exist an hour later', () => {
    expect(instantOf('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
    expect(instantOf('2026-03-29T01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(instantOf('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf('2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('AG2: what is no time is not a number', () => {
    expect(calendar.instantOfLocalTime('2026-13-01T00:00')).toBeNaN();
    expect(calendar.instantOfLocalTime('gisteren')).toBeNaN();
    for (const date of ['2024-02-30', '2023-02-29', '2024-04-31', '2100-02-29'])
      expect(calendar.instantOfLocalTime(`${date} 10:00`), date).toBeNaN();
    expect(instantOf('2024-02-29 10:00')).toBe('2024-02-29T09:00:00.000Z');
  });

  test('AG2: the clock’s time of an instant leads back to it, except in the second 2 o’clock', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const second = Math.floor(instant / 1000) * 1000;
        const again = slotOf(second) % calendar.slotsPerDay === 24;
        expect(calendar.instantOfLocalTime(wall.format(second))).toBe(again ? second - hour : second);
      }),
      { numRuns: 3000 },
    );
  });
});
