import * as z from 'zod';
import { Grade, Instant, Key } from './rating.ts';

/** How a platform proves that a webhook is its own: a keyed hash (Twilio, SignalWire and others), or a signature. */
export const platforms = ['twilio', 'telnyx'] as const;

const LanguageKey = z.string().regex(/^[a-z]{2,3}$/);

/** What a line is set to. */
export const LineSettings = z
  .object({
    platform: z.enum(platforms).meta({
      description: 'twilio: HMAC-SHA1 (Twilio, SignalWire, Somleng, Kazoo); telnyx: Ed25519',
    }),
    languages: z
      .array(LanguageKey)
      .max(9)
      .meta({ description: 'In the order of the menu, key 1 first; none: all that are offered' }),
    voices: z
      .record(LanguageKey, z.string().min(1).max(100))
      .meta({ description: 'The name of a voice of the platform, by language' }),
    recordings: z
      .record(LanguageKey, z.record(z.string().min(1).max(30), z.url({ protocol: /^https?$/ })))
      .meta({ description: 'Addresses of audio files, by language and prompt; the others are spoken' }),
  })
  .meta({ id: 'LineSettings' });
export type LineSettings = z.infer<typeof LineSettings>;

/** `secret`: what the platform signs with (auth token), or the public key of Telnyx; absent: as it was; null: none. */
export const LineChange = z
  .strictObject({ ...LineSettings.shape, secret: z.string().trim().min(1).max(500).nullable().optional() })
  .meta({ id: 'LineChange' });
export type LineChange = z.infer<typeof LineChange>;

/** A telephone touchpoint with its settings. The secret itself is never given back. */
export const Line = z
  .object({
    touchpoint: z.string(),
    name: z.string(),
    ...LineSettings.shape,
    secret: z
      .enum(['own', 'default', 'none'])
      .meta({ description: 'default: the one of the environment; none: every call is refused' }),
    webhook: z.string().meta({ description: 'The address to set at the platform' }),
    statusCallback: z.string(),
  })
  .meta({ id: 'Line' });
export type Line = z.infer<typeof Line>;

/** One call as an exchange tells it. From a form every value is text, so a grade may come as one. */
export const CallRating = z.strictObject({
  callId: z.string().min(1).max(200),
  touchpoint: Key,
  language: Key.optional(),
  grade: z
    .union([
      z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number),
      z.number(),
    ])
    .pipe(Grade),
  status: z.string().max(50).optional(),
  occurredAt: Instant.optional(),
});

/** A caller who was asked whether to give a grade. */
export const CallOffer = z
  .strictObject({
    callId: z.string().min(1).max(200),
    touchpoint: Key,
    language: Key.optional(),
    occurredAt: Instant.optional(),
  })
  .meta({ id: 'CallOffer' });

export const OfferKept = z
  .object({ touchpoint: z.string(), status: z.enum(['accepted', 'duplicate']) })
  .meta({ id: 'OfferKept' });

/** How many callers were asked and how many gave a grade. */
export const ResponseRate = z
  .object({
    touchpoint: z.string(),
    offers: z.int().meta({ description: 'Callers who were asked, as the exchange told' }),
    calls: z.int().meta({ description: 'Calls that heard the question' }),
    rated: z.int().meta({ description: 'Calls with a grade' }),
    brokenOff: z.int().meta({ description: 'Calls that ended before the last word' }),
    responseRate: z
      .number()
      .nullable()
      .meta({ description: 'rated / offers, or rated / calls where no offer was told; null where neither' }),
  })
  .meta({ id: 'CallResponseRate' });
export type ResponseRate = z.infer<typeof ResponseRate>;

/** One step of a call that is tried: without an address the beginning of a new call. */
export const SimulatedStep = z
  .strictObject({
    callId: z.string().min(1).max(100),
    language: LanguageKey.optional(),
    action: z.string().max(1000).optional(),
    digits: z
      .string()
      .regex(/^[0-9*#]{0,20}$/)
      .optional(),
    hangUp: z.boolean().optional(),
  })
  .meta({ id: 'SimulatedStep' });
export type SimulatedStep = z.infer<typeof SimulatedStep>;

/** What the caller hears, and what the line waits for; `gather` is null when the line hung up. */
export const SimulatedAnswer = z
  .object({
    heard: z.array(
      z.object({
        language: z.string().nullable(),
        text: z.string().nullable(),
        recording: z.string().nullable(),
      }),
    ),
    gather: z
      .object({
        action: z.string(),
        digits: z.int(),
        finishOnKey: z.string(),
        timeout: z.int().meta({ description: 'Seconds' }),
      })
      .nullable(),
    document: z.string().meta({ description: 'The TwiML as it went over the line' }),
  })
  .meta({ id: 'SimulatedAnswer' });
export type SimulatedAnswer = z.infer<typeof SimulatedAnswer>;
