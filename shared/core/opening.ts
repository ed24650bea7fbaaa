import { dateOfDay, dayOf, instantOfLocalTime, startOfDay, weekdayOf } from './calendar.ts';

/** Per weekday, Monday first, when it is open; Amsterdam time, `24:00` is the end of the day. */
export type Hours = readonly (readonly { from: string; to: string }[])[];

const instantOn = (day: number, time: string): number =>
  time === '24:00' ? startOfDay(day + 1) : instantOfLocalTime(`${dateOfDay(day)}T${time}`);

const openingsOn = (hours: Hours, closed: (day: number) => boolean, day: number) =>
  closed(day)
    ? []
    : (hours[weekdayOf(day) - 1] ?? []).map(({ from, to }) => ({
        from: instantOn(day, from),
        to: instantOn(day, to),
      }));

export const isOpenAt = (hours: Hours, closed: (day: number) => boolean, at: number): boolean =>
  openingsOn(hours, closed, dayOf(at)).some(({ from, to }) => from <= at && at < to);

/** How much of the time between two instants it was open, in milliseconds; stops counting at `enough`. */
export function openBetween(
  hours: Hours,
  closed: (day: number) => boolean,
  from: number,
  to: number,
  enough = Number.POSITIVE_INFINITY,
): number {
  let open = 0;
  for (let day = dayOf(to); day >= dayOf(from) && open < enough; day--)
    for (const opening of openingsOn(hours, closed, day))
      open += Math.max(0, Math.min(to, opening.to) - Math.max(from, opening.from));
  return open;
}
