import type { RequestHandler, Router } from 'express';
import { limits } from '#shared/contract/limits.ts';
import { FigureSettings } from '#shared/contract/settings.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';

/** How figures are shown and watched. */
export function figureSettingsRoutes({
  store,
  figures,
  change,
}: {
  store: Store;
  figures: RequestHandler;
  change: RequestHandler;
}): Router {
  const router = apiRouter();
  const current = (): FigureSettings => {
    const { viewerThreshold, wallboardThreshold, falseAlarmsPerYear, deskByHour } = store.settings();
    return { viewerThreshold, wallboardThreshold, falseAlarmsPerYear, deskByHour };
  };
  router.get('/figure-settings', figures, (_request, response) => sendJson(response, 200, current()));
  router.put('/figure-settings', change, async (request, response) => {
    await store.changeSettings(parse(FigureSettings, await readJson(request, limits.bodyBytes)));
    sendJson(response, 200, current());
  });
  return router;
}
