import { type Request, type RequestHandler, type Response, Router } from 'express';
import * as z from 'zod';
import { may, type Role } from '#shared/contract/access.ts';
import { fieldErrors, ProblemError } from '#shared/contract/errors.ts';
import { ExplainDimension, type Explanation } from '#shared/contract/explanation.ts';
import { Day, Filters } from '#shared/contract/figures.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { askExplanation } from './question.ts';

const by = z
  .union([z.string(), z.array(z.string())])
  .default('channel')
  .transform((value) => (Array.isArray(value) ? value : value.split(',')))
  .pipe(z.array(ExplainDimension).min(1).max(4))
  .refine((list) => new Set(list).size === list.length, {
    error: 'Each dimension once.',
    params: { code: 'one-of' },
  });

export const ExplanationQuery = Filters.extend({
  from: Day,
  to: Day,
  baseFrom: Day,
  baseTo: Day,
  by,
}).superRefine(({ from, to, baseFrom, baseTo }, context) => {
  const wrong = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message, params: { code: 'range' } });
  if (from > to) wrong('from', '`from` is after `to`.');
  if (baseFrom > baseTo) wrong('baseFrom', '`baseFrom` is after `baseTo`.');
  if (baseFrom <= to && from <= baseTo) wrong('baseFrom', 'The two periods overlap.');
});

export interface InsightOptions {
  store: Store;
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
  roleOf: (request: Request, response: Response) => Role;
}

export function insightRoutes({ store, thread, now, figures, roleOf }: InsightOptions): Router {
  const router = Router();
  router.get('/explanations', figures, async (request, response) => {
    const parsed = ExplanationQuery.safeParse(request.query);
    if (!parsed.success)
      throw new ProblemError('invalid-input', 'Some query parameters are not right.', {
        errors: fieldErrors(parsed.error, request.query),
      });
    const { from, to, baseFrom, baseTo, by: dimensions, ...filters } = parsed.data;
    const today = dayOf(now());
    // What does not exist is refused here; the thread sees the same settings a moment later.
    new Selection(store.settings(), filters, undefined, today);
    const explanation: Explanation = await askExplanation(thread, {
      filters,
      base: { from: baseFrom, to: baseTo },
      current: { from, to },
      by: dimensions,
      examples: may(roleOf(request, response), 'comments'),
      today,
    });
    sendJson(response, 200, explanation);
  });
  return router;
}
