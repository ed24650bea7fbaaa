import * as z from 'zod';
import { Filters } from './figures.ts';
import { limits } from './limits.ts';
import { commentKinds, followUpStatuses, mostAtOnce } from './lists.ts';
import { isCleanText } from './rating.ts';

export { commentKinds, followUpStatuses, mostAtOnce };

export const FollowUpStatus = z.enum(followUpStatuses);
export type FollowUpStatus = z.infer<typeof FollowUpStatus>;

export const CommentKind = z.enum(commentKinds);
export type CommentKind = z.infer<typeof CommentKind>;

/** What staff did about a comment (opvolging). */
export const FollowUp = z
  .object({
    version: z.int().meta({ description: 'Send it along with a change; 0 when nobody changed anything yet' }),
    status: FollowUpStatus,
    owner: z.string().nullable(),
    note: z.string().nullable().meta({ description: 'For colleagues' }),
    done: z.string().nullable().meta({ description: 'What was done about it, for publication' }),
    forwardedAt: z.string().nullable(),
    changedAt: z.string().nullable(),
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'FollowUp' });
export type FollowUp = z.infer<typeof FollowUp>;

/** A comment (reactie) as staff read it. */
export const CommentItem = z
  .object({
    reference: z.string(),
    givenAt: z.string(),
    receivedAt: z.string(),
    touchpoint: z.string(),
    channel: z.string(),
    location: z.string().nullable(),
    product: z.string().nullable(),
    language: z.string().nullable(),
    grade: z.int().nullable(),
    smiley: z.int().nullable(),
    text: z.string().meta({ description: 'As stored: personal data was replaced before' }),
    themes: z.array(z.string()),
    kinds: z.array(CommentKind),
    marked: z.boolean(),
    voided: z.boolean(),
    trial: z.boolean(),
    followUp: FollowUp,
  })
  .meta({ id: 'Comment' });
export type CommentItem = z.infer<typeof CommentItem>;

const several = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .union([item, z.array(item).max(limits.filterValues)])
    .transform((value) => [value].flat() as z.infer<Item>[])
    .optional();

/** A comment is looked for among those of at most so many letters. */
const longestQuestion = 200;
export const commentsPerPage = 50;
/** More than this many are not counted. */
export const mostCounted = 1000;

export const CommentsQuery = Filters.extend({
  theme: several(z.string().regex(/^[a-z0-9-]{1,40}$/)),
  status: several(FollowUpStatus),
  kind: CommentKind.optional(),
  q: z.string().trim().max(longestQuestion).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}-[\w-]{22}$/, { error: 'The `next` of an earlier answer.' })
    .optional(),
}).refine(({ from, to }) => !from || !to || from <= to, {
  error: '`from` is after `to`.',
  path: ['from'],
  params: { code: 'range' },
});
export type CommentsQuery = z.infer<typeof CommentsQuery>;

export const CommentsAnswer = z.object({
  items: z.array(CommentItem),
  next: z.string().nullable().meta({ description: 'Cursor of the next page' }),
  found: z
    .int()
    .optional()
    .meta({ description: `On the first page; ${mostCounted + 1} says: more than ${mostCounted}` }),
});
export type CommentsAnswer = z.infer<typeof CommentsAnswer>;

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `At most ${max} characters.` })
    .refine(isCleanText, { error: 'Control characters are not allowed.', params: { code: 'characters' } })
    .transform((value) => value || null)
    .nullable();

export const FollowUpChange = z.strictObject({
  status: FollowUpStatus.optional(),
  owner: text(100).optional(),
  note: text(limits.commentLength).optional(),
  done: text(limits.commentLength).optional(),
});
export type FollowUpChange = z.infer<typeof FollowUpChange>;

const version = z.int().min(0);
export const CommentPatch = z.strictObject({ version, ...FollowUpChange.shape });
export type CommentPatch = z.infer<typeof CommentPatch>;

export const Reference = z.string().regex(/^[\w-]{22}$/, { error: 'The reference of a comment.' });
export const CommentsPatch = z.strictObject({
  items: z
    .array(z.strictObject({ reference: Reference, version }))
    .min(1)
    .max(mostAtOnce),
  change: FollowUpChange,
});
/** Those that were changed, and those that somebody else changed meanwhile, as they are now. */
export const CommentsPatched = z.object({ changed: z.array(CommentItem), conflicts: z.array(CommentItem) });
export type CommentsPatched = z.infer<typeof CommentsPatched>;

/** What was done, for publication: one for all comments that it was done about. */
export const Improvement = z
  .object({
    done: z.string(),
    lastDone: z.string(),
    comments: z.int(),
    channels: z.array(z.string()),
    themes: z.array(z.string()),
  })
  .meta({ id: 'Improvement' });
export type Improvement = z.infer<typeof Improvement>;

export const ThemeName = z
  .object({ key: z.string(), label: z.object({ nl: z.string(), en: z.string() }) })
  .meta({ id: 'ThemeName' });
export type ThemeName = z.infer<typeof ThemeName>;

/** Where a threat is passed on to; null for nowhere. */
export const CommentForwarding = z
  .strictObject({ forwardingTo: z.email().max(320).nullable() })
  .meta({ id: 'CommentForwarding' });
export type CommentForwarding = z.infer<typeof CommentForwarding>;
