import type { RequestHandler, Router } from 'express';
import { FiltersQuery, SeriesQuery, SummaryQuery } from '#shared/contract/figures.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { rhythm, series, summary } from './question.ts';

export interface ReportOptions {
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
}

export function reportRoutes({ thread, now, figures }: ReportOptions): Router {
  const router = apiRouter();

  router.get('/summary', figures, async (request, response) => {
    const { by, ...filters } = parse(SummaryQuery, request.query);
    sendJson(response, 200, await summary(thread, { filters, by, today: dayOf(now()) }));
  });

  router.get('/series', figures, async (request, response) => {
    const { by, interval, ...filters } = parse(SeriesQuery, request.query);
    sendJson(response, 200, await series(thread, { filters, by, interval, today: dayOf(now()) }));
  });

  router.get('/rhythms', figures, async (request, response) => {
    const filters = parse(FiltersQuery, request.query);
    sendJson(response, 200, await rhythm(thread, { filters, today: dayOf(now()) }));
  });

  return router;
}
