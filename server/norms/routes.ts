import type { RequestHandler, Router } from 'express';
import { type FieldError, ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { ServiceNorm, ServiceNormInput, ServiceNormsQuery } from '#shared/contract/service-norms.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { measuredNorms } from './measure.ts';

export interface NormOptions {
  store: Store;
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
  change: RequestHandler;
}

export function normRoutes({ store, thread, now, figures, change }: NormOptions): Router {
  const router = apiRouter();

  router.get('/service-norms', figures, async (request, response) => {
    const { interval, ...filters } = parse(ServiceNormsQuery, request.query);
    sendJson(response, 200, {
      items: await measuredNorms(thread, { filters, interval, today: dayOf(now()) }),
      answerKeys: store.settings().answerKeys,
    });
  });

  router.put('/service-norms/:key', change, async (request, response) => {
    const key = parse(ServiceNorm.shape.key, request.params.key);
    const norm = { ...parse(ServiceNormInput, await readJson(request, limits.bodyBytes)), key };
    if (!store.settings().answerKeys.includes(norm.question)) {
      const errors: FieldError[] = [
        { pointer: '/question', code: 'unknown-value', detail: `There is no question ${norm.question}.` },
      ];
      throw new ProblemError('invalid-input', errors[0]!.detail, { errors });
    }
    await store.changeSettings({ serviceNorms: [norm] });
    sendJson(response, 200, norm);
  });

  return router;
}
