import { pbkdf2Sync } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { Device, DeviceConfiguration, DevicePairing } from '#shared/contract/device.ts';
import type { Series, Summary } from '#shared/contract/figures.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { aRating } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import { ask, call, grant, pair, pointers, program, rate, startPairing, tokens } from './setting.ts';

const heartbeat = (fields: object = {}) => ({
  ...{ queue: 2, oldestAge: 60, rejected: 0, version: '1a2b', configuration: null, persisted: true },
  ...{ battery: 0.4, charging: false, sentAt: new Date().toISOString() },
  ...fields,
});

export function pairing(): void {
  test('DV1: a code is shown, confirmed by an administrator, and becomes a token; a lost reply costs nothing', async () => {
    const pairing = await startPairing();
    expect(pairing).toMatchObject({
      verification_uri: `${program.url}/beheer/apparaten`,
      verification_uri_complete: `${program.url}/beheer/apparaten?code=${pairing.user_code}`,
    });
    expect(Buffer.from(pairing.qr.split(',')[1]!, 'base64').toString()).toContain('<svg');
    const pending = await ask(pairing.device_code);
    expect([pending.status, pending.body.error]).toEqual([400, 'authorization_pending']);
    expect((await ask(pairing.device_code)).body.error).toBe('slow_down');
    expect(
      (await call('GET', `/device-pairings/${pairing.user_code}`, undefined, tokens.manager)).status,
    ).toBe(403);
    const typed = pairing.user_code.toLowerCase().replace('-', '');
    expect((await call('GET', `/device-pairings/${typed}`)).body).toMatchObject({
      userCode: pairing.user_code,
    });
    const wrong = await call('PUT', `/device-pairings/${typed}`, { name: 'Hal', touchpoint: 'nergens' });
    expect([wrong.status, pointers(wrong)]).toEqual([400, ['/touchpoint unknown-value']]);
    const confirmed = await call<Device>('PUT', `/device-pairings/${typed}`, {
      name: 'Hal',
      touchpoint: 'balie-2',
    });
    expect(confirmed.body).toMatchObject({ name: 'Hal', touchpoint: 'balie-2', state: 'new' });
    const [first, second] = [await ask(pairing.device_code), await ask(pairing.device_code)];
    expect(second.body).toEqual(first.body);
    expect(first.body).toMatchObject({ token_type: 'Bearer', scope: `device:${confirmed.body.id}` });
    expect(first.body.configuration).toMatchObject({ touchpoint: 'balie-2', idleSeconds: 15, pin: null });
    expect(Object.keys(first.body.configuration.forms)).toEqual(['nl', 'en', 'de', 'tr', 'ar', 'pl', 'uk']);
    expect((await call('GET', `/devices/${confirmed.body.id}`)).body).toMatchObject({ state: 'active' });
  });

  test('DV8: a wallboard is paired by a code, and reads the figures of its reach and nothing else until it is revoked', async () => {
    const started = await call<DevicePairing>('POST', '/device-pairings', { for: 'wallboard' }, null);
    const { user_code, device_code } = started.body;
    const path = `/device-pairings/${user_code}`;
    expect((await call('GET', path)).body).toMatchObject({ for: 'wallboard' });
    expect((await call('PUT', path, { name: 'Hal', touchpoint: 'balie-2' })).status).toBe(400);
    const reach = { channels: ['balie'], locations: null };
    expect((await call('PUT', path, { wallboard: 'Hal', reach })).body).toEqual({ name: 'Hal' });
    const [first, second] = [await ask(device_code), await ask(device_code)];
    expect(second.body).toEqual(first.body);
    expect(Object.keys(first.body).sort()).toEqual(['access_token', 'scope', 'token_type']);
    const own = first.body.access_token;
    const channels = await call<{ items: { key: string }[] }>('GET', '/channels', undefined, own);
    expect(channels.body.items.map(({ key }) => key)).toEqual(['balie']);
    expect((await call('GET', '/summary?from=2026-01-01&to=2026-01-31', undefined, own)).status).toBe(200);
    for (const closed of ['/comments', '/tokens', '/devices', '/devices/self'])
      expect((await call('GET', closed, undefined, own)).status, closed).not.toBe(200);
    const socket = io(`${program.url}/live`, { auth: { token: own }, transports: ['websocket'] });
    await until('the connection', () => socket.connected);
    const heard: number[] = [];
    socket.on('change', ({ total }) => heard.push(total.n));
    const shown = await socket.emitWithAck('subscribe', { period: 'today', by: 'channel' });
    for (let i = 0; i < 5; i++) expect((await rate({ touchpoint: 'balie-1' })).status).toBe(201);
    // Though it did not say that it hangs on a wall.
    await until('five ratings', () => heard.at(-1) === shown.total.n + 5);
    expect(heard.filter((n) => n > shown.total.n)).toEqual([shown.total.n + 5]);
    // Asked without the connection it sees the same, and a series ends with the last whole day.
    const day = dateOfDay(dayOf(Date.now()));
    const asked = async () =>
      (await call<Summary>('GET', `/summary?from=${day}&to=${day}&by=channel`, undefined, own)).body;
    const known = await asked();
    expect(known.total.n).toBeGreaterThan(0);
    for (let i = 0; i < 4; i++) await rate({ touchpoint: 'balie-1' });
    expect(await asked()).toEqual(known);
    await rate({ touchpoint: 'balie-1' });
    await until('five more', async () => (await asked()).total.n === known.total.n + 5);
    const series = await call<Series>('GET', '/series?interval=day&from=2026-01-01', undefined, own);
    expect(series.body.points.some(({ start }) => dayOf(Date.parse(start)) === dayOf(Date.now()))).toBe(
      false,
    );
    const { items } = (await call<{ items: { id: number; scope: string }[] }>('GET', '/tokens')).body;
    const { id } = items.find(({ scope }) => scope === 'wallboard')!;
    expect((await call('DELETE', `/tokens/${id}`)).status).toBe(204);
    await until('the end of the connection', () => !socket.connected);
    socket.close();
    expect((await call('GET', '/channels', undefined, own)).status).toBe(401);
  });

  test('DV1: what is not a request for a token is told so, and a refused code ends', async () => {
    const errorOf = async (body: object) =>
      (await call<{ error: string }>('POST', '/device-tokens', body, null)).body.error;
    expect(await errorOf({ grant_type: 'password', device_code: 'x' })).toBe('unsupported_grant_type');
    expect(await errorOf({ device_code: 'x' })).toBe('invalid_request');
    expect(await errorOf({ grant_type: grant, device_code: 'x' })).toBe('expired_token');
    const { user_code, device_code } = await startPairing();
    expect((await call('DELETE', `/device-pairings/${user_code}`)).status).toBe(204);
    expect((await ask(device_code)).body.error).toBe('access_denied');
    expect((await call('DELETE', `/device-pairings/${user_code}`)).status).toBe(404);
  });

  test('DV2: once a tablet is paired its touchpoint takes ratings by token only; the token is for nothing else', async () => {
    expect((await rate({ touchpoint: 'balie-3' })).status).toBe(201);
    const { token, device } = await pair({ name: 'Balie 3', touchpoint: 'balie-3' });
    expect((await rate({ touchpoint: 'balie-3' })).status).toBe(401);
    const mine = await rate({ touchpoint: 'balie-3' }, token);
    expect(mine.status).toBe(201);
    expect((await rate({ touchpoint: 'balie-2' }, token)).status).toBe(401);
    expect((await call('PATCH', `/ratings/${mine.body.id}`, { grade: 3 }, null)).status).toBe(404);
    expect((await call('PATCH', `/ratings/${mine.body.id}`, { grade: 3 }, token)).status).toBe(200);
    for (const path of ['/summary', '/devices', '/audit-events'])
      expect((await call('GET', path, undefined, token)).status).toBe(403);
    expect((await call('GET', '/devices/self')).status).toBe(403);
    expect((await call('DELETE', `/devices/${device.id}`)).status).toBe(204);
    expect((await rate({ touchpoint: 'balie-3' })).status).toBe(201);
  });

  test('DV3: a revoked tablet is refused until it is paired again, and then delivers all that it kept', async () => {
    const { device, token } = await pair({ name: 'Balie 1', touchpoint: 'balie-1' });
    const ratings = [1, 2, 3].map(() =>
      aRating({ touchpoint: 'balie-1', givenAt: new Date().toISOString() }),
    );
    const batch = (bearer: string) =>
      call<{ results: { status: string }[] }>(
        'POST',
        '/ratings/batch',
        { sentAt: new Date().toISOString(), ratings },
        bearer,
      );
    expect((await call('DELETE', `/devices/${device.id}/token`)).status).toBe(204);
    expect((await batch(token)).status).toBe(401);
    expect((await call('GET', '/devices/self', undefined, token)).status).toBe(401);
    expect((await call('GET', `/devices/${device.id}`)).body).toMatchObject({ state: 'revoked' });
    expect((await rate({ touchpoint: 'balie-1' })).status).toBe(401);
    // It stands somewhere else from now on. Before its first pairing it stood, unpaired, where anybody may rate.
    const before = aRating({ touchpoint: 'website', givenAt: new Date().toISOString() });
    ratings.push(before);
    await call('PATCH', `/devices/${device.id}`, { touchpoint: 'balie-2' });
    const again = await pair({ device: device.id });
    expect(again.device.id).toBe(device.id);
    const { body } = await batch(again.token);
    expect(body.results.map(({ status }) => status)).toEqual(Array(4).fill('accepted'));
    const addition = { id: before.id, addition: true, grade: 2 };
    const added = await call<{ results: { status: string }[] }>(
      'POST',
      '/ratings/batch',
      { sentAt: new Date().toISOString(), ratings: [addition] },
      again.token,
    );
    expect(added.body.results.map(({ status }) => status)).toEqual(['accepted']);
    await call('DELETE', `/devices/${device.id}`);
  });

  test('DV4: a heartbeat is shown, an unusable one harms nothing, and a changed configuration is told', async () => {
    const { device, token, configuration } = await pair({ name: 'Hartslag', touchpoint: 'balie-2' });
    const beat = (body: object) =>
      call<{ configuration: string }>('POST', '/devices/self/heartbeats', body, token);
    const ahead = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const reply = await beat(heartbeat({ configuration: configuration.version, sentAt: ahead }));
    expect(reply).toMatchObject({ status: 200, body: { configuration: configuration.version } });
    const look = async () => (await call<Device>('GET', `/devices/${device.id}`)).body;
    expect(await look()).toMatchObject({ upToDate: true, heartbeat: { queue: 2, battery: 0.4 } });
    expect((await look()).clockOff).toBeGreaterThan(3 * 3600 - 60);
    const bad = await beat({ ...heartbeat(), queue: -1, battery: 40, extra: 1 });
    expect([bad.status, pointers(bad)]).toEqual([
      400,
      ['/queue range', '/battery range', '/extra unknown-field'],
    ]);

    const changed = await call<Device>('PATCH', `/devices/${device.id}`, {
      name: 'Hal',
      idleSeconds: 40,
      pin: '4711',
    });
    expect(changed.body).toMatchObject({ name: 'Hal', idleSeconds: 40, hasPin: true, upToDate: false });
    const now = await call<DeviceConfiguration>('GET', '/devices/self', undefined, token);
    expect(now.body).toMatchObject({ idleSeconds: 40, device: { name: 'Hal' } });
    expect(now.body.version).not.toBe(configuration.version);
    expect((await beat(heartbeat())).body.configuration).toBe(now.body.version);
    const { salt, hash, iterations } = now.body.pin!;
    expect(pbkdf2Sync('4711', Buffer.from(salt, 'base64'), iterations, 32, 'sha256').toString('base64')).toBe(
      hash,
    );
    expect(JSON.stringify((await call('GET', '/devices')).body)).not.toContain(hash);
    const refused = await call('PATCH', `/devices/${device.id}`, {
      idleSeconds: 5,
      pin: '12',
      openingHours: [],
    });
    expect(pointers(refused)).toEqual(['/idleSeconds range', '/openingHours range', '/pin format']);
    await call('DELETE', `/devices/${device.id}`);
  });

  test('DV6: a tablet hears its whole configuration at the start, after every change, and when its token ends', async () => {
    const { device, token } = await pair({ name: 'Live', touchpoint: 'balie-2' });
    const heard: (DeviceConfiguration | 'revoked')[] = [];
    const socket: Socket = io(`${program.url}/device`, {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
    });
    socket.on('configuration', (configuration: DeviceConfiguration) => heard.push(configuration));
    socket.on('revoked', () => heard.push('revoked'));
    await until('the first configuration', () => heard.length === 1);
    await call('PUT', '/closed-days', { items: ['2027-02-01'] });
    await until('the closed day', () => heard.length === 2);
    expect((heard[1] as DeviceConfiguration).holidays).toContain('2027-02-01');
    // Nothing that concerns it.
    await call('POST', '/products', { key: 'akte', name: 'Akte' });
    await call('PATCH', `/devices/${device.id}`, { name: 'Live 2' });
    await until('the new name', () => heard.length === 3);
    expect(heard[2]).toMatchObject({ device: { name: 'Live 2' } });
    await call('DELETE', `/devices/${device.id}/token`);
    await until('the end', () => heard.at(-1) === 'revoked' && socket.disconnected);

    const stranger: Socket = io(`${program.url}/device`, {
      auth: { token: tokens.admin },
      transports: ['websocket'],
      reconnection: false,
    });
    const refusal = await new Promise<Error>((resolve) => stranger.on('connect_error', resolve));
    expect(refusal.message).toBe('not-signed-in');
    await call('DELETE', `/devices/${device.id}`);
  });
}
