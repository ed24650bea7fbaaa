import * as z from 'zod';
import { limits } from './limits.ts';
import { intervals } from './lists.ts';

export { intervals };

export const groupings = [
  'channel',
  'touchpoint',
  'location',
  'product',
  'language',
  'weekday',
  'hour',
] as const;
export const Grouping = z.enum(groupings);
export type Grouping = z.infer<typeof Grouping>;

export const Interval = z.enum(intervals);
export type Interval = z.infer<typeof Interval>;

/** A calendar day of Amsterdam, such as 2026-07-01. */
export const Day = z.iso.date({ error: 'A date such as 2026-07-01.' });

const values = z
  .union([z.string(), z.array(z.string()).max(limits.filterValues)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .optional();

export const Filters = z.strictObject({
  from: Day.optional(),
  to: Day.optional(),
  channel: values,
  touchpoint: values,
  location: values,
  product: values,
  language: values,
  marked: z.enum(['include', 'exclude']).optional(),
});
export type Filters = z.infer<typeof Filters>;

const orderly = {
  check: (query: { from?: string | undefined; to?: string | undefined }) =>
    !query.from || !query.to || query.from <= query.to,
  error: { error: '`from` is after `to`.', path: ['from'], params: { code: 'range' } },
};
export const FiltersQuery = Filters.refine(orderly.check, orderly.error);
export const SummaryQuery = Filters.extend({ by: Grouping.optional() }).refine(orderly.check, orderly.error);
export type SummaryQuery = z.infer<typeof SummaryQuery>;
export const SeriesQuery = Filters.extend({ by: Grouping.optional(), interval: Interval }).refine(
  orderly.check,
  orderly.error,
);
export type SeriesQuery = z.infer<typeof SeriesQuery>;

const figure = z.number().nullable();
export const Figures = z.object({
  n: z.int(),
  mean: figure,
  sd: figure,
  low: figure,
  high: figure,
  margin: figure,
  liveLow: figure,
  liveHigh: figure,
  histogram: z.array(z.int()),
  enough: z.enum(['none', 'indicative', 'yes']),
});
export type Figures = z.infer<typeof Figures>;

export const Stat = Figures.extend({
  mixedMethods: z.boolean(),
  derived: Figures.optional().meta({ description: 'The same for smiley ratings, histogram of five' }),
  target: z.number().optional(),
  verdict: z.enum(['met', 'not-met', 'undecided']).optional(),
}).meta({ id: 'Stat' });
export type Stat = z.infer<typeof Stat>;
export type Verdict = NonNullable<Stat['verdict']>;

export const Group = Stat.extend({ key: z.string(), label: z.string() });
export type Group = z.infer<typeof Group>;

export const Summary = z
  .object({ sequence: z.int(), total: Stat, groups: z.array(Group) })
  .meta({ id: 'Summary' });
export type Summary = z.infer<typeof Summary>;

export const Point = Stat.extend({ start: z.string(), key: z.string().optional() });
export type Point = z.infer<typeof Point>;
export const Break = z.object({ at: z.string(), touchpoint: z.string(), label: z.string() });
export type Break = z.infer<typeof Break>;
export const Series = z.object({ points: z.array(Point), breaks: z.array(Break) }).meta({ id: 'Series' });
export type Series = z.infer<typeof Series>;
