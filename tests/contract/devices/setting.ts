import { expect } from 'vitest';
import type { Device, DeviceConfiguration, DevicePairing, DeviceToken } from '#shared/contract/device.ts';
import type { Problem } from '#shared/contract/errors.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { aRating, type Reply, send } from '../../support/ratings.ts';

export const secret = 'een geheim van ten minste tweeendertig tekens';
export let program: Program;
export let tokens: Record<'admin' | 'manager' | 'viewer', string>;

/** One program for all that is promised of tablets, questionnaires and their administration. */
export async function start(): Promise<void> {
  const settings = {
    channels: [{ key: 'balie', name: 'Balie' }],
    touchpoints: ['balie-2', 'balie-3', 'proef', 'vragen'].map((key) => ({
      ...{ key, name: key, channel: 'balie', location: null, origins: [], retired: false },
      trial: key === 'proef',
    })),
    products: [{ key: 'paspoort', name: 'Paspoort', upl: null, retired: false }],
  };
  const roles = { admin: 'admin', manager: 'manager', viewer: 'viewer' };
  ({ program, tokens } = await startPrepared({
    settings,
    tokens: roles,
    environment: { SECRET_KEY: secret },
  }));
}

export const call = <Body>(
  method: string,
  path: string,
  body?: unknown,
  token: string | null = tokens.admin,
) =>
  send<Body>(method, `${program.url}/api/v1${path}`, body, token ? { authorization: `Bearer ${token}` } : {});
export const rate = (fields: Record<string, unknown>, token: string | null = null) =>
  call<{ id: string; status: string | number }>('POST', '/ratings', aRating(fields), token);
export const pointers = (reply: Reply<unknown>) =>
  (reply.body as Problem).errors.map(({ pointer, code }) => `${pointer} ${code}`);
export const grant = 'urn:ietf:params:oauth:grant-type:device_code';
export const ask = (code: string) =>
  call<DeviceToken & { error?: string }>(
    'POST',
    '/device-tokens',
    { grant_type: grant, device_code: code },
    null,
  );

export async function startPairing(): Promise<DevicePairing> {
  const { status, body } = await call<DevicePairing>('POST', '/device-pairings', undefined, null);
  expect(status).toBe(201);
  return body;
}
export async function pair(
  confirmation: object,
): Promise<{ device: Device; token: string; configuration: DeviceConfiguration }> {
  const { user_code, device_code } = await startPairing();
  const confirmed = await call<Device>('PUT', `/device-pairings/${user_code}`, confirmation);
  expect(confirmed.status).toBe(200);
  const { status, body } = await ask(device_code);
  expect(status).toBe(200);
  return { device: confirmed.body, token: body.access_token, configuration: body.configuration };
}
