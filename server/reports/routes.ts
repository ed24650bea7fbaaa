import type { RequestHandler, Response, Router } from 'express';
import {
  type Filters,
  FiltersQuery,
  SeriesQuery,
  type Summary,
  SummaryQuery,
} from '#shared/contract/figures.ts';
import type { Subscribe } from '#shared/contract/live.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { rhythm, series, summary } from './question.ts';

export interface ReportOptions {
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
  /** By how many ratings a figure has moved before whoever asks sees it move; 1 is every rating. */
  thresholdOf: (response: Response) => number;
  /** What is shown now to whoever may not see every rating. */
  shown: (question: Subscribe, threshold: number) => Promise<Summary>;
}

/** Of all years, where no first day is asked. */
const firstDay = '2000-01-01';

export function reportRoutes({ thread, now, figures, thresholdOf, shown }: ReportOptions): Router {
  const router = apiRouter();

  router.get('/summary', figures, async (request, response) => {
    const { by, ...filters } = parse(SummaryQuery, request.query);
    const threshold = thresholdOf(response);
    if (threshold === 1)
      return sendJson(response, 200, await summary(thread, { filters, by, today: dayOf(now()) }));
    const { from = firstDay, to = dateOfDay(dayOf(now())), ...narrowing } = filters;
    const period = { from, to: to < from ? from : to };
    const answer = await shown({ period, by: by ?? 'channel', filters: narrowing }, threshold);
    sendJson(response, 200, by ? answer : { ...answer, groups: [] });
  });

  /** Points of today would move with every rating: whoever may not see that gets the days that are over. */
  const finished = (filters: Filters, response: Response): Filters => {
    if (thresholdOf(response) === 1) return filters;
    const yesterday = dateOfDay(dayOf(now()) - 1);
    const { from, to = yesterday } = filters;
    const until = to < yesterday ? to : yesterday;
    return { ...filters, ...(from && { from: from < until ? from : until }), to: until };
  };

  router.get('/series', figures, async (request, response) => {
    const { by, interval, ...filters } = parse(SeriesQuery, request.query);
    sendJson(
      response,
      200,
      await series(thread, { filters: finished(filters, response), by, interval, today: dayOf(now()) }),
    );
  });

  router.get('/rhythms', figures, async (request, response) => {
    const filters = parse(FiltersQuery, request.query);
    sendJson(
      response,
      200,
      await rhythm(thread, { filters: finished(filters, response), today: dayOf(now()) }),
    );
  });

  return router;
}
