import { dayOfSlot, firstDayOfThird, slotsPerDay, thirdOfDay } from '#shared/core/calendar.ts';
import type { CellQuery } from './port.ts';

/**
 * The roll-ups. `detail` keeps product and language apart, `totals` does not: most questions are about channels, and
 * then a day is one row per placement instead of one per product.
 */
export const levels = [
  { level: 0, detail: true, unit: 'slot' },
  { level: 1, detail: true, unit: 'day' },
  { level: 2, detail: true, unit: 'third' },
  { level: 3, detail: false, unit: 'slot' },
  { level: 4, detail: false, unit: 'day' },
  { level: 5, detail: false, unit: 'third' },
] as const;
export type Unit = (typeof levels)[number]['unit'];

export const startIn = (unit: Unit, slot: number): number =>
  unit === 'slot' ? slot : unit === 'day' ? dayOfSlot(slot) : thirdOfDay(dayOfSlot(slot));

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
 * Few rows that hold exactly the days asked for: whole thirds of months where time may be lost, days at the edges. An edge
 * of more than half a third is the third less the days that were not asked for. So at most ten days are ever read one by
 * one, whatever the period.
 */
export function stretchesOf(
  query: Pick<CellQuery, 'from' | 'to' | 'products' | 'languages' | 'keep'>,
): Stretch[] {
  const { keep } = query;
  const detail = Boolean(query.products || query.languages || keep.product || keep.language);
  const stretch = (unit: Unit, from: number, to: number, sign: 1 | -1 = 1): Stretch => ({
    ...{ sign, unit, from, to },
    level: levels.find((level) => level.detail === detail && level.unit === unit)!.level,
  });
  const from = query.from ?? earliest;
  const to = query.to ?? latest;
  if (keep.time === 'slot' || keep.time === 'hour' || keep.time === 'weekhour' || keep.time === 'daypart') {
    const start = from === earliest ? earliest : from * slotsPerDay;
    const end = to === latest ? latest : to * slotsPerDay + slotsPerDay - 1;
    return [stretch('slot', start, end)];
  }
  if (keep.time === 'day' || keep.time === 'weekday') return [stretch('day', from, to)];

  /** Days within one third. */
  const edge = (first: number, last: number): Stretch[] => {
    const third = thirdOfDay(first);
    const before = firstDayOfThird(third);
    const after = firstDayOfThird(third + 1) - 1;
    if ((last - first + 1) * 2 <= after - before + 1) return [stretch('day', first, last)];
    return [
      stretch('third', third, third),
      ...(first > before ? [stretch('day', before, first - 1, -1)] : []),
      ...(last < after ? [stretch('day', last + 1, after, -1)] : []),
    ];
  };
  const firstThird = from === earliest ? earliest : thirdOfDay(from);
  const lastThird = to === latest ? latest : thirdOfDay(to);
  if (firstThird === lastThird) return edge(from, to);
  const firstWhole = from === earliest || firstDayOfThird(firstThird) === from ? firstThird : firstThird + 1;
  const lastWhole = to === latest || firstDayOfThird(lastThird + 1) - 1 === to ? lastThird : lastThird - 1;
  return [
    ...(firstWhole <= lastWhole ? [stretch('third', firstWhole, lastWhole)] : []),
    ...(firstWhole > firstThird ? edge(from, firstDayOfThird(firstThird + 1) - 1) : []),
    ...(lastWhole < lastThird ? edge(firstDayOfThird(lastThird), to) : []),
  ];
}
