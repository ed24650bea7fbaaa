import { ProblemError } from '#shared/contract/errors.ts';
import type { Break, Grouping, Interval, Point } from '#shared/contract/figures.ts';
import {
  dayOf,
  dayOfSlot,
  firstDayOf,
  firstDayOfMonth,
  hourOfSlot,
  lastDayFrom,
  startOfDay,
  startOfSlot,
  weekdayOf,
} from '#shared/core/calendar.ts';
import type { Cell } from '../storage/port.ts';
import { type Selection, Tally } from '../storage/selection.ts';

type Unit = 'slot' | 'day' | 'month';

/** The unit in which cells are read: the coarsest that still tells intervals and groups apart. */
export function unitOf(interval: Interval, by: Grouping | undefined): Unit {
  if (interval === 'hour' || by === 'hour') return 'slot';
  return interval === 'day' || interval === 'week' || by === 'weekday' ? 'day' : 'month';
}

const dayIn = (unit: Unit, time: number): number =>
  unit === 'slot' ? dayOfSlot(time) : unit === 'day' ? time : firstDayOfMonth(time);

/** The start of the interval that a cell is in, in milliseconds UTC. */
const startOf = (interval: Interval, unit: Unit, time: number): number =>
  interval === 'hour' ? startOfSlot(time) : startOfDay(firstDayOf(interval, dayIn(unit, time)));

function keyOf(selection: Selection, unit: Unit, cell: Cell): string {
  if (selection.by === 'weekday') return String(weekdayOf(dayIn(unit, cell.time)));
  if (selection.by === 'hour') return String(hourOfSlot(cell.time));
  return selection.keyOf(cell, 0);
}

/** More points than this are no chart, and a burden to whoever asks next. */
const mostPoints = 50_000;
const perDay = { hour: 24, day: 1, week: 1 / 7, month: 1 / 30, quarter: 1 / 91, year: 1 / 365 };

/** Refuses a question whose answer would have too many points. `first` is the first day that has ratings. */
export function checkSize(
  { settings, by, from, to }: Selection,
  interval: Interval,
  first: number,
  today: number,
): void {
  const days = Math.min(to ?? today, today) - Math.max(from ?? first, first) + 1;
  const lists = {
    channel: settings.channels.length,
    touchpoint: settings.touchpoints.length,
    location: settings.touchpoints.length,
    product: settings.products.length + 1,
    language: settings.languageIds.size + 1,
    // An hour or a day is one hour or weekday by itself.
    weekday: interval === 'hour' || interval === 'day' ? 1 : 7,
    hour: interval === 'hour' ? 1 : 24,
  };
  if (days * perDay[interval] * (by === undefined ? 1 : lists[by]) <= mostPoints) return;
  const detail = 'This would be too many points. Choose a longer interval or a shorter period.';
  throw new ProblemError('invalid-input', detail, {
    errors: [{ pointer: '/interval', code: 'range', detail }],
  });
}

/** The last day that a point tells of: its own end, or that of the question. */
function lastDayOf({ to }: Selection, interval: Interval, start: number): number {
  const first = dayOf(start);
  const last = interval === 'hour' ? first : lastDayFrom(interval, first);
  return to === null ? last : Math.min(to, last);
}

/** One point per interval and group that has ratings, in order of time. */
export function pointsOf(selection: Selection, interval: Interval, cells: readonly Cell[]): Point[] {
  const unit = unitOf(interval, selection.by);
  const starts = new Map<number, number>();
  const tallies = new Map<string, { start: number; key: string; tally: Tally }>();
  for (const cell of cells) {
    let start = starts.get(cell.time);
    if (start === undefined) {
      start = startOf(interval, unit, cell.time);
      starts.set(cell.time, start);
    }
    const key = keyOf(selection, unit, cell);
    const name = `${start} ${key}`;
    let point = tallies.get(name);
    if (!point) {
      point = { start, key, tally: new Tally() };
      tallies.set(name, point);
    }
    point.tally.add(cell.placement, cell.counts);
  }
  return [...tallies.values()]
    .filter(({ tally }) => tally.counts.some((count) => count > 0))
    .sort((a, b) => a.start - b.start || (a.key < b.key ? -1 : 1))
    .map(({ start, key, tally }) => ({
      start: new Date(start).toISOString(),
      ...(selection.by === undefined ? {} : { key }),
      ...selection.stat(
        tally,
        selection.by === undefined ? null : key,
        lastDayOf(selection, interval, start),
      ),
    }));
}

/** Where a touchpoint of the selection began to ask in another way, within the period. */
export function breaksOf(selection: Selection, firstSlots: ReadonlyMap<number, number>): Break[] {
  const began = new Map<string, { touchpoint: string; method: number; slot: number }>();
  const chosen = new Set(selection.query().placements);
  for (const { id, touchpoint, method } of selection.settings.placements) {
    const slot = firstSlots.get(id);
    if (slot === undefined || !chosen.has(id)) continue;
    const known = began.get(`${touchpoint} ${method}`);
    if (!known || slot < known.slot) began.set(`${touchpoint} ${method}`, { touchpoint, method, slot });
  }
  const ordered = [...began.values()].sort((a, b) => a.slot - b.slot);
  return ordered
    .filter(({ touchpoint, slot }, place) => {
      const day = dayOfSlot(slot);
      const inPeriod =
        (selection.from === null || day >= selection.from) && (selection.to === null || day <= selection.to);
      return inPeriod && ordered.slice(0, place).some((other) => other.touchpoint === touchpoint);
    })
    .map(({ touchpoint, method, slot }) => ({
      at: new Date(startOfSlot(slot)).toISOString(),
      touchpoint,
      label: selection.settings.methods.find(({ id }) => id === method)?.label ?? '',
    }));
}
