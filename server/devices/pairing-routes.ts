import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Router } from 'express';
import {
  type DeviceConfiguration,
  DeviceTokenRequest,
  deviceGrant,
  type NewWallboard,
  type OpeningHours,
  PairingConfirmation,
  type PairingError,
  PairingRequest,
  type WallboardToken,
} from '#shared/contract/device.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson, sendProblem } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { DeviceRecord } from '../storage/port/devices.ts';
import type { Store } from '../storage/port.ts';
import type { Pairings } from './pairings.ts';

export interface PairingRoutesOptions {
  store: Pick<Store, 'devices' | 'settings'>;
  pairings: Pairings;
  administration: RequestHandler;
  /** Throws when an address asks too often. */
  limit: (request: Request) => void;
  originOf: (request: Request) => string;
  hashOf: (secret: string) => Buffer;
  configurationOf: (device: number) => Promise<DeviceConfiguration | null>;
  shown: (device: DeviceRecord) => Promise<unknown>;
  /** A token for a wallboard: the secret. */
  addWallboard: (wallboard: NewWallboard) => Promise<string>;
  now: () => number;
}

const weekday = [{ from: '09:00', to: '17:00' }];
const officeHours: OpeningHours = [weekday, weekday, weekday, weekday, weekday, [], []];

const reasons: Record<PairingError, string> = {
  authorization_pending: 'Nobody confirmed the code yet. Ask again after the interval.',
  slow_down: 'This was too soon. Wait five seconds longer from now on.',
  expired_token: 'This code is no longer valid. Ask for a new one.',
  access_denied: 'An administrator refused this code.',
  unsupported_grant_type: 'Only the grant for devices is known here.',
  invalid_request: 'Send grant_type and device_code.',
};

/** Pairing a tablet or a wallboard, in the shape of RFC 8628. */
export function pairingRoutes({
  store,
  pairings,
  administration,
  limit,
  originOf,
  hashOf,
  configurationOf,
  shown,
  addWallboard,
  now,
}: PairingRoutesOptions): Router {
  const router = apiRouter();

  router.post('/device-pairings', async (request, response) => {
    limit(request);
    // A tablet asks without a body.
    const { 'content-length': length = '0', 'transfer-encoding': chunked } = request.headers;
    const asked = length === '0' && chunked === undefined ? {} : await readJson(request, limits.bodyBytes);
    const { deviceCode, userCode, expiresAt, interval } = pairings.start(parse(PairingRequest, asked).for);
    const address = `${originOf(request)}/beheer/apparaten`;
    const complete = `${address}?code=${userCode}`;
    const { default: QRCode } = await import('qrcode');
    const svg = await QRCode.toString(complete, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
    sendJson(response, 201, {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: address,
      verification_uri_complete: complete,
      expires_in: Math.round((expiresAt - now()) / 1000),
      interval,
      qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    });
  });

  router.post('/device-tokens', async (request, response) => {
    const refuse = (error: PairingError) => {
      const { problem } = new ProblemError('invalid-input', reasons[error]);
      sendProblem(response, { ...problem, error } as typeof problem);
    };
    const raw = await readJson(request, limits.bodyBytes);
    const parsed = DeviceTokenRequest.safeParse(raw);
    if (!parsed.success) {
      const other = (raw as { grant_type?: unknown } | null)?.grant_type;
      return refuse(
        other === undefined || other === deviceGrant ? 'invalid_request' : 'unsupported_grant_type',
      );
    }
    const asked = pairings.ask(parsed.data.device_code);
    if (typeof asked === 'string') return refuse(asked);
    const confirmed = asked.confirmed!;
    if ('wallboard' in confirmed) {
      asked.token ??= await addWallboard(confirmed);
      return sendJson(response, 200, {
        ...{ access_token: asked.token, token_type: 'Bearer', scope: 'wallboard' },
      } satisfies WallboardToken);
    }
    const id = confirmed.device;
    if (!asked.token) {
      const token = randomBytes(32).toString('base64url');
      if (!(await store.devices.pair(id, hashOf(token), now()))) return refuse('access_denied');
      asked.token = token;
    }
    const configuration = await configurationOf(id);
    if (!configuration) return refuse('access_denied');
    sendJson(response, 200, {
      access_token: asked.token,
      token_type: 'Bearer',
      scope: `device:${id}`,
      configuration,
    });
  });

  const waiting = (code: string) => {
    const pairing = pairings.waiting(code);
    if (!pairing)
      throw new ProblemError('not-found', 'Nothing shows this code. Codes are valid for 15 minutes.');
    return pairing;
  };

  /** A code is a secret as long as it is valid: the log of what was done has the tablet in its place. */
  const unrecorded: RequestHandler = (_request, response, next) => {
    response.locals.object = '';
    next();
  };

  router.get('/device-pairings/:code', administration, unrecorded, (request, response) => {
    const { userCode, startedAt, expiresAt, for: what } = waiting(String(request.params.code));
    sendJson(response, 200, {
      userCode,
      for: what,
      startedAt: new Date(startedAt).toISOString(),
      expiresAt: new Date(expiresAt).toISOString(),
    });
  });

  router.put('/device-pairings/:code', administration, unrecorded, async (request, response) => {
    const pairing = waiting(String(request.params.code));
    const wanted = parse(PairingConfirmation, await readJson(request, limits.bodyBytes));
    if ('wallboard' in wanted !== (pairing.for === 'wallboard')) {
      const detail = `This code is shown by a ${pairing.for}.`;
      throw new ProblemError('invalid-input', detail, {
        errors: [{ pointer: '/wallboard', code: 'one-of', detail }],
      });
    }
    if ('wallboard' in wanted) {
      pairing.confirmed = wanted;
      return sendJson(response, 200, { name: wanted.wallboard });
    }
    let device: DeviceRecord | null;
    if ('device' in wanted) {
      device = await store.devices.find(wanted.device);
      if (!device || device.retiredAt !== null)
        throw new ProblemError('not-found', 'There is no device with this number.');
    } else {
      checkTouchpoint(store, wanted.touchpoint);
      // A tablet more is mostly like the last one.
      const last = (await store.devices.list()).findLast(({ retiredAt }) => retiredAt === null);
      device = await store.devices.add(
        {
          ...wanted,
          idleSeconds: last?.idleSeconds ?? limits.idleSeconds,
          openingHours: last?.openingHours ?? officeHours,
          pin: null,
        },
        now(),
      );
    }
    pairing.confirmed = { device: device.id };
    response.locals.object = String(device.id);
    sendJson(response, 200, await shown(device));
  });

  router.delete('/device-pairings/:code', administration, unrecorded, (request, response) => {
    waiting(String(request.params.code)).confirmed = null;
    response.status(204).end();
  });

  return router;
}

export function checkTouchpoint(store: Pick<Store, 'settings'>, touchpoint: string): void {
  if (store.settings().touchpoints.some(({ key, retired }) => key === touchpoint && !retired)) return;
  const detail = 'This touchpoint does not exist, or is no longer in use.';
  throw new ProblemError('invalid-input', detail, {
    errors: [{ pointer: '/touchpoint', code: 'unknown-value', detail }],
  });
}
