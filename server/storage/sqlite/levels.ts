import { dayOfSlot, firstDayOfMonth, monthOfDay, slotsPerDay } from '#shared/core/calendar.ts';
import type { CellQuery } from '../port.ts';

/**
 * The roll-ups. `detail` keeps product and language apart, `totals` does not: most questions are about channels, and
 * then a day is one row per placement instead of one per product.
 */
export const levels = [
  { level: 0, detail: true, unit: 'slot' },
  { level: 1, detail: true, unit: 'month' },
  { level: 2, detail: false, unit: 'slot' },
  { level: 3, detail: false, unit: 'day' },
  { level: 4, detail: false, unit: 'month' },
] as const;
export type Unit = (typeof levels)[number]['unit'];

export const startIn = (unit: Unit, slot: number): number =>
  unit === 'slot' ? slot : unit === 'day' ? dayOfSlot(slot) : monthOfDay(dayOfSlot(slot));

/** A stretch of one level, both ends inclusive, and how it is read off in the unit of `keep.time`. */
export interface Stretch {
  level: number;
  unit: Unit;
  from: number;
  to: number;
}

const earliest = -(10 ** 9);
const latest = 10 ** 9;

/**
 * The fewest rows that hold exactly the days asked for: whole months where time may be lost, days or slots at the edges.
 * Where months are kept apart, an edge lies within one month.
 */
export function stretchesOf(
  query: Pick<CellQuery, 'from' | 'to' | 'products' | 'languages' | 'keep'>,
): Stretch[] {
  const { keep } = query;
  const detail = Boolean(query.products || query.languages || keep.product || keep.language);
  const pick = (unit: Unit) => {
    const exact = levels.find((level) => level.detail === detail && level.unit === unit);
    return exact ?? levels.find((level) => level.detail === detail && level.unit === 'slot')!;
  };
  const inDays = (unit: Unit, from: number, to: number): Stretch => {
    const { level, unit: found } = pick(unit);
    if (found !== 'slot') return { level, unit: found, from, to };
    return {
      level,
      unit: found,
      from: from <= earliest ? from : from * slotsPerDay,
      to: to >= latest ? to : to * slotsPerDay + slotsPerDay - 1,
    };
  };
  const from = query.from ?? earliest;
  const to = query.to ?? latest;
  if (keep.time === 'slot' || keep.time === 'hour') return [inDays('slot', from, to)];
  if (keep.time === 'day' || keep.time === 'weekday') return [inDays('day', from, to)];

  const month = pick('month').level;
  const firstWhole =
    from === earliest
      ? earliest
      : firstDayOfMonth(monthOfDay(from)) === from
        ? monthOfDay(from)
        : monthOfDay(from) + 1;
  const lastWhole = to === latest ? latest : monthOfDay(to + 1) - 1;
  if (firstWhole > lastWhole) {
    if (keep.time !== 'month' || monthOfDay(from) === monthOfDay(to)) return [inDays('day', from, to)];
    const second = firstDayOfMonth(monthOfDay(to));
    return [inDays('day', from, second - 1), inDays('day', second, to)];
  }
  const stretches: Stretch[] = [{ level: month, unit: 'month', from: firstWhole, to: lastWhole }];
  if (from !== earliest && from < firstDayOfMonth(firstWhole))
    stretches.push(inDays('day', from, firstDayOfMonth(firstWhole) - 1));
  if (to !== latest && firstDayOfMonth(lastWhole + 1) <= to)
    stretches.push(inDays('day', firstDayOfMonth(lastWhole + 1), to));
  return stretches;
}
