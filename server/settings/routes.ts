import type { RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { RatingId } from '#shared/contract/rating.ts';
import { reachOf } from '../http/reach.ts';
import { sendError, sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Settings } from '../storage/port.ts';
import { touchpointsWithin } from '../storage/reach.ts';
import { formOf } from './form.ts';

export interface SettingsRoutesOptions {
  settings: () => Settings;
  figures: RequestHandler;
  /** What vouches for one rating at a touchpoint. */
  formToken: (touchpoint: string, id: string) => string;
  /** Which other websites may read a touchpoint's form: the same that may send it ratings. */
  cors: (
    request: import('node:http').IncomingMessage,
    touchpoint: string,
  ) => Record<string, string> | undefined;
  log: (error: unknown) => void;
}

export function settingsRoutes({ settings, figures, formToken, cors, log }: SettingsRoutesOptions): Router {
  const router = apiRouter();

  router.get('/touchpoints/:key/form', (request, response) => {
    let headers: Record<string, string> | undefined;
    try {
      headers = cors(request, request.params.key);
      const { language, rating } = request.query;
      const form = formOf(
        settings(),
        request.params.key,
        typeof language === 'string' ? language : undefined,
      );
      if (!form) throw new ProblemError('not-found', 'There is no touchpoint with this key.');
      const id = RatingId.safeParse(rating);
      if (id.success) form.formToken = formToken(form.touchpoint, id.data);
      sendJson(response, 200, form, headers);
    } catch (error) {
      sendError(response, error, log, headers);
    }
  });

  router.get('/channels', figures, (_request, response) => {
    const own = new Set(touchpointsWithin(settings(), reachOf(response)).map(({ channel }) => channel));
    const items = settings().channels.filter(({ key }) => reachOf(response) === null || own.has(key));
    sendJson(response, 200, { items });
  });
  router.get('/touchpoints', figures, (_request, response) => {
    sendJson(response, 200, {
      items: touchpointsWithin(settings(), reachOf(response)).map(
        ({ guarded: _, ...touchpoint }) => touchpoint,
      ),
    });
  });
  router.get('/products', figures, (_request, response) => {
    sendJson(response, 200, { items: settings().products.map(({ id: _, ...product }) => product) });
  });
  return router;
}
