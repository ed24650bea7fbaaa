import type { Request, RequestHandler, Response, Router } from 'express';
import { may, type Role } from '#shared/contract/access.ts';
import { type Explanation, ExplanationQuery } from '#shared/contract/explanation.ts';
import type { ThemeChange } from '#shared/contract/themes.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { type PeriodsAsked, selectionsOf } from './periods.ts';
import { askExplanation } from './question.ts';
import { askThemes } from './themes.ts';

export interface InsightOptions {
  store: Store;
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
  roleOf: (request: Request, response: Response) => Role;
}

export function insightRoutes({ store, thread, now, figures, roleOf }: InsightOptions): Router {
  const router = apiRouter();
  const periodsOf = ({ from, to, baseFrom, baseTo, by: _, ...filters }: ExplanationQuery): PeriodsAsked => {
    const asked = {
      filters,
      base: { from: baseFrom, to: baseTo },
      current: { from, to },
      today: dayOf(now()),
    };
    // What does not exist is refused here; the thread sees the same settings a moment later.
    selectionsOf(store.settings(), asked);
    return asked;
  };

  router.get('/explanations', figures, async (request, response) => {
    const query = parse(ExplanationQuery, request.query);
    const examples = may(roleOf(request, response), 'comments');
    const explanation: Explanation = await askExplanation(thread, {
      ...periodsOf(query),
      by: query.by,
      examples,
    });
    sendJson(response, 200, explanation);
  });

  router.get('/themes', figures, async (request, response) => {
    const items: ThemeChange[] = await askThemes(thread, periodsOf(parse(ExplanationQuery, request.query)));
    sendJson(response, 200, { items });
  });
  return router;
}
