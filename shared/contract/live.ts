import * as z from 'zod';
import type { Permission } from './access.ts';
import type { CommentItem } from './comments.ts';
import type { Problem } from './errors.ts';
import { Day, Filters, Grouping, type Summary } from './figures.ts';
import { runningPeriods } from './lists.ts';

export { runningPeriods };

export const Period = z.union([
  z.enum(runningPeriods),
  z
    .strictObject({ from: Day, to: Day })
    .refine(({ from, to }) => from <= to, { error: '`from` is after `to`.', params: { code: 'range' } }),
]);
export type Period = z.infer<typeof Period>;

export const Subscribe = z
  .strictObject({ period: Period, by: Grouping, filters: Filters.omit({ from: true, to: true }).optional() })
  .meta({ id: 'Subscribe' });
export type Subscribe = z.infer<typeof Subscribe>;

/** `auth` of the handshake. `view: "wallboard"` asks for the figures that may hang in a hall. */
export const Handshake = z.object({ token: z.string().optional(), view: z.literal('wallboard').optional() });

/** Only the groups that changed, each whole: state, not increments. */
export type Change = Summary;

export interface ClientEvents {
  subscribe: (request: unknown, acknowledge: (reply: Summary | { error: Problem }) => void) => void;
  unsubscribe: (acknowledge?: () => void) => void;
}
export interface ServerEvents {
  change: (change: Change) => void;
  /** To managers: a comment that just came in. */
  comment: (comment: CommentItem) => void;
  /** To managers: a comment whose words or follow-up changed, whole. */
  'follow-up': (comment: CommentItem) => void;
  /** To managers: a comment that is no longer there. */
  'comment-gone': (gone: { reference: string }) => void;
}

/** Who may send or hear each event of the namespace /live. */
export const liveEvents = {
  subscribe: 'figures',
  unsubscribe: 'figures',
  change: 'figures',
  comment: 'comments',
  'follow-up': 'comments',
  'comment-gone': 'comments',
} as const satisfies Record<keyof ClientEvents | keyof ServerEvents, Permission>;
