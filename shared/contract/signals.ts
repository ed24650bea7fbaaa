import * as z from 'zod';
import { ExplainDimension } from './explanation.ts';
import { Day } from './figures.ts';

export const SignalScope = z.enum(['channel', 'touchpoint']);
export type SignalScope = z.infer<typeof SignalScope>;

export const SignalStatus = z.enum(['open', 'settled']);
export type SignalStatus = z.infer<typeof SignalStatus>;

const Instant = z.iso.datetime();

/** An alarm: the grade of a channel or touchpoint fell. */
export const Signal = z
  .object({
    id: z.int(),
    scope: SignalScope,
    key: z.string().meta({ description: 'Of the channel or touchpoint' }),
    label: z.string(),
    channel: z.string().meta({ description: 'The channel itself, or the one of the touchpoint' }),
    raisedAt: Instant,
    since: Instant.meta({ description: 'When the fall most likely began' }),
    meanBefore: z.number().meta({ description: 'Of the reference' }),
    nBefore: z.int(),
    meanSince: z.number().meta({ description: 'From `since` until the signal was raised' }),
    nSince: z.int(),
    evidence: z.number().meta({ description: 'Of the detector when the signal was raised' }),
    threshold: z.number().meta({ description: 'Ratings to a false alarm, at least, on average' }),
    status: SignalStatus,
    settledAt: Instant.optional(),
    acknowledgedAt: Instant.optional().meta({ description: 'When somebody said to have seen it' }),
    snoozedUntil: Day.optional().meta({ description: 'Until this day nobody is reminded of it' }),
    explanation: z
      .object({
        from: Day,
        to: Day,
        baseFrom: Day,
        baseTo: Day,
        channel: z.array(z.string()),
        touchpoint: z.array(z.string()).optional(),
        by: z.array(ExplainDimension),
      })
      .meta({ description: 'What to ask /explanations: the time since the fall against the reference' }),
  })
  .meta({ id: 'Signal' });
export type Signal = z.infer<typeof Signal>;

export const SignalsQuery = z.object({ status: SignalStatus.optional() });
export const SignalChange = z
  .strictObject({
    status: z.literal('settled').meta({ description: 'Its place is watched anew' }),
    acknowledged: z.boolean(),
    snoozedUntil: Day.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, {
    error: 'Name what changes.',
    params: { code: 'required' },
  });
export type SignalChange = z.infer<typeof SignalChange>;
