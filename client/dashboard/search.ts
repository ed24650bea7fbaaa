import * as z from 'zod';
import { CommentKind, FollowUpStatus } from '#shared/contract/comments.ts';
import { Day, intervals } from '#shared/contract/figures.ts';
import { type Period, runningPeriods } from '#shared/contract/live.ts';
import type { Narrowing } from './api/queries.ts';
import { previousRange, rangeOf } from './figures/period.ts';
import { languages } from './messages/messages.ts';

const keys = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().filter((key) => key !== ''))
  .transform((value) => (value.length > 0 ? value : undefined))
  .optional()
  .catch(undefined);

/** Two periods that follow from today, or from one date. */
export const comparisons = ['year', 'month', 'date'] as const;

/** What can be put side by side. */
export const sideBySide = ['channel', 'touchpoint', 'location', 'product', 'language'] as const;
export type SideBySide = (typeof sideBySide)[number];

/** What an address can say. What it says wrongly is ignored, so that an old bookmark still opens. */
export const Search = z.object({
  taal: z.enum(languages).optional().catch(undefined),
  period: z.enum(runningPeriods).optional().catch(undefined),
  from: Day.optional().catch(undefined),
  to: Day.optional().catch(undefined),
  channel: keys,
  touchpoint: keys,
  location: keys,
  product: keys,
  language: keys,
  marked: z.literal('exclude').optional().catch(undefined),
  view: z.literal('table').optional().catch(undefined),
  wallboard: z.string().optional().catch(undefined),
  /** Of a tablet that asks to be paired. */
  code: z.string().max(20).optional().catch(undefined),
  /** Of the page that compares two periods: `from` and `to` are the later one. */
  compare: z.enum(comparisons).optional().catch(undefined),
  baseFrom: Day.optional().catch(undefined),
  baseTo: Day.optional().catch(undefined),
  date: Day.optional().catch(undefined),
  weeks: z.coerce.number().int().min(1).max(104).optional().catch(undefined),
  by: keys,
  /** Of a page with lines or groups: how far apart the points are, and what stands side by side. */
  interval: z.enum(intervals).optional().catch(undefined),
  group: z.enum(sideBySide).optional().catch(undefined),
  /** Of the comments: what is looked for, which one is open, and whether what was done is shown. */
  q: z.string().max(200).optional().catch(undefined),
  theme: keys,
  status: z
    .union([FollowUpStatus, z.array(FollowUpStatus)])
    .transform((value) => [value].flat())
    .optional()
    .catch(undefined),
  kind: CommentKind.optional().catch(undefined),
  open: z.string().max(40).optional().catch(undefined),
  list: z.literal('done').optional().catch(undefined),
  /** Of the year table. */
  year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
});
export type Search = z.infer<typeof Search>;

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
