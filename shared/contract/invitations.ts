import * as z from 'zod';
import { Day } from './figures.ts';
import { moments } from './lists.ts';
import { Key, RatingId } from './rating.ts';

export { moments };

export const Moment = z.enum(moments);
export type Moment = z.infer<typeof Moment>;

export const invitationLanguages = ['nl', 'en'] as const;

/** So many invitations in one request. */
export const invitationsPerBatch = 1000;

const Reference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/, {
    error: 'At most 64 letters, digits and . _ : / -, such as a case number.',
  })
  .refine((text) => !/(?<!\d)\d{8,9}(?!\d)/.test(text), {
    error: 'Eight or nine digits in a row may be a citizen service number: no personal data here.',
  });

/** One person to be asked. Without an address, or with `send` false, the caller sends the link. */
export const InvitationInput = z
  .strictObject({
    id: RatingId.optional().meta({
      description: 'Of the caller: the same id again is the same invitation, so a request can be repeated',
    }),
    touchpoint: Key.default('digitaal-product'),
    moment: Moment,
    product: Key.optional(),
    form: z.string().max(100).optional().meta({ description: 'Name of the form it came from' }),
    language: z.enum(invitationLanguages).default('nl'),
    email: z.email({ error: 'An e-mail address.' }).max(254).optional(),
    phone: z
      .string()
      .regex(/^(?:\+[1-9]\d{7,14}|06\d{8})$/, { error: 'A mobile number such as +31612345678.' })
      .optional(),
    send: z.boolean().default(true),
    remindAfterDays: z
      .int()
      .min(1)
      .max(30)
      .optional()
      .meta({ description: 'No reminder where it is absent' }),
    reference: Reference.optional().meta({
      description: 'Of the caller, without personal data; erased 24 hours after the answer',
    }),
  })
  .refine(({ email, phone }) => email === undefined || phone === undefined, {
    path: ['phone'],
    error: 'Give an e-mail address or a phone number, not both.',
    params: { code: 'one-of' },
  })
  .meta({ id: 'InvitationInput' });
export type InvitationInput = z.infer<typeof InvitationInput>;

export const InvitationBatch = z
  .strictObject({ invitations: z.array(z.unknown()).max(invitationsPerBatch) })
  .meta({ id: 'InvitationBatch' });

/**
 * `waiting`: it will be sent; `link`: the caller sends the link; `quarantine` (invited not long ago) and `unsubscribed`:
 * nobody is asked, and there is no link.
 */
export const InvitationMade = z
  .object({
    id: z.string(),
    status: z.enum(['accepted', 'duplicate']),
    delivery: z.enum(['waiting', 'link', 'quarantine', 'unsubscribed']),
    link: z.url().nullable().meta({ description: 'Single use; ?grade=8 behind it preselects an 8' }),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'InvitationMade' });
export type InvitationMade = z.infer<typeof InvitationMade>;

export const deliveryStates = [
  'link',
  'waiting',
  'sending',
  'sent',
  'delivered',
  'refused',
  'bounced',
  'unknown',
  'cancelled',
] as const;

export const Invitation = z
  .object({
    id: z.string(),
    touchpoint: z.string(),
    product: z.string().nullable(),
    form: z.string().nullable(),
    moment: Moment,
    language: z.string(),
    reference: z.string().nullable(),
    delivery: z.enum(deliveryStates),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    answeredAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

/** How many of those who were reached answered; refused, bounced and cancelled ones were not reached. */
export const ResponseRate = z
  .object({
    product: z.string().nullable(),
    label: z.string(),
    moment: Moment,
    invited: z.int(),
    reached: z.int(),
    answered: z.int(),
    rate: z.number().nullable().meta({ description: 'answered of reached, 0 to 1' }),
  })
  .meta({ id: 'ResponseRate' });
export type ResponseRate = z.infer<typeof ResponseRate>;

export const RatesQuery = z.object({ from: Day.optional(), to: Day.optional() });

export const InvitationRules = z
  .strictObject({
    quarantineDays: z
      .int()
      .min(0)
      .max(3650)
      .meta({ description: 'Nobody is invited again within so many days' }),
    validDays: z.int().min(1).max(365).meta({ description: 'So long a link can be used' }),
  })
  .meta({ id: 'InvitationRules' });
export type InvitationRules = z.infer<typeof InvitationRules>;

/** What NotifyNL posts when it knows what became of a message; the rest of it is not looked at. */
export const DeliveryReport = z.object({
  id: z.string().max(100),
  status: z.string().max(50),
});
