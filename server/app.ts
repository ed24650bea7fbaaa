import type { Server } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { ProblemError } from '#shared/contract/errors.ts';
import { Access, type Principal } from './access/accounts.ts';
import { guardOf } from './access/guard.ts';
import { sessionCookieOf } from './access/library.ts';
import type { SignOnSettings } from './access/sign-on.ts';
import { inbox } from './app/inbox.ts';
import { keeping } from './app/keeping.ts';
import { limitsOf } from './app/limits.ts';
import { notices } from './app/notices.ts';
import { outgoing } from './app/outgoing.ts';
import { pages } from './app/pages.ts';
import { ratings } from './app/ratings.ts';
import { residents } from './app/residents.ts';
import { staff } from './app/staff.ts';
import { telephone } from './app/telephone.ts';
import { touchpoints } from './app/touchpoints.ts';
import { tellTroubles } from './app/troubles.ts';
import type { WebhookSettings } from './app/webhooks.ts';
import { surveyLinkPages } from './channels/survey-links/routes.ts';
import { cutOff } from './http/body.ts';
import { apiHeaders, apiVersion } from './http/headers.ts';
import { sendError } from './http/respond.ts';
import { apiRouter, noRoute } from './http/router.ts';
import { makeServer } from './http/server.ts';
import type { Asker } from './http/whole-request.ts';
import { ingest as makeIngest } from './ingest/accept-ratings.ts';
import { FormTokens } from './ingest/form-token.ts';
import { Origins } from './ingest/origins.ts';
import { insightRoutes } from './insight/routes.ts';
import { askAdvance } from './insight/signals/advance.ts';
import { signalRoutes } from './insight/signals/routes.ts';
import { SignalWatch } from './insight/signals/watch.ts';
import { live } from './live/sockets.ts';
import type { MailSettings } from './mail/transports.ts';
import { normRoutes } from './norms/routes.ts';
import { openApi } from './openapi/route.ts';
import { operationsRoutes } from './operations/routes.ts';
import { indicatorRoutes } from './reports/indicators.ts';
import { tally } from './reports/question.ts';
import { reportRoutes } from './reports/routes.ts';
import { figureSettingsRoutes } from './settings/figures.ts';
import { settingsRoutes } from './settings/routes.ts';
import type { Store } from './storage/port.ts';
import { narrowed } from './storage/reach.ts';
import { referencesOf } from './storage/reference.ts';
import { ReadingThread } from './storage/thread.ts';
import { thresholdOf } from './storage/threshold.ts';

export interface AppOptions {
  store: Store;
  secret: string;
  log: Logger;
  now: () => number;
  publicUrl: string | null;
  /** What telephone platforms sign with on lines without a secret of their own. */
  twimlAuthToken: string | null;
  tls: { cert: Buffer; key: Buffer } | null;
  trustProxy: string | null;
  rateLimit: boolean;
  /** A file with passwords to refuse besides. */
  passwordList: string | undefined;
  signOn: SignOnSettings | null;
  files: { database: string; backups: string | null };
  mail: MailSettings;
  webhooks: WebhookSettings;
  demo?: { email: string; password: string } | undefined;
}

/** In milliseconds after a start: what comes at once has the processor to itself. */
const readAheadAfter = 5_000;

/** The whole application on one server that does not listen yet. */
export function createApp(options: AppOptions): {
  app: express.Express;
  server: Server;
  access: Access;
  close(): Promise<void>;
} {
  const { store, secret, log, now, publicUrl, tls, trustProxy, rateLimit, mail, webhooks, demo } = options;
  const app = express();
  const secure = tls !== null || publicUrl?.startsWith('https:') === true;
  const server = makeServer(tls, secure);

  let countFailure = () => {};
  const tell = tellTroubles(log, server);
  const logError = (error: unknown) => {
    countFailure();
    tell(error);
  };
  const out = outgoing({ store, secret, mail, webhooks, publicUrl, log, logError, now });
  const access = new Access({
    store,
    secret,
    baseUrl: publicUrl ?? `${tls ? 'https' : 'http'}://127.0.0.1`,
    secure,
    now,
  });
  const origins = new Origins(() => store.settings(), publicUrl);
  const guard = guardOf({
    ...{ access, audit: store.audit, log: logError },
    isOwnOrigin: (request) => origins.isOwn(request),
    narrow: (query, reach) => narrowed(query, reach, store.settings()),
  });
  const ingest = makeIngest({ store, now });
  const limits = limitsOf({
    ...{ rateLimit, trustProxy, now, log },
    trusts: (address, distance) => app.get('trust proxy fn')(address, distance),
  });
  const { limiter, addressOf, limit } = limits;
  const formTokens = new FormTokens(secret, now);
  const references = referencesOf(secret);
  const originOf = (request: Request) => publicUrl ?? `${request.protocol}://${request.host}`;

  const machineOf = async (request: Asker) => {
    const principal = await access.identify(request.headers);
    if (!principal) throw new ProblemError('not-signed-in', 'There is no valid token with this request.');
    if (principal.role !== 'machine')
      throw new ProblemError('not-allowed', 'This needs the token of a machine.');
    return principal;
  };

  app.disable('x-powered-by');
  app.use(cutOff);
  app.set('query parser', 'simple');
  if (trustProxy !== null) app.set('trust proxy', /^\d+$/.test(trustProxy) ? Number(trustProxy) : trustProxy);

  const lane = ratings({
    ...{ server, store, ingest, origins, limit, formTokens, secure, tls: tls !== null },
    deviceLimit: limits.limitDevice,
    scopeOf: async (asker) => (await machineOf(asker)).scope,
    otherwise: app,
    log: logError,
  });

  const thread = new ReadingThread(store.reader);
  thread.startIn(readAheadAfter);
  const sockets = live({
    server,
    store,
    tally: (question) => tally(thread, question),
    now,
    identify: (headers) => access.identify(headers),
    isOwnOrigin: (request) => origins.isOwn(request),
    log: logError,
  });

  const places = touchpoints({
    ...{ store, references, guard, live: sockets, now, log, logError, originOf, ...limits },
    scopeOf: async (request) => (await machineOf(request)).scope,
  });
  const comments = inbox({
    ...{ store, thread, references, guard, live: sockets, now, logError },
    queueMail: out.queueMail,
  });

  const letters = notices({
    ...{ store, thread, guard, publicUrl, now, logError },
    ...{ seal: out.sealMail, wake: out.wakeMail, canMail: out.canMail },
  });

  const watch = new SignalWatch({
    store,
    advance: (round) => askAdvance(thread, round),
    now,
    tell: (signal) => {
      log.info({ signal }, 'The rapportcijfer of a place fell: a signal was raised.');
      letters.look();
    },
    log: logError,
  });

  const kept = keeping({
    ...{ store, log, logError, now, files: options.files },
    tls: secure,
    references: referencesOf(secret),
    needs: (permission) => guard.needs(permission),
    mail: async () => ({ possible: out.canMail, waiting: (await store.mail.counts()).waiting }),
    forgetOthers: out.tidy,
  });
  const operations = operationsRoutes({
    store,
    metrics: guard.needs('metrics', { by: 'token' }),
    gauges: kept.gauges,
  });
  app.use(operations.router);
  countFailure = operations.failed;
  app.use('/api', (_request, response, next) => {
    response.set(apiHeaders);
    next();
  });
  const figures = guard.needs('figures');
  const lists = guard.needs('figures', { reach: 'checked' });
  const api = apiRouter();
  api.get('/openapi.json', openApi(publicUrl, sessionCookieOf(secure)));
  api.use(
    settingsRoutes({
      settings: () => store.settings(),
      figures: lists,
      formToken: (touchpoint, id) => formTokens.make(touchpoint, id),
      cors: (request, key) => origins.check(request, key),
      log: logError,
    }),
  );
  api.use(places.routes);
  api.use(
    insightRoutes({
      store,
      thread,
      now,
      figures: guard.needs('figures', { quotes: 'comments' }),
      roleOf: (_request, response) => (response.locals.principal as Principal).role,
    }),
  );
  api.use(
    signalRoutes({
      store,
      watch,
      now,
      figures: lists,
      change: guard.needs('comments', { reach: 'checked' }),
    }),
  );
  api.use(comments.routes);
  api.use(kept.routes);
  const moved = ({ locals }: Response) => thresholdOf(locals.principal as Principal, store.settings());
  api.use(reportRoutes({ thread, now, figures, shown: sockets.shown, thresholdOf: moved }));
  api.use(normRoutes({ store, thread, now, figures, change: guard.needs('indicators') }));
  api.use(figureSettingsRoutes({ store, figures: lists, change: guard.needs('administration') }));
  api.use(
    indicatorRoutes({
      ...{ store, thread, now },
      figures: lists,
      change: guard.needs('indicators', { reach: 'checked' }),
      decide: guard.needs('indicators'),
      exports: guard.needs('exports', { reach: 'checked' }),
    }),
  );
  api.use(
    staff({
      ...{ access, store, guard, secret, now, publicUrl, originOf, addressOf, limiter, demo },
      ...{ queueMail: out.queueMail, canMail: out.canMail, version: apiVersion, log: logError },
      ...{ passwordList: options.passwordList, signOn: options.signOn },
      onChange: () => sockets.recheck(),
    }),
  );
  api.use(letters.routes);
  api.use(out.routes(guard));
  api.use(
    telephone({
      ...{ store, server, secret, ingest, figures: lists, publicUrl, now, log: logError },
      twimlAuthToken: options.twimlAuthToken,
      scheme: tls ? 'https' : 'http',
      administration: guard.needs('administration'),
      scopeOf: async (request) => (await machineOf(request)).scope,
    }),
  );
  app.use('/api/v1', api, noRoute(api));
  app.use('/api', () => {
    throw new ProblemError('not-found', 'There is nothing at this address of the API.');
  });

  app.use(pages({ settings: () => store.settings(), originOf, now }));
  app.use(surveyLinkPages(store.surveyLinks));
  app.use(
    residents({ store, ingest, origins, limit, formTokens, logError, links: out.links, originOf, now }),
  );
  app.use(((error, _request, response, _next) =>
    sendError(response, error, logError)) satisfies ErrorRequestHandler);

  return {
    app,
    server,
    access,
    async close() {
      // Every connection ends with its answer; who does not finish a request in time is cut off.
      server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
      lane?.close();
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => {
        server.closeAllConnections();
        lane?.destroy();
      }, 5_000);
      await sockets.close();
      clearInterval(idle);
      clearTimeout(late);
      await places.close();
      await comments.close();
      await watch.close();
      await letters.close();
      await kept.close();
      await out.close();
      await thread.close();
    },
  };
}
