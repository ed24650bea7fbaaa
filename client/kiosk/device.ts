import { io } from 'socket.io-client';
import type {
  DeviceConfiguration,
  DeviceEvents,
  DeviceToken,
  Heartbeat,
  HeartbeatReply,
} from '#shared/contract/device.ts';
import { forget, recall, remember } from './database.ts';
import { oldestGivenAt, refusedItems, waitingCount } from './outbox.ts';
import type { Place } from './place.ts';
import { isPersisted, powerState, shellVersion } from './shell.ts';

const beatEvery = 60_000;

interface Paired {
  token: string;
  configuration: DeviceConfiguration;
}
interface Hooks {
  /** `anew`: it was paired or started just now; otherwise something changed. */
  configured(place: Place, anew: boolean): void;
  /** The token is no longer good: everything is kept until the tablet is paired again. */
  revoked(): void;
}

/** What a paired tablet does beside asking: it reports itself and hears what has to change. */
export function createDevice({ configured, revoked }: Hooks) {
  let paired: Paired | undefined;
  let socket: ReturnType<typeof io> | undefined;
  let beating: ReturnType<typeof setInterval> | undefined;
  let lastBeat: number | undefined;
  let lost = false;

  async function adopt(configuration: DeviceConfiguration): Promise<void> {
    if (!paired) return;
    paired = { ...paired, configuration };
    await remember('paired', paired);
    configured(configuration, false);
  }

  async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer | undefined> {
    const used = paired?.token;
    const response = await fetch(`/api/v1/devices/self${path}`, {
      ...init,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${used}` },
      signal: AbortSignal.timeout(15_000),
    }).catch(() => undefined);
    if (response?.status === 401 && used === paired?.token) await lose();
    return response?.ok ? response.json() : undefined;
  }

  async function beat(): Promise<void> {
    if (!paired) return;
    const [queue, oldest, rejected, version, persisted, power] = await Promise.all([
      waitingCount(),
      oldestGivenAt(),
      refusedItems(),
      shellVersion(),
      isPersisted(),
      powerState(),
    ]);
    const now = Date.now();
    const body: Heartbeat = {
      queue,
      oldestAge: oldest === undefined ? null : Math.max(0, (now - oldest) / 1000),
      rejected: rejected.length,
      version,
      configuration: paired.configuration.version,
      persisted,
      ...power,
      sentAt: new Date(now).toISOString(),
    };
    const reply = await ask<HeartbeatReply>('/heartbeats', { method: 'POST', body: JSON.stringify(body) });
    if (!reply) return;
    lastBeat = Date.now();
    if (socket && !socket.active) socket.connect();
    if (reply.configuration === paired?.configuration.version) return;
    const configuration = await ask<DeviceConfiguration>('');
    if (configuration) await adopt(configuration);
  }

  function listen(token: string): void {
    socket?.close();
    socket = io('/device', {
      auth: { token },
      transports: ['websocket', 'polling'],
      reconnectionDelayMax: 60_000,
    });
    const on = <Name extends keyof DeviceEvents>(name: Name, heard: DeviceEvents[Name]) =>
      socket?.on(name as string, heard);
    on('configuration', adopt);
    on('revoked', lose);
    // Whether the token ended or only the connection: a report tells.
    socket.on('disconnect', () => beat().catch(() => undefined));
    socket.on('connect_error', ({ message }) => message === 'not-signed-in' && beat().catch(() => undefined));
  }

  async function lose(): Promise<void> {
    if (!paired) return;
    await end(true);
    revoked();
  }

  async function end(asksAgain: boolean): Promise<void> {
    paired = undefined;
    lost = asksAgain;
    socket?.close();
    clearInterval(beating);
    await Promise.all([forget('paired'), remember('lost', lost)]);
  }

  function begin(): void {
    if (!paired) return;
    listen(paired.token);
    clearInterval(beating);
    beating = setInterval(() => beat().catch(() => undefined), beatEvery);
    beat().catch(() => undefined);
    configured(paired.configuration, true);
  }

  return {
    token: () => paired?.token,
    lastBeat: () => lastBeat,
    lose,
    /** What was given on a paired tablet waits for the next pairing, and never leaves without a token. */
    maySend: () => !lost,
    /** Whether this tablet is paired, or lost its token. */
    async resume(): Promise<'paired' | 'lost' | 'open'> {
      [paired, lost = false] = await Promise.all([recall<Paired>('paired'), recall<boolean>('lost')]);
      begin();
      return paired ? 'paired' : lost ? 'lost' : 'open';
    },
    /** On purpose: to a touchpoint that is open to everybody. */
    leave: () => end(false),
    async pairedWith({ access_token: token, configuration }: DeviceToken): Promise<void> {
      paired = { token, configuration };
      lost = false;
      await remember('lost', lost);
      await remember('paired', paired);
      begin();
    },
  };
}
export type Device = ReturnType<typeof createDevice>;
