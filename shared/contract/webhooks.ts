import * as z from 'zod';
import { eventTypes } from './lists.ts';

export { eventTypes };

export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

const Url = z
  .url({ protocol: /^https?$/, error: 'An address that begins with https://.' })
  .max(500)
  .refine((url) => !/^\w+:\/\/[^/]*@/.test(url), { error: 'No user name or password in the address.' });

export const WebhookInput = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    url: Url,
    types: z.array(EventType).min(1, { error: 'Choose at least one.' }),
  })
  .meta({ id: 'WebhookInput' });

export const Webhook = z
  .object({
    id: z.int(),
    name: z.string(),
    url: z.string(),
    types: z.array(EventType),
    createdAt: z.iso.datetime(),
    deliveries: z.object({ waiting: z.int(), delivered: z.int(), failed: z.int() }),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

export const WebhookMade = Webhook.extend({
  secret: z.string().meta({ description: 'Shown once; it signs every delivery' }),
}).meta({ id: 'WebhookMade' });
export type WebhookMade = z.infer<typeof WebhookMade>;

export const WebhookDelivery = z
  .object({
    event: z.string().meta({ description: 'The id of the event: the same at every attempt' }),
    type: EventType,
    subject: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    status: z.int().nullable().meta({ description: 'What the receiver answered last' }),
    reason: z.string().nullable(),
    at: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** Sends again: these events, or all that failed. */
export const Replay = z
  .strictObject({ events: z.array(z.uuid()).max(1000).optional() })
  .meta({ id: 'WebhookReplay' });
