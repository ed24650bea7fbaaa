import * as z from 'zod';

const months = (least: number, most: number) => z.int().min(least).max(most);
const days = (most: number) => z.int().min(1).max(most);

/** How long each kind is kept. Ratings go by whole months, so that what stays of them as counts is whole months as well. */
export const Retention = z
  .strictObject({
    commentMonths: months(1, 120).meta({ description: 'Comments, and answers in words' }),
    ratingMonths: months(12, 240).meta({ description: 'Single ratings; their counts are kept for good' }),
    firstPostDays: days(365).meta({ description: 'What was posted first of a rating that was corrected' }),
    auditMonths: months(6, 120).meta({ description: 'The audit log' }),
    invitationDays: days(365).meta({ description: 'Invitations, after they were answered or ran out' }),
    backupDays: days(365).meta({ description: 'Scheduled backups, and copies from before an upgrade' }),
  })
  .refine(({ commentMonths, ratingMonths }) => commentMonths <= ratingMonths, {
    error: 'A comment cannot be kept longer than its rating.',
    path: ['commentMonths'],
  })
  .meta({ id: 'Retention' });
export type Retention = z.infer<typeof Retention>;

export const defaultRetention: Retention = {
  commentMonths: 12,
  ratingMonths: 60,
  firstPostDays: 30,
  auditMonths: 24,
  invitationDays: 30,
  backupDays: 30,
};

const contact = z
  .union([z.email(), z.url({ protocol: /^https$/ })])
  .nullable()
  .default(null);
/** Whom the public pages name: an e-mail address or a page of the municipality; null where there is none yet. */
export const Contacts = z
  .strictObject({
    privacy: contact.meta({ description: 'Questions about privacy, such as the data protection officer' }),
    security: contact.meta({ description: 'Who finds a weakness: security.txt' }),
    accessibility: contact.meta({ description: 'Who cannot use a page' }),
    privacyPage: z
      .url({ protocol: /^https$/ })
      .nullable()
      .default(null),
    accessibilityPage: z
      .url({ protocol: /^https$/ })
      .nullable()
      .default(null),
  })
  .meta({ id: 'Contacts' });
export type Contacts = z.infer<typeof Contacts>;
export const noContacts: Contacts = Contacts.parse({});

export const retentionKinds = ['comments', 'answers', 'ratings', 'firstPosts', 'auditEvents'] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** What is older than its period: how many, and from before when. */
export const Expiring = z
  .object({ kind: z.enum(retentionKinds), before: z.iso.datetime(), rows: z.int() })
  .meta({ id: 'Expiring' });
export type Expiring = z.infer<typeof Expiring>;

export const RetentionRun = z
  .object({
    at: z.iso.datetime(),
    removed: z.record(z.enum(retentionKinds), z.int()),
    copiesRemoved: z.int(),
    longestTransaction: z.number().meta({ description: 'In milliseconds' }),
    emptied: z.boolean().meta({ description: 'Whether the write-ahead log was emptied as well' }),
  })
  .meta({ id: 'RetentionRun' });
export type RetentionRun = z.infer<typeof RetentionRun>;

export const RetentionState = z
  .object({ periods: Retention, expiring: z.array(Expiring), lastRun: RetentionRun.nullable() })
  .meta({ id: 'RetentionState' });
export type RetentionState = z.infer<typeof RetentionState>;

/** How many comments hold each label that the redaction puts. */
export const RedactionFigures = z
  .object({
    comments: z.int(),
    redacted: z.int(),
    labels: z.array(z.object({ label: z.string(), comments: z.int() })),
  })
  .meta({ id: 'RedactionFigures' });
export type RedactionFigures = z.infer<typeof RedactionFigures>;

export const ErasureQuery = z.object({
  text: z.string().trim().min(1).max(200).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  touchpoint: z.string().max(63).optional(),
});
export type ErasureQuery = z.infer<typeof ErasureQuery>;

export const ErasureFound = z
  .object({
    reference: z.string(),
    at: z.iso.datetime(),
    touchpoint: z.string(),
    grade: z.int().nullable(),
    smiley: z.int().nullable(),
    comment: z.string(),
  })
  .meta({ id: 'ErasureFound' });
export type ErasureFound = z.infer<typeof ErasureFound>;
