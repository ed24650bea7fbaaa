import * as z from 'zod';
import { limits } from './limits.ts';
import { isCleanText } from './rating.ts';
import { Indicator } from './settings.ts';

const grade = z.number().nullable();

/** One indicator in the table of a year, its figures as they are printed. */
export const YearRow = z
  .object({
    key: z.string(),
    name: z.string(),
    objective: z.string(),
    unit: z.string(),
    source: z.string(),
    own: z.boolean().meta({ description: 'Computed from our own ratings' }),
    target: grade.meta({ description: 'Begroting' }),
    realised: grade.meta({ description: 'Realisatie' }),
    met: z.boolean().nullable().meta({ description: 'Doel gehaald, comparing both as printed' }),
    entered: z.boolean().meta({ description: 'Somebody entered the realised figure' }),
    computed: grade.meta({ description: 'What our own ratings give, where that is something' }),
    n: z.int().nullable(),
    low: grade,
    high: grade,
    certainty: z
      .enum(['met', 'not-met', 'undecided'])
      .nullable()
      .meta({ description: 'By the interval; null where none is known' }),
    mixedMethods: z.boolean(),
    counts: z.array(z.int()).nullable().meta({ description: 'Grades 1 to 10' }),
    measuredIn: z.int().nullable(),
    measuredOn: z.string().nullable(),
    note: z.string().nullable().meta({ description: 'Toelichting' }),
  })
  .meta({ id: 'YearRow' });
export type YearRow = z.infer<typeof YearRow>;

/** Ratings of a frozen year that came, changed or were taken out since; the frozen figure stays. */
export const Late = z.object({ more: z.int(), fewer: z.int(), computed: grade });
export type Late = z.infer<typeof Late>;

/** A table of a year that was frozen (vastgesteld). */
export const YearTable = z
  .object({
    id: z.int(),
    year: z.int(),
    hash: z.string().meta({ description: 'SHA-256 of the rows as they were frozen' }),
    verified: z
      .boolean()
      .meta({ description: 'The hash still fits, and the figures still follow from the counts' }),
    frozenAt: z.string(),
    frozenBy: z.string(),
    reopenedAt: z.string().nullable(),
    reopenedBy: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'YearTable' });
export type YearTable = z.infer<typeof YearTable>;

export const Year = z
  .string()
  .regex(/^20\d\d$/, { error: 'A year, such as 2026.' })
  .transform(Number);
export const IndicatorsQuery = z.strictObject({ year: Year.optional() });
/** With a year, every item has its row of that year. */
export const IndicatorsAnswer = z.object({
  items: z.array(Indicator.extend({ row: YearRow.optional(), late: Late.nullable().optional() })),
  years: z
    .array(z.int())
    .meta({ description: 'From the first year that has something to show until the last, without a gap' }),
  frozen: YearTable.nullable().optional(),
});
export type IndicatorsAnswer = z.infer<typeof IndicatorsAnswer>;

export const YearTablesQuery = z.strictObject({ year: Year.optional() });
export const Freeze = z.strictObject({ year: z.int().min(2000).max(2100) });
export const Reopen = z.strictObject({
  reason: z.string().trim().min(1, { error: 'Say why.' }).max(limits.commentLength).refine(isCleanText),
});
export const IndicatorsExportQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx']),
  year: Year.optional(),
});
