import * as z from 'zod';
import { limits } from './limits.ts';

/** Unicode control characters other than tab and line ends, or a surrogate without its half. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
export const isCleanText = (text: string): boolean => !forbidden.test(text) && text.isWellFormed();

const clean = {
  error: 'Control characters and broken characters are not allowed.',
  params: { code: 'characters' },
};
/** At most so many UTF-16 units, as browsers count them; the schema library counts code points. */
const text = (max: number) =>
  z
    .string()
    .refine(({ length }) => length <= max, {
      error: `At most ${max} characters.`,
      params: { code: 'too-long' },
    })
    .refine(isCleanText, clean)
    .meta({ maxLength: max });

/** A short key from the settings: a touchpoint, product, language or question. */
export const Key = z.string().min(1).max(100);
export const RatingId = z
  .guid({ error: 'A UUID, such as 0192f0c1-8a3e-7cc3-98c4-dc0c0c07398f.' })
  .transform((id) => id.toLowerCase());
export const Instant = z.iso.datetime({ offset: true, error: 'A date and time with offset, RFC 3339.' });

export const Grade = z.int({ error: 'A whole number from 1 to 10.' }).min(1).max(10);
export const Smiley = z.int({ error: 'A whole number from 1 to 5.' }).min(1).max(5);
export const Comment = text(limits.commentLength);
export const Answers = z
  .record(
    Key,
    z.union([text(limits.answerLength), z.boolean(), z.array(Key.refine(isCleanText, clean)).max(20)]),
  )
  .refine((answers) => Object.keys(answers).length <= limits.answers, {
    error: `At most ${limits.answers} answers.`,
    params: { code: 'too-many' },
  });
export type Answers = z.infer<typeof Answers>;

/** One person's answer as it arrives. Exactly one of `grade` and `smiley`: checked beside the settings. */
export const RatingInput = z
  .strictObject({
    id: RatingId,
    touchpoint: Key,
    grade: Grade.optional(),
    smiley: Smiley.optional(),
    givenAt: Instant.optional(),
    language: Key.optional(),
    product: Key.optional(),
    form: z.int().min(1).optional(),
    formToken: z.string().max(500).optional(),
    answers: Answers.optional(),
    comment: Comment.optional(),
  })
  .meta({ id: 'RatingInput' });
export type RatingInput = z.infer<typeof RatingInput>;

/** What replaces fields of an earlier rating: the last one wins. */
export const RatingAddition = z
  .strictObject({
    grade: Grade.optional(),
    smiley: Smiley.optional(),
    comment: Comment.optional(),
    answers: Answers.optional(),
  })
  .meta({ id: 'RatingAddition' });
export type RatingAddition = z.infer<typeof RatingAddition>;

/** Items are checked one by one, so that a bad one harms no other. */
export const RatingBatch = z
  .strictObject({
    sentAt: Instant,
    ratings: z
      .array(z.unknown())
      .max(limits.batchRatings, { error: `At most ${limits.batchRatings} ratings.` }),
  })
  .meta({ id: 'RatingBatch' });

export const RatingAccepted = z
  .object({
    id: z.string(),
    receivedAt: z.string(),
    status: z.enum(['accepted', 'duplicate']),
    comment: z.string().optional().meta({ description: 'As stored: personal data replaced by labels' }),
  })
  .meta({ id: 'RatingAccepted' });
export type RatingAccepted = z.infer<typeof RatingAccepted>;
