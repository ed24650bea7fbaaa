import { type Request, type RequestHandler, Router } from 'express';
import type * as z from 'zod';
import { fieldErrors, ProblemError } from '#shared/contract/errors.ts';
import { SeriesQuery, SummaryQuery } from '#shared/contract/figures.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { series, tally } from './question.ts';
import { checkSize } from './series.ts';

/** The query of an address, parsed; every error with a pointer to its name. */
function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error, request.query);
  throw new ProblemError('invalid-input', 'Some query parameters are not right.', { errors });
}

export interface ReportOptions {
  store: Store;
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
}

export function reportRoutes({ store, thread, now, figures }: ReportOptions): Router {
  const router = Router();

  router.get('/summary', figures, async (request, response) => {
    const { by, ...filters } = parseQuery(SummaryQuery, request);
    const today = dayOf(now());
    const selection = new Selection(store.settings(), filters, by, today);
    const tallied = await tally(thread, { filters, by, today });
    sendJson(response, 200, selection.summary(tallied.sequence, tallied));
  });

  router.get('/series', figures, async (request, response) => {
    const { by, interval, ...filters } = parseQuery(SeriesQuery, request);
    const today = dayOf(now());
    checkSize(new Selection(store.settings(), filters, by, today), interval, today);
    sendJson(response, 200, await series(thread, { filters, by, interval, today }));
  });

  router.get('/indicators', figures, (request, response) => {
    const { year } = request.query;
    const items = store
      .settings()
      .indicators.filter(({ years }) => typeof year !== 'string' || years[year] !== undefined);
    sendJson(response, 200, { items });
  });

  return router;
}
