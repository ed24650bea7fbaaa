import { randomBytes } from 'node:crypto';
import type { Heartbeat, OpeningHours } from '#shared/contract/device.ts';
import { hashOf } from '../access/accounts.ts';
import type { Store } from '../storage/port.ts';

const hour = 3_600_000;
const day = 24 * hour;
const always: OpeningHours = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);

type Health = Pick<Heartbeat, 'battery' | 'charging'>;
/** Not at balie-1: whoever tries the demo opens a kiosk there, and a touchpoint with a tablet takes ratings from that alone. */
const plans: { name: string; touchpoint: string; age: number; health: Health; silentFor?: number }[] = [
  { name: 'Tablet balie 3', touchpoint: 'balie-3', age: 400, health: { battery: 0.96, charging: true } },
  { name: 'Tablet balie 2', touchpoint: 'balie-2', age: 400, health: { battery: 0.34, charging: false } },
  {
    ...{ name: 'Tablet Oost', touchpoint: 'balie-oost', age: 120, silentFor: 3 * hour },
    health: { battery: 0.08, charging: false },
  },
];

export interface Tablet {
  touchpoint: string;
  token: string;
  health: Health;
  /** It was heard of until then, in milliseconds; what people give there waits on it. */
  silentSince: number | null;
}

/** The tablets of the demo city, paired; one of them fell silent this morning. */
export async function tablets(store: Pick<Store, 'devices'>, now: number): Promise<Tablet[]> {
  const made: Tablet[] = [];
  for (const { name, touchpoint, age, health, silentFor } of plans) {
    const settings = { name, touchpoint, idleSeconds: 20, openingHours: always, pin: null };
    const { id } = await store.devices.add(settings, now - age * day);
    const token = randomBytes(32).toString('base64url');
    await store.devices.pair(id, hashOf(token), now - age * day);
    if (silentFor)
      await store.devices.keepHeartbeat(
        id,
        { ...heartbeat(health, null, now - silentFor), queue: 4, oldestAge: 1260 },
        now - silentFor,
      );
    made.push({ touchpoint, token, health, silentSince: silentFor ? now - silentFor : null });
  }
  return made;
}

const heartbeat = (health: Health, configuration: string | null, at: number): Heartbeat => ({
  ...{ queue: 0, oldestAge: null, rejected: 0, version: 'demo', configuration, persisted: true },
  ...health,
  sentAt: new Date(at).toISOString(),
});

const every = 60_000;

/** Each tablet that is not silent tells about itself once a minute, until it is told to stop. */
export async function beat(url: string, paired: readonly Tablet[], signal: AbortSignal): Promise<void> {
  const awake = paired.filter(({ silentSince }) => silentSince === null);
  const known = new Map<string, string>();
  const once = async ({ token, health }: Tablet) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const ask = async (path: string, body?: unknown) => {
      const given = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      const response = await fetch(new URL(`/api/v1/devices/self${path}`, url), {
        headers,
        signal,
        ...given,
      });
      return (await response.json()) as { version?: string; configuration?: string };
    };
    const configuration = known.get(token) ?? (await ask('')).version ?? null;
    const answer = await ask('/heartbeats', heartbeat(health, configuration, Date.now()));
    if (answer.configuration) known.set(token, answer.configuration);
  };
  const all = () => Promise.allSettled(awake.map(once));
  await all();
  await new Promise<void>((resolve) => {
    const timer = setInterval(all, every);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      resolve();
    });
  });
}
