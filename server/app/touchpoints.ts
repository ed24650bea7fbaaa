import { randomBytes } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Logger } from 'pino';
import { ProblemError } from '#shared/contract/errors.ts';
import { hashOf, type Principal } from '../access/accounts.ts';
import type { Guard } from '../access/guard.ts';
import { deviceRoutes } from '../devices/routes.ts';
import { SilenceWatch } from '../devices/silence.ts';
import { deviceSockets } from '../devices/sockets.ts';
import { apiRouter } from '../http/router.ts';
import type { Live } from '../live/sockets.ts';
import { questionnaireRoutes } from '../questionnaires/routes.ts';
import { administrationRoutes } from '../settings/administration.ts';
import { formOf } from '../settings/form.ts';
import { deviceOfScope } from '../storage/port/devices.ts';
import type { Store } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';
import { voidRoutes } from '../voids/routes.ts';

export interface TouchpointsOptions {
  store: Store;
  references: References;
  guard: Guard;
  live: Live;
  now: () => number;
  log: Logger;
  logError: (error: unknown) => void;
  /** The scope of the machine token that a request carries; throws without one. */
  scopeOf: (request: Request) => Promise<string | null>;
  limitPairing: (request: Request) => void;
  limitDevice: (device: number, cost: number) => void;
  originOf: (request: Request) => string;
}

/** Where ratings come from: touchpoints with their questions, and the tablets that stand there. */
export function touchpoints(options: TouchpointsOptions): { routes: Router; close(): Promise<void> } {
  const { store, references, guard, live, now, log, logError, scopeOf } = options;
  const administration = guard.needs('administration');
  const form = (touchpoint: string, language: string) => formOf(store.settings(), touchpoint, language);
  const routes = apiRouter();
  const devices = deviceRoutes({
    ...options,
    formOf: form,
    administration,
    hashOf,
    addWallboard: async ({ wallboard, reach }) => {
      const secret = randomBytes(32).toString('base64url');
      await store.access.addToken({
        ...{ name: wallboard, role: 'viewer', scope: 'wallboard', reach, hash: hashOf(secret) },
        ...{ expiresAt: null, now: now() },
      });
      return secret;
    },
    senderOf: async (request) => {
      const device = deviceOfScope(await scopeOf(request));
      if (device === null) throw new ProblemError('not-found', 'This token is not of a device.');
      return device;
    },
    onReturn: ({ id, name }) => log.info({ device: id, name }, 'A tablet that was silent is heard of again.'),
  });
  routes.use(devices.routes);
  routes.use(
    questionnaireRoutes({
      store,
      now,
      figures: guard.needs('figures', { reach: 'checked' }),
      administration,
    }),
  );
  routes.use(administrationRoutes({ store, references, administration }));
  routes.use(
    voidRoutes({
      ...{ store, references, now },
      nameOf: (response: Response) => (response.locals.principal as Principal).name,
      mayVoid: guard.needs('void', { reach: 'checked' }),
    }),
  );

  const silence = new SilenceWatch({
    ...{ store, now, log: logError },
    tell: (device) =>
      log.warn({ device: device.id, name: device.name }, 'A tablet fell silent within opening hours.'),
  });
  const endSockets = deviceSockets({
    namespace: live.of('/device'),
    deviceOf: async (token) => {
      const found = await store.access.findToken(hashOf(token), now());
      return deviceOfScope(found?.scope ?? null);
    },
    configurationOf: devices.configurationOf,
    onSettings: (listener) => store.onSettings(listener),
    log: logError,
  });
  return {
    routes,
    async close() {
      endSockets();
      await silence.close();
    },
  };
}
