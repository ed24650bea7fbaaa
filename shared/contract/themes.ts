import * as z from 'zod';

const interval = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();
const inPeriod = z.object({
  n: z.int().meta({ description: 'Comments that mention it' }),
  share: interval.meta({ description: 'Of the comments; null without any' }),
  mean: interval.meta({ description: 'Grade of who mentions it; null below ten' }),
});

/** A theme (thema) in two periods: how often it is mentioned, with what grade, and what both add to the change. */
export const ThemeChange = z
  .object({
    key: z.string(),
    label: z.object({ nl: z.string(), en: z.string() }),
    base: inPeriod,
    current: inPeriod,
    shareChange: interval,
    fromShare: interval.meta({
      description: 'Grade points of the change, among comments, from being mentioned more or less',
    }),
    fromGrade: interval.meta({
      description: 'Grade points of the change, among comments, from other grades of who mentions it',
    }),
    claimed: z.boolean().meta({ description: 'One of both is proven, after Holm over all themes' }),
  })
  .meta({ id: 'ThemeChange' });
export type ThemeChange = z.infer<typeof ThemeChange>;
