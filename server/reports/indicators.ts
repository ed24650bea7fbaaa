import type { RequestHandler, Response, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { Indicator, IndicatorYear } from '#shared/contract/settings.ts';
import {
  Freeze,
  type IndicatorsAnswer,
  IndicatorsExportQuery,
  IndicatorsQuery,
  Reopen,
  YearTablesQuery,
} from '#shared/contract/year-table.ts';
import { dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { reachOf } from '../http/reach.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import { reaches } from '../storage/reach.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { sendTable } from './export.ts';
import { contentOf, frozenRows, hashOf, isShown, lateOf, rowsOf, yearTableOf } from './year-table.ts';

const Change = IndicatorYear.partial().strict();
const Definition = Indicator.omit({ key: true, years: true }).strict();
const nothing = { target: null, realised: null };

export interface IndicatorOptions {
  store: Store;
  thread: ReadingThread;
  now: () => number;
  figures: RequestHandler;
  /** To write to a year. */
  change: RequestHandler;
  /** To freeze a year, open it again, or say what an indicator is: for who sees all of the municipality. */
  decide: RequestHandler;
  exports: RequestHandler;
}

/** The rapportcijfers that are reported on, year by year; a controller changes and freezes what is written to a year. */
export function indicatorRoutes(options: IndicatorOptions): Router {
  const { store, thread, now, figures, change, decide, exports } = options;
  const router = apiRouter();
  const today = () => dayOf(now());
  const by = (response: Response): string => response.locals.principal.name;

  /** Those of other channels are for others; one that no channel of ours measures is of the whole municipality. */
  const indicatorsWithin = (response: Response) => {
    const reach = reachOf(response);
    return store
      .settings()
      .indicators.filter(({ channel, filter }) =>
        [channel ?? [], filter?.channel ?? []]
          .flat()
          .every((one) => reach === null || reaches(reach, { channel: one, location: null })),
      );
  };
  const frozenTable = async (year: number) =>
    (await store.yearTables.list(year)).find(({ reopenedAt }) => reopenedAt === null) ?? null;
  const computed = (indicators: Indicator[], year: number) =>
    rowsOf(thread, { year, indicators, today: today() }, yearOfDay(today()));

  async function tableOf(response: Response, year: number) {
    const indicators = indicatorsWithin(response);
    const live = await computed(indicators, year);
    const table = await frozenTable(year);
    const rows = table ? frozenRows(table) : live.filter(isShown);
    const items = rows.flatMap((row) => {
      const place = indicators.findIndex(({ key }) => key === row.key);
      if (place < 0) return [];
      return [{ ...indicators[place]!, row, late: table ? lateOf(row, live[place]) : null }];
    });
    return { items, table };
  }

  router.get('/indicators', figures, async (request, response) => {
    const { year } = parse(IndicatorsQuery, request.query);
    const indicators = indicatorsWithin(response);
    const tables = await store.yearTables.list(null);
    const named = [
      ...indicators.flatMap((one) => Object.keys(one.years).map(Number)),
      ...tables.map((table) => table.year),
      yearOfDay(today()),
    ];
    const first = Math.min(...named);
    // Without a gap: ratings of a year in between are there, also when nobody entered a target for it.
    const years = Array.from({ length: Math.max(...named) - first + 1 }, (_, i) => first + i);
    if (year === undefined)
      return sendJson(response, 200, { items: indicators, years } satisfies IndicatorsAnswer);
    const { items, table } = await tableOf(response, year);
    const frozen = table && yearTableOf(table);
    sendJson(response, 200, { items, years, frozen } satisfies IndicatorsAnswer);
  });

  router.put('/indicators/:key/:year', change, async (request, response) => {
    const { key = '', year = '' } = request.params as Record<string, string>;
    const indicator = indicatorsWithin(response).find((one) => one.key === key);
    if (!indicator || !/^20\d\d$/.test(year))
      throw new ProblemError('not-found', 'There is no indicator with this key, or this is not a year.');
    const given = parse(Change, await readJson(request, limits.bodyBytes));
    if (await frozenTable(Number(year)))
      throw new ProblemError('frozen', `The table of ${year} is frozen. Open it again to change it.`);
    const years = { ...indicator.years, [year]: { ...nothing, ...indicator.years[year], ...given } };
    await store.changeSettings({ indicators: [{ ...indicator, years }] });
    sendJson(response, 200, { ...indicator, years });
  });

  router.put('/indicators/:key', decide, async (request, response) => {
    const key = parse(Indicator.shape.key, request.params.key);
    const given = parse(Definition, await readJson(request, limits.bodyBytes));
    const years = store.settings().indicators.find((one) => one.key === key)?.years ?? {};
    await store.changeSettings({ indicators: [{ key, ...given, years }] });
    sendJson(response, 200, { key, ...given, years });
  });

  router.get('/year-tables', figures, async (request, response) => {
    const { year } = parse(YearTablesQuery, request.query);
    const items = (await store.yearTables.list(year ?? null)).map(yearTableOf);
    sendJson(response, 200, { items });
  });

  router.post('/year-tables', decide, async (request, response) => {
    const { year } = parse(Freeze, await readJson(request, limits.bodyBytes));
    const rows = (await computed(store.settings().indicators, year)).filter(isShown);
    if (rows.length === 0) throw new ProblemError('not-found', `There is nothing to freeze for ${year}.`);
    const content = contentOf(year, rows);
    const frozen = { year, content, hash: hashOf(content), frozenAt: now(), frozenBy: by(response) };
    const table = await store.yearTables.freeze(frozen);
    if (!table) throw new ProblemError('frozen', `The table of ${year} is frozen already.`);
    sendJson(response, 201, yearTableOf(table));
  });

  router.post('/year-tables/:id/reopenings', decide, async (request, response) => {
    const { reason } = parse(Reopen, await readJson(request, limits.bodyBytes));
    const id = Number(request.params.id);
    const table = await store.yearTables.reopen(id, { name: by(response), at: now(), reason });
    if (!table) throw new ProblemError('not-found', 'There is no frozen table with this number.');
    sendJson(response, 201, yearTableOf(table));
  });

  router.get('/exports/indicators', exports, async (request, response) => {
    const { format, year = yearOfDay(today()) } = parse(IndicatorsExportQuery, request.query);
    const { items } = await tableOf(response, year);
    await sendTable(
      response,
      format,
      year,
      items.map(({ row }) => row),
    );
  });

  return router;
}
