import type { RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { IndicatorYear } from '#shared/contract/settings.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';

const Change = IndicatorYear.partial().strict();
const nothing = { target: null, realised: null };

/** The rapportcijfers that are reported on; a controller changes what is written to a year. */
export function indicatorRoutes(options: {
  store: Store;
  figures: RequestHandler;
  change: RequestHandler;
}): Router {
  const { store, figures, change } = options;
  const router = apiRouter();

  router.get('/indicators', figures, (request, response) => {
    const { year } = request.query;
    const items = store
      .settings()
      .indicators.filter(({ years }) => typeof year !== 'string' || years[year] !== undefined);
    sendJson(response, 200, { items });
  });

  router.put('/indicators/:key/:year', change, async (request, response) => {
    const { key = '', year = '' } = request.params as Record<string, string>;
    const indicator = store.settings().indicators.find((one) => one.key === key);
    if (!indicator || !/^20\d\d$/.test(year))
      throw new ProblemError('not-found', 'There is no indicator with this key, or this is not a year.');
    const given = parse(Change, await readJson(request, limits.bodyBytes));
    const years = { ...indicator.years, [year]: { ...nothing, ...indicator.years[year], ...given } };
    await store.changeSettings({ indicators: [{ ...indicator, years }] });
    sendJson(response, 200, { ...indicator, years });
  });

  return router;
}
