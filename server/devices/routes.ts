import type { Request, RequestHandler, Router } from 'express';
import { DeviceChange, type DeviceConfiguration, Heartbeat } from '#shared/contract/device.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { DeviceRecord } from '../storage/port/devices.ts';
import type { Store } from '../storage/port.ts';
import { closedOn } from './closing.ts';
import { configurationOf, type FormOf } from './configuration.ts';
import { checkTouchpoint, type PairingRoutesOptions, pairingRoutes } from './pairing-routes.ts';
import { Pairings } from './pairings.ts';
import { hashPin } from './pin.ts';
import { deviceOf } from './state.ts';

export interface DeviceRoutesOptions {
  store: Pick<Store, 'devices' | 'settings'>;
  formOf: FormOf;
  now: () => number;
  administration: RequestHandler;
  /** The device whose token a request carries; throws for any other. */
  senderOf: (request: Request) => Promise<number>;
  limitPairing: (request: Request) => void;
  limitDevice: (device: number, cost: number) => void;
  originOf: (request: Request) => string;
  hashOf: (secret: string) => Buffer;
  addWallboard: PairingRoutesOptions['addWallboard'];
  /** A tablet that was silent is heard of again. */
  onReturn: (device: DeviceRecord) => void;
}

/** Tablets: what they ask and tell with their own token, and their administration. */
export function deviceRoutes(options: DeviceRoutesOptions): {
  routes: Router;
  configurationOf: (device: number) => Promise<DeviceConfiguration | null>;
} {
  const { store, formOf, now, administration, senderOf, limitDevice, onReturn } = options;
  const router = apiRouter();

  const configuration = (record: DeviceRecord) => configurationOf(record, store.settings(), formOf, now());
  const shown = (record: DeviceRecord) =>
    deviceOf(record, closedOn(store.settings().closedDays, now()), now(), configuration(record).version);

  const current = async (id: number) => {
    const device = await store.devices.find(id);
    return device && device.retiredAt === null ? configuration(device) : null;
  };

  const mine = async (request: Request): Promise<DeviceRecord> => {
    const id = await senderOf(request);
    limitDevice(id, 1);
    const device = await store.devices.find(id);
    if (!device || device.retiredAt !== null)
      throw new ProblemError('not-signed-in', 'This device was retired. Pair it anew.');
    return device;
  };

  router.use(
    pairingRoutes({
      ...options,
      pairings: new Pairings(now),
      limit: options.limitPairing,
      configurationOf: current,
      shown: async (device) => shown(device),
    }),
  );

  router.get('/devices/self', async (request, response) => {
    sendJson(response, 200, configuration(await mine(request)));
  });

  router.post('/devices/self/heartbeats', async (request, response) => {
    const device = await mine(request);
    const heartbeat = parse(Heartbeat, await readJson(request, limits.bodyBytes));
    await store.devices.keepHeartbeat(device.id, heartbeat, now());
    if (device.silentSince !== null) onReturn(device);
    sendJson(response, 200, {
      now: new Date(now()).toISOString(),
      configuration: configuration(device).version,
    });
  });

  router.get('/devices', administration, async (_request, response) => {
    sendJson(response, 200, { items: (await store.devices.list()).map(shown) });
  });

  const found = async (request: Request): Promise<DeviceRecord> => {
    const { id } = request.params;
    const device = /^\d{1,9}$/.test(String(id)) ? await store.devices.find(Number(id)) : null;
    if (!device) throw new ProblemError('not-found', 'There is no device with this number.');
    return device;
  };

  router.get('/devices/:id', administration, async (request, response) => {
    sendJson(response, 200, shown(await found(request)));
  });

  router.patch('/devices/:id', administration, async (request, response) => {
    const { id } = await found(request);
    const { pin, ...change } = parse(DeviceChange, await readJson(request, limits.bodyBytes));
    if (change.touchpoint !== undefined) checkTouchpoint(store, change.touchpoint);
    const kept = typeof pin === 'string' ? await hashPin(pin) : pin;
    const device = await store.devices.change(id, {
      ...change,
      ...(kept === undefined ? {} : { pin: kept }),
    });
    if (!device) throw new ProblemError('not-found', 'This device was retired.');
    sendJson(response, 200, shown(device));
  });

  router.delete('/devices/:id/token', administration, async (request, response) => {
    await store.devices.revoke((await found(request)).id, now());
    response.status(204).end();
  });

  router.delete('/devices/:id', administration, async (request, response) => {
    await store.devices.retire((await found(request)).id, now());
    response.status(204).end();
  });

  return { routes: router, configurationOf: current };
}
