import type {
  DevicePairing,
  DeviceToken,
  deviceGrant,
  Pairable,
  PairingError,
  WallboardToken,
} from '#shared/contract/device.ts';

/** What each of them gets in the end. */
interface Tokens {
  tablet: DeviceToken;
  wallboard: WallboardToken;
}

const grant: typeof deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const patience = () => AbortSignal.timeout(15_000);
const json = { 'content-type': 'application/json' };

const pause = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

async function newCode(what: Pairable): Promise<DevicePairing | undefined> {
  const response = await fetch('/api/v1/device-pairings', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ for: what }),
    signal: patience(),
  }).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

async function ask<Token>(code: string): Promise<Token | PairingError | 'unreachable'> {
  const response = await fetch('/api/v1/device-tokens', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ grant_type: grant, device_code: code }),
    signal: patience(),
  }).catch(() => undefined);
  const body = await response?.json().catch(() => undefined);
  if (response?.ok && body) return body as Token;
  return response?.status === 400 ? (body as { error: PairingError }).error : 'unreachable';
}

export interface PairingView {
  /** A code to show, or that there is no connection to get one; and whether an administrator refused the one before. */
  show(code: DevicePairing | undefined, refused: boolean): void;
}

/** RFC 8628: shows a code, and asks until an administrator has confirmed it. Ends without a token when aborted. */
export async function pair<What extends Pairable>(
  what: What,
  view: PairingView,
  signal: AbortSignal,
): Promise<Tokens[What] | undefined> {
  let unreached = 0;
  let refused = false;
  while (!signal.aborted) {
    const code = await newCode(what);
    if (signal.aborted) return undefined;
    view.show(code, refused);
    if (!code) {
      await pause(Math.min(60, 2 ** ++unreached), signal);
      continue;
    }
    unreached = 0;
    refused = false;
    let interval = code.interval;
    for (const end = performance.now() + code.expires_in * 1000; performance.now() < end; ) {
      await pause(interval, signal);
      if (signal.aborted) return undefined;
      const answer = await ask<Tokens[What]>(code.device_code);
      if (typeof answer === 'object') return answer as Tokens[What];
      if (answer === 'slow_down') interval += 5;
      else if (answer !== 'authorization_pending' && answer !== 'unreachable') {
        refused = answer === 'access_denied';
        break;
      }
    }
  }
  return undefined;
}
