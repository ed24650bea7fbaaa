import * as z from 'zod';
import { Day, Filters, Stat } from './figures.ts';
import { explainDimensions } from './lists.ts';

export { explainDimensions };

export const ExplainDimension = z.enum(explainDimensions);
export type ExplainDimension = z.infer<typeof ExplainDimension>;

const figure = z.number().nullable();

/** Grade points, with the ends of its 95 % interval. */
export const Effect = z.object({ value: figure, low: figure, high: figure });
export type Effect = z.infer<typeof Effect>;

export const ExplanationVerdict = z.enum([
  'no-change',
  'explained',
  'partly-explained',
  'not-explained',
  'not-comparable',
]);
export type ExplanationVerdict = z.infer<typeof ExplanationVerdict>;

export const Segment = z.object({
  dimension: ExplainDimension,
  key: z.string().meta({ description: 'Empty for ratings without one' }),
  label: z.string(),
  nBase: z.int(),
  nCurrent: z.int(),
  meanBase: figure,
  meanCurrent: figure,
  mix: figure.meta({ description: 'Grade points of the change that lie in its changed share' }),
  within: figure.meta({ description: 'Grade points of the change that lie in its changed grades' }),
  low: figure.meta({ description: 'Of `within`' }),
  high: figure.meta({ description: 'Of `within`' }),
  claimed: z.boolean().meta({ description: 'Its `within` is proven, after Holm over all segments shown' }),
  status: z.enum(['both', 'new', 'gone']),
});
export type Segment = z.infer<typeof Segment>;

export const Term = z.object({
  term: z.string(),
  z: z.number(),
  n: z.int(),
  examples: z.array(z.string()).meta({ description: 'Redacted comments; empty for viewers' }),
});
export type Term = z.infer<typeof Term>;

export const Needed = z.object({
  perPeriod: z.int().meta({ description: 'Ratings per period; across a break: per way of asking' }),
  detectable: z.number().meta({ description: 'The smallest effect seen with 80 % power, in grade points' }),
});
export type Needed = z.infer<typeof Needed>;

/** All that follows from the counts alone. */
export const ExplainedFigures = z.object({
  base: Stat,
  current: Stat,
  change: Effect,
  verdict: ExplanationVerdict,
  sentences: z.object({ nl: z.array(z.string()), en: z.array(z.string()) }),
  mix: Effect,
  within: Effect,
  newGone: Effect.meta({ description: 'The part of `mix` that lies in segments of one period only' }),
  dimensions: z.array(Effect.extend({ key: ExplainDimension })).meta({
    description: 'Mix effect of each dimension (Shapley value); they add up to `mix`',
  }),
  segments: z.array(Segment),
  needed: Needed.optional(),
});
export type ExplainedFigures = z.infer<typeof ExplainedFigures>;

export const Explanation = ExplainedFigures.extend({ terms: z.array(Term) }).meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof Explanation>;

/** One to four, with commas or repeated. */
const by = z
  .union([z.string(), z.array(z.string())])
  .default('channel')
  .transform((value) => (Array.isArray(value) ? value : value.split(',')))
  .pipe(z.array(ExplainDimension).min(1).max(4))
  .refine((list) => new Set(list).size === list.length, {
    error: 'Each dimension once.',
    params: { code: 'one-of' },
  });

/** Two periods, and what to divide the change over. */
export const ExplanationQuery = Filters.extend({
  from: Day,
  to: Day,
  baseFrom: Day,
  baseTo: Day,
  by,
}).superRefine(({ from, to, baseFrom, baseTo }, context) => {
  const wrong = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message, params: { code: 'range' } });
  if (from > to) wrong('from', '`from` is after `to`.');
  if (baseFrom > baseTo) wrong('baseFrom', '`baseFrom` is after `baseTo`.');
  if (baseFrom <= to && from <= baseTo) wrong('baseFrom', 'The two periods overlap.');
});
export type ExplanationQuery = z.infer<typeof ExplanationQuery>;
