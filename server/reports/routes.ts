import { type Request, type RequestHandler, Router } from 'express';
import type * as z from 'zod';
import { fieldErrors, ProblemError } from '#shared/contract/errors.ts';
import { type Series, SeriesQuery, SummaryQuery } from '#shared/contract/figures.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import { breaksOf, pointsOf, unitOf } from './series.ts';

/** The query of an address, parsed; every error with a pointer to its name. */
function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error, request.query);
  throw new ProblemError('invalid-input', 'Some query parameters are not right.', { errors });
}

export function reportRoutes(options: { store: Store; now: () => number; figures: RequestHandler }): Router {
  const { store, now, figures } = options;
  const router = Router();

  router.get('/summary', figures, async (request, response) => {
    const { by, ...filters } = parseQuery(SummaryQuery, request);
    const selection = new Selection(store.settings(), filters, by, dayOf(now()));
    const { sequence, cells } = await store.cells(selection.query());
    sendJson(response, 200, selection.summary(sequence, selection.tally(cells)));
  });

  router.get('/series', figures, async (request, response) => {
    const { by, interval, ...filters } = parseQuery(SeriesQuery, request);
    const selection = new Selection(store.settings(), filters, by, dayOf(now()));
    const { cells } = await store.cells(selection.query(unitOf(interval, by)));
    const series: Series = {
      points: pointsOf(selection, interval, cells),
      breaks: breaksOf(selection, await store.firstSlots()),
    };
    sendJson(response, 200, series);
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
