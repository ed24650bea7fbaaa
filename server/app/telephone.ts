import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, RequestHandler, Router } from 'express';
import { surveyLinkRoutes } from '../channels/survey-links/routes.ts';
import { type TelephonyOptions, telephonyRoutes } from '../channels/telephony/routes.ts';
import { apiRouter } from '../http/router.ts';
import { sealerOf } from '../mail/seal.ts';
import { formOf } from '../settings/form.ts';
import type { Store } from '../storage/port.ts';

export interface TelephoneOptions extends Pick<TelephonyOptions, 'ingest' | 'secret' | 'now' | 'log'> {
  store: Store;
  server: Server;
  publicUrl: string | null;
  scheme: 'http' | 'https';
  /** What platforms sign with on lines without a secret of their own. */
  twimlAuthToken: string | null;
  scopeOf: (request: Request) => Promise<string | null>;
  figures: RequestHandler;
  administration: RequestHandler;
}

/** Telephone lines, and the links of an earlier survey. */
export function telephone(options: TelephoneOptions): Router {
  const { store, server, publicUrl, scheme, twimlAuthToken, administration, secret } = options;
  const settings = () => store.settings();
  const { seal, open: unseal } = sealerOf(secret);
  const port = () => (server.address() as AddressInfo | null)?.port ?? 0;
  const router = apiRouter();
  router.use(
    telephonyRoutes({
      ...options,
      ...{ store: store.phone, settings, seal, unseal, defaultSecret: twimlAuthToken },
      formOf: (touchpoint, language) => formOf(settings(), touchpoint, language),
      // Without a name for the world it is known by the address at which it listens.
      origins: () =>
        publicUrl ? [publicUrl] : ['127.0.0.1', 'localhost'].map((host) => `${scheme}://${host}:${port()}`),
    }),
  );
  router.use(surveyLinkRoutes({ store: store.surveyLinks, settings, administration }));
  return router;
}
