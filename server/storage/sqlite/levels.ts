import { dayOfSlot, firstDayOfMonth, monthOfDay, slotsPerDay } from '#shared/core/calendar.ts';
import type { CellQuery } from '../port.ts';

/**
 * The roll-ups. `detail` keeps product and language apart, `totals` does not: most questions are about channels, and
 * then a day is one row per placement instead of one per product.
 */
export const levels = [
  { level: 0, detail: true, unit: 'slot' },
  { level: 1, detail: true, unit: 'day' },
  { level: 2, detail: true, unit: 'month' },
  { level: 3, detail: false, unit: 'slot' },
  { level: 4, detail: false, unit: 'day' },
  { level: 5, detail: false, unit: 'month' },
] as const;
export type Unit = (typeof levels)[number]['unit'];

export const startIn = (unit: Unit, slot: number): number =>
  unit === 'slot' ? slot : unit === 'day' ? dayOfSlot(slot) : monthOfDay(dayOfSlot(slot));

/** A stretch of one level, both ends inclusive, that is added (1) or taken off again (-1). */
export interface Stretch {
  sign: 1 | -1;
  level: number;
  unit: Unit;
  from: number;
  to: number;
}

const earliest = -(10 ** 9);
const latest = 10 ** 9;

/**
 * Few rows that hold exactly the days asked for: whole months where time may be lost, days at the edges. An edge of more
 * than half a month is the month less the days that were not asked for. Where months are kept apart, an edge lies within
 * one month.
 */
export function stretchesOf(
  query: Pick<CellQuery, 'from' | 'to' | 'products' | 'languages' | 'keep'>,
): Stretch[] {
  const { keep } = query;
  const detail = Boolean(query.products || query.languages || keep.product || keep.language);
  const levelOf = (unit: Unit) =>
    levels.find((level) => level.detail === detail && level.unit === unit)!.level;
  const inDays = (from: number, to: number, sign: 1 | -1 = 1): Stretch => ({
    sign,
    level: levelOf('day'),
    unit: 'day',
    from,
    to,
  });
  const inMonths = (from: number, to: number): Stretch => ({
    sign: 1,
    level: levelOf('month'),
    unit: 'month',
    from,
    to,
  });
  const from = query.from ?? earliest;
  const to = query.to ?? latest;
  if (keep.time === 'slot' || keep.time === 'hour' || keep.time === 'daypart') {
    const start = from === earliest ? earliest : from * slotsPerDay;
    const end = to === latest ? latest : to * slotsPerDay + slotsPerDay - 1;
    return [{ sign: 1, level: levelOf('slot'), unit: 'slot', from: start, to: end }];
  }
  if (keep.time === 'day' || keep.time === 'weekday') return [inDays(from, to)];

  /** Days within one month. */
  const edge = (first: number, last: number): Stretch[] => {
    const month = monthOfDay(first);
    const before = firstDayOfMonth(month);
    const after = firstDayOfMonth(month + 1) - 1;
    const whole = after - before + 1;
    if (first === before && last === after) return [inMonths(month, month)];
    if (keep.time === 'month' || (last - first + 1) * 2 <= whole) return [inDays(first, last)];
    return [
      inMonths(month, month),
      ...(first > before ? [inDays(before, first - 1, -1)] : []),
      ...(last < after ? [inDays(last + 1, after, -1)] : []),
    ];
  };
  const firstMonth = from === earliest ? earliest : monthOfDay(from);
  const lastMonth = to === latest ? latest : monthOfDay(to);
  if (firstMonth === lastMonth) return edge(from, to);
  const firstWhole = from === earliest || firstDayOfMonth(firstMonth) === from ? firstMonth : firstMonth + 1;
  const lastWhole = to === latest || firstDayOfMonth(lastMonth + 1) - 1 === to ? lastMonth : lastMonth - 1;
  return [
    ...(firstWhole <= lastWhole ? [inMonths(firstWhole, lastWhole)] : []),
    ...(firstWhole > firstMonth ? edge(from, firstDayOfMonth(firstMonth + 1) - 1) : []),
    ...(lastWhole < lastMonth ? edge(firstDayOfMonth(lastMonth), to) : []),
  ];
}
