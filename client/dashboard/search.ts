import { commentKinds, followUpStatuses, intervals, runningPeriods } from '#shared/contract/lists.ts';
import type { Period } from '#shared/contract/live.ts';
import { dateOfDay, dayOfDate } from '#shared/core/calendar.ts';
import type { Narrowing } from './api/queries.ts';
import { previousRange, rangeOf } from './figures/period.ts';
import { languages } from './messages/messages.ts';

/** Two periods that follow from today, or from one date. */
export const comparisons = ['year', 'month', 'date'] as const;

/** What can be put side by side. */
export const sideBySide = ['channel', 'touchpoint', 'location', 'product', 'language'] as const;
export type SideBySide = (typeof sideBySide)[number];

const one = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const keys = (value: unknown): string[] | undefined => {
  const found = [value].flat().filter((key): key is string => typeof key === 'string' && key !== '');
  return found.length > 0 ? found : undefined;
};
const oneOf =
  <const Item extends string>(items: readonly Item[]) =>
  (value: unknown): Item | undefined =>
    items.find((item) => item === value);
const someOf =
  <const Item extends string>(items: readonly Item[]) =>
  (value: unknown): Item[] | undefined =>
    keys(value)?.every((key) => items.some((item) => item === key)) ? (keys(value) as Item[]) : undefined;
const text =
  (most = Number.POSITIVE_INFINITY) =>
  (value: unknown): string | undefined => {
    const found = one(value);
    return found !== undefined && found.length <= most ? found : undefined;
  };
const whole =
  (from: number, to: number) =>
  (value: unknown): number | undefined => {
    const number = Number(one(value) || Number.NaN);
    return Number.isInteger(number) && number >= from && number <= to ? number : undefined;
  };
/** A calendar day that exists, such as 2026-07-01. */
const day = (value: unknown): string | undefined => {
  const found = one(value) ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(found) || Number.isNaN(Date.parse(found))) return undefined;
  return dateOfDay(dayOfDate(found)) === found ? found : undefined;
};

/** What an address can say. */
const readers = {
  taal: oneOf(languages),
  period: oneOf(runningPeriods),
  from: day,
  to: day,
  channel: keys,
  touchpoint: keys,
  location: keys,
  product: keys,
  language: keys,
  marked: oneOf(['exclude']),
  view: oneOf(['table']),
  wallboard: text(),
  /** Of a tablet that asks to be paired. */
  code: text(20),
  /** Of the page that compares two periods: `from` and `to` are the later one. */
  compare: oneOf(comparisons),
  baseFrom: day,
  baseTo: day,
  date: day,
  weeks: whole(1, 104),
  by: keys,
  /** Of a page with lines or groups: how far apart the points are, and what stands side by side. */
  interval: oneOf(intervals),
  group: oneOf(sideBySide),
  /** Of the comments: what is looked for, which one is open, and whether what was done is shown. */
  q: text(200),
  theme: keys,
  status: someOf(followUpStatuses),
  kind: oneOf(commentKinds),
  open: text(40),
  list: oneOf(['done']),
  /** Of the year table. */
  year: whole(2000, 2100),
};
export type Search = { [Key in keyof typeof readers]?: ReturnType<(typeof readers)[Key]> };

/** What an address says; what it says wrongly is ignored, so that an old bookmark still opens. */
export function searchIn(found: Record<string, unknown>): Search {
  const read = Object.entries(readers).map(([key, reader]) => [key, reader(found[key])] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** Keys and values as every address has them; a key can occur several times. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const known = found[key];
    found[key] = known === undefined ? value : [known, value].flat();
  }
  return found;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [value].flat().map((one) => (one === '' ? key : `${key}=${encodeURIComponent(String(one))}`)),
  );
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

export function periodOf({ period, from, to }: Search): Period {
  return from && to && from <= to ? { from, to } : (period ?? 'year');
}

export function narrowingOf(search: Search): Narrowing {
  const { channel, touchpoint, location, product, language, marked } = search;
  return { channel, touchpoint, location, product, language, marked };
}

/** What pages about figures have in common: the period and what is counted. */
export function figureSearch(search: Search): Search {
  const { taal, period, from, to } = search;
  return { taal, period, from, to, ...narrowingOf(search) };
}

/** The address where a figure of this period is compared with the one before it. */
export function whySearch(search: Search, today: number, narrowing: Narrowing = {}): Search {
  const { taal } = search;
  const period = periodOf(search);
  const about = { ...(taal ? { taal } : {}), ...narrowingOf(search), ...narrowing };
  if (period === 'year') return about;
  if (period === 'month') return { ...about, compare: 'month' };
  const base = previousRange(period, today);
  const current = rangeOf(period, today);
  return { ...about, baseFrom: base.from, baseTo: base.to, from: current.from, to: current.to };
}
