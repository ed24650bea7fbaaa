import * as z from 'zod';
import { Filters } from './figures.ts';
import { Key } from './rating.ts';
import { Slug } from './slug.ts';

/** A promise, the question whose answers tell whether it was kept, and the share that is agreed. */
export const ServiceNorm = z
  .strictObject({
    key: Slug,
    promise: z.string().trim().min(1).max(200).meta({ description: 'Such as "Binnen 10 minuten geholpen"' }),
    question: Key.meta({ description: 'The answer key that measures it' }),
    confirms: z
      .array(z.union([z.boolean(), Key]))
      .min(1)
      .max(10)
      .meta({ description: 'Answers that confirm it: keys of options, or true of a yes-no question' }),
    target: z.number().min(0).max(1).nullable().default(null).meta({ description: 'Share of 0 to 1' }),
    retired: z.boolean().default(false),
  })
  .meta({ id: 'ServiceNorm' });
export type ServiceNorm = z.infer<typeof ServiceNorm>;

export const ServiceNormInput = ServiceNorm.omit({ key: true });
export type ServiceNormInput = z.infer<typeof ServiceNormInput>;

/** Counted per touchpoint and day: product and language are not kept apart. */
export const ServiceNormsQuery = Filters.omit({ product: true, language: true, marked: true }).extend({
  interval: z.enum(['week', 'month', 'quarter', 'year']).default('month'),
});
export type ServiceNormsQuery = z.infer<typeof ServiceNormsQuery>;

const figure = z.number().nullable();
/** A share with Wilson's 95 % interval; null below ten answers. */
export const ShareFigures = z.object({
  n: z.int().meta({ description: 'Ratings that answered the question' }),
  share: figure,
  low: figure,
  high: figure,
  enough: z.enum(['none', 'indicative', 'yes']),
});
export type ShareFigures = z.infer<typeof ShareFigures>;

export const MeasuredNorm = ServiceNorm.extend({
  ...ShareFigures.shape,
  verdict: z.enum(['met', 'not-met', 'undecided']).optional(),
  points: z.array(ShareFigures.extend({ start: z.string() })),
}).meta({ id: 'MeasuredNorm' });
export type MeasuredNorm = z.infer<typeof MeasuredNorm>;
