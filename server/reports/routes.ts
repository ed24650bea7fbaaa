import { type RequestHandler, Router } from 'express';
import { SeriesQuery, SummaryQuery } from '#shared/contract/figures.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { series, summary } from './question.ts';
import { checkSize } from './series.ts';

export interface ReportOptions {
  store: Store;
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
}

export function reportRoutes({ store, thread, now, figures }: ReportOptions): Router {
  const router = Router();

  router.get('/summary', figures, async (request, response) => {
    const { by, ...filters } = parse(SummaryQuery, request.query);
    sendJson(response, 200, await summary(thread, { filters, by, today: dayOf(now()) }));
  });

  router.get('/series', figures, async (request, response) => {
    const { by, interval, ...filters } = parse(SeriesQuery, request.query);
    const today = dayOf(now());
    checkSize(new Selection(store.settings(), filters, by, today), interval, today);
    sendJson(response, 200, await series(thread, { filters, by, interval, today }));
  });

  return router;
}
