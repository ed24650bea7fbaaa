import type { Request, RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { SimulatedStep } from '#shared/contract/telephony.ts';
import { readBody, readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';
import { type CallsOptions, calls, type Webhook } from './calls.ts';
import { lineRoutes } from './lines.ts';
import { plainRoutes } from './plain.ts';
import { simulator, trialSecretOf } from './simulator.ts';

export interface TelephonyOptions extends Omit<CallsOptions, 'trialSecret'> {
  seal: (text: string) => Buffer;
  /** The scope of the token that a request carries; throws when there is no valid machine token. */
  scopeOf: (request: Request) => Promise<string | null>;
  figures: RequestHandler;
  administration: RequestHandler;
}

async function webhookOf(request: Request<{ touchpoint: string }>): Promise<Webhook> {
  const body = await readBody(request, limits.bodyBytes).catch(() => {
    throw new ProblemError('not-allowed', 'A message that cannot be read is not signed.');
  });
  return {
    touchpoint: request.params.touchpoint,
    url: request.originalUrl,
    headers: request.headers,
    body,
  };
}

/** Telephone lines: calls that a platform sends here step by step, calls that an exchange tells of, and the settings. */
export function telephonyRoutes(options: TelephonyOptions): Router {
  const { store, settings, administration, secret, origins } = options;
  const trialSecret = trialSecretOf(secret);
  const line = calls({ ...options, trialSecret });
  const router = apiRouter();

  router.post('/telephony/twiml/:touchpoint', async (request, response) => {
    response.type('text/xml').send(await line.answer(await webhookOf(request)));
  });
  router.post('/telephony/twiml/:touchpoint/status', async (request, response) => {
    response.type('text/xml').send(await line.status(await webhookOf(request)));
  });

  const simulate = simulator({ calls: line, secret: trialSecret, origin: () => origins()[0]! });
  router.post('/telephony/lines/:touchpoint/simulated-steps', administration, async (request, response) => {
    const touchpoint = String(request.params.touchpoint);
    if (!settings().touchpoints.some(({ key }) => key === touchpoint))
      throw new ProblemError('not-found', 'There is no line with this key.');
    const step = parse(SimulatedStep, await readJson(request, limits.bodyBytes));
    sendJson(response, 200, await simulate(touchpoint, step));
  });

  router.use(plainRoutes(options));
  router.use(lineRoutes({ ...options, store }));
  return router;
}
