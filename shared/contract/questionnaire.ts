import * as z from 'zod';
import { limits } from './limits.ts';
import { questionTypes } from './lists.ts';
import { isCleanText, Key } from './rating.ts';

export { questionTypes };

export const scales = ['grade', 'smiley'] as const;
export const Scale = z.enum(scales);
export type Scale = z.infer<typeof Scale>;

const label = z
  .string()
  .trim()
  .min(1, { error: 'Write a text.' })
  .max(limits.questionLength, { error: `At most ${limits.questionLength} characters.` })
  .refine(isCleanText, { error: 'Control characters are not allowed.', params: { code: 'characters' } });

/** One text per language. A language without one is asked in the first language of the municipality. */
export const Texts = z
  .record(z.string().regex(/^[a-z]{2,3}$/, { error: 'A language such as nl.' }), label)
  .refine((texts) => Object.keys(texts).length > 0, {
    error: 'Write the text in at least one language.',
    params: { code: 'required' },
  });
export type Texts = z.infer<typeof Texts>;

export const QuestionType = z.enum(questionTypes);
export type QuestionType = z.infer<typeof QuestionType>;

/** A key of ours: a question or an option. */
const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'Lower case letters, digits and hyphens.' });
const once = <Item extends { key: string }>(items: Item[]) =>
  new Set(items.map(({ key }) => key)).size === items.length;
const twice = { error: 'Two have the same key.', params: { code: 'one-of' } };

const grade = z.int().min(1).max(10);

/** A follow-up question. None is ever required. */
export const Question = z
  .strictObject({
    key: Name.meta({ description: 'Key of the answer; added to the answer keys of the settings' }),
    type: QuestionType,
    text: Texts,
    options: z
      .array(z.strictObject({ key: Name, text: Texts }))
      .max(limits.options)
      .refine(once, twice)
      .default([])
      .meta({ description: 'Of a choice: at least two' }),
    from: grade.default(1).meta({ description: 'Asked from this grade; a smiley counts as its grade' }),
    to: grade.default(10).meta({ description: 'Asked up to this grade' }),
  })
  .superRefine(({ type, options, from, to }, context) => {
    const choosing = type === 'choice' || type === 'multiple';
    const wrong = (path: string, message: string, code: string) =>
      context.addIssue({ code: 'custom', path: [path], message, params: { code } });
    if (choosing && options.length < 2) wrong('options', 'Name at least two options.', 'range');
    if (!choosing && options.length > 0) wrong('options', 'Only a choice has options.', 'one-of');
    if (from > to) wrong('from', '`from` is above `to`.', 'range');
  });
export type Question = z.infer<typeof Question>;

/** What an administrator decides about a touchpoint's questions; every save is a version that never changes again. */
export const QuestionnaireInput = z.strictObject({
  touchpoint: Key,
  after: z
    .int()
    .min(1)
    .meta({ description: 'The version that this one replaces; another in between gives 409' }),
  scale: Scale,
  question: Texts.nullable().meta({ description: 'Of the grade; null for the words of Klantpuls itself' }),
  commentQuestion: Texts.nullable(),
  product: Key.nullable().meta({ description: 'Counts for a rating that names no product' }),
  questions: z.array(Question).max(limits.questions).refine(once, twice),
});
export type QuestionnaireInput = z.infer<typeof QuestionnaireInput>;

/** A version of a questionnaire (vragenlijst). Version 1 is what a touchpoint asked before there was any. */
export const Questionnaire = z
  .object({
    touchpoint: z.string(),
    version: z.int(),
    validFrom: z.iso.datetime().nullable().meta({ description: 'null for the first: always' }),
    scale: Scale,
    question: Texts.nullable(),
    commentQuestion: Texts.nullable(),
    product: z.string().nullable(),
    questions: z.array(Question),
    method: z.string().meta({ description: 'The method version that its ratings belong to' }),
  })
  .meta({ id: 'Questionnaire' });
export type Questionnaire = z.infer<typeof Questionnaire>;

/** A follow-up question in one language. Ask it when `from` ≤ grade ≤ `to`. */
export const FormQuestion = z.object({
  key: z.string(),
  type: QuestionType,
  text: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })),
  from: z.int(),
  to: z.int(),
});
export type FormQuestion = z.infer<typeof FormQuestion>;

/** What a touchpoint asks, in one language. */
export const Form = z
  .object({
    touchpoint: z.string(),
    version: z.int().meta({ description: 'Send it as `form` with the rating' }),
    scale: Scale,
    language: z.string(),
    languages: z.array(z.string()),
    question: z.string(),
    lowest: z.string(),
    highest: z.string(),
    commentLabel: z.string(),
    questions: z.array(FormQuestion),
    product: z.string().nullable().meta({ description: 'What a rating without a product is counted under' }),
    trial: z.boolean().meta({ description: 'Ratings of now never count' }),
    texts: z.record(z.string(), z.string()).meta({ description: 'The other words of the widget, by name' }),
    municipality: z.string(),
    name: z.string(),
    formToken: z.string().optional().meta({
      description:
        'With `?rating=<id>` only: send it with the rating of that id, at least 2 seconds old. Without it stricter limits hold.',
    }),
  })
  .meta({ id: 'Form' });
export type Form = z.infer<typeof Form>;
