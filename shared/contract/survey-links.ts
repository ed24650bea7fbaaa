import * as z from 'zod';
import { Grade, Key } from './rating.ts';

/** The id as it stands in the address: `/theme/kf/<id>`. */
export const SurveyLinkId = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, {
  error: 'Letters, digits, dots, hyphens and underscores.',
});

/** Where an address of an earlier survey leads to. */
export const SurveyLink = z
  .object({
    id: SurveyLinkId,
    touchpoint: Key,
    product: Key.nullable().meta({
      description: 'The product of every answer, unless the form says another',
    }),
    forms: z.record(z.string().min(1).max(100), Key).meta({ description: 'The product by `Q_Formid`' }),
    grades: z.record(z.string().min(1).max(20), Grade).meta({
      description: 'The grade by `Q_RATINGID`; none: a number from 1 to 10 is the grade itself',
    }),
  })
  .meta({ id: 'SurveyLink' });
export type SurveyLink = z.infer<typeof SurveyLink>;

/** What is sent to keep it; the id stands in the address. */
export const SurveyLinkChange = z
  .strictObject({
    touchpoint: SurveyLink.shape.touchpoint,
    product: SurveyLink.shape.product.default(null),
    forms: SurveyLink.shape.forms.default({}),
    grades: SurveyLink.shape.grades.default({}),
  })
  .meta({ id: 'SurveyLinkChange' });
export type SurveyLinkChange = z.infer<typeof SurveyLinkChange>;
