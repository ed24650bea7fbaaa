import * as z from 'zod';
import { type Daypart, dayOfDate, dayparts } from '#shared/core/calendar.ts';
import planted from './causes.json' with { type: 'json' };

/** A change that the simulated city really has, so that an explanation can be held against it. */
export const Cause = z.strictObject({
  id: z.string(),
  from: z.iso.date(),
  to: z.iso.date().optional(),
  channel: z.string(),
  touchpoint: z.string().optional(),
  product: z.string().optional(),
  daypart: z.enum(dayparts).optional(),
  kind: z.enum(['within', 'mix']),
  /** Within: grade points. Mix: how much the product's share of its touchpoint's ratings grows. */
  size: z.number(),
  /** Hours that are open from then on; `products`: only for these. */
  opens: z
    .strictObject({
      weekdays: z.array(z.int().min(1).max(7)),
      from: z.int(),
      to: z.int(),
      products: z.array(z.string()).optional(),
    })
    .optional(),
  words: z.array(z.string()),
  comments: z.array(z.string()),
  sentence: z.string(),
});
export type Cause = z.infer<typeof Cause>;

export const causes: readonly Cause[] = z.array(Cause).parse(planted);

export const variants = ['causes', 'mix-only', 'no-change'] as const;
/** All causes; only those of kind "mix", with the seasons; or a city in which nothing ever changes, seasons neither. */
export type Variant = (typeof variants)[number];

const span = (cause: Cause) => ({
  from: dayOfDate(cause.from),
  to: cause.to ? dayOfDate(cause.to) : Number.POSITIVE_INFINITY,
});

export function causesOn(day: number, variant: Variant): Cause[] {
  if (variant === 'no-change') return [];
  return causes.filter((cause) => {
    const { from, to } = span(cause);
    return from <= day && day <= to && (variant === 'causes' || cause.kind === 'mix');
  });
}

export interface Situation {
  channel: string;
  touchpoint: string;
  product: string | null;
  daypart: Daypart;
}

export const touches = (cause: Cause, situation: Situation): boolean =>
  cause.channel === situation.channel &&
  (cause.touchpoint ?? situation.touchpoint) === situation.touchpoint &&
  (cause.product ?? situation.product) === situation.product &&
  (cause.daypart ?? situation.daypart) === situation.daypart;
