import { type Request, type RequestHandler, type Response, Router } from 'express';
import { may, type Role } from '#shared/contract/access.ts';
import { type Explanation, ExplanationQuery } from '#shared/contract/explanation.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { askExplanation } from './question.ts';

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
    const { from, to, baseFrom, baseTo, by: dimensions, ...filters } = parse(ExplanationQuery, request.query);
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
