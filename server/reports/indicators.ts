import type { RequestHandler, Response, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { IndicatorYear } from '#shared/contract/settings.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { reachOf } from '../http/reach.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import { reaches } from '../storage/reach.ts';

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

  /** Those of other channels are for others; one that no channel of ours measures is of the whole municipality. */
  const indicatorsWithin = (response: Response) => {
    const reach = reachOf(response);
    const { indicators } = store.settings();
    return indicators.filter(
      ({ channel }) => !channel || reach === null || reaches(reach, { channel, location: null }),
    );
  };

  router.get('/indicators', figures, (request, response) => {
    const { year } = request.query;
    const items = indicatorsWithin(response).filter(
      ({ years }) => typeof year !== 'string' || years[year] !== undefined,
    );
    sendJson(response, 200, { items });
  });

  router.put('/indicators/:key/:year', change, async (request, response) => {
    const { key = '', year = '' } = request.params as Record<string, string>;
    const indicator = indicatorsWithin(response).find((one) => one.key === key);
    if (!indicator || !/^20\d\d$/.test(year))
      throw new ProblemError('not-found', 'There is no indicator with this key, or this is not a year.');
    const given = parse(Change, await readJson(request, limits.bodyBytes));
    const years = { ...indicator.years, [year]: { ...nothing, ...indicator.years[year], ...given } };
    await store.changeSettings({ indicators: [{ ...indicator, years }] });
    sendJson(response, 200, { ...indicator, years });
  });

  return router;
}
