import * as z from 'zod';

const Counts = z.record(z.string(), z.int());

/** What goes out by itself, and whether it may. */
export const Outgoing = z
  .object({
    paused: z.boolean().meta({ description: 'After a restore, until an administrator releases it' }),
    ways: z.object({
      staff: z.string().nullable(),
      mail: z.string().nullable(),
      sms: z.string().nullable(),
    }),
    mail: Counts.meta({ description: 'Messages by state' }),
    deliveries: Counts.meta({ description: 'Webhook deliveries by state' }),
    recent: z.array(
      z.object({
        id: z.int(),
        kind: z.string(),
        state: z.string(),
        attempts: z.int(),
        queuedAt: z.iso.datetime(),
        changedAt: z.iso.datetime(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Outgoing' });
export type Outgoing = z.infer<typeof Outgoing>;

export const OutgoingChange = z
  .strictObject({
    paused: z.boolean(),
    discard: z
      .array(z.enum(['mail', 'webhooks']))
      .default([])
      .meta({ description: 'What waits is cancelled first: it went out before the restore' }),
  })
  .meta({ id: 'OutgoingChange' });
