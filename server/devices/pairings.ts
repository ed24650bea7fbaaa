import { randomBytes, randomInt } from 'node:crypto';
import type { NewWallboard, Pairable } from '#shared/contract/device.ts';

/** No vowels, so that no words come out (RFC 8628, section 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const life = 15 * 60_000;
const most = 500;
export const firstInterval = 3;
const slower = 5;

export interface Pairing {
  deviceCode: string;
  userCode: string;
  startedAt: number;
  expiresAt: number;
  /** Seconds between two questions of the tablet. */
  interval: number;
  askedAt: number;
  for: Pairable;
  /** What it was confirmed as; null: refused. */
  confirmed?: { device: number } | NewWallboard | null;
  /** Given out; asked again it is the same one. */
  token?: string;
}

const normal = (userCode: string) => userCode.toUpperCase().replace(/[^A-Z]/g, '');

/**
 * Tablets and wallboards that ask to be paired. In memory, because anybody may ask: nothing of it is written before an administrator
 * confirmed it, and after a restart a tablet shows a new code by itself.
 */
export class Pairings {
  readonly #now: () => number;
  readonly #byDevice = new Map<string, Pairing>();

  constructor(now: () => number) {
    this.#now = now;
  }

  start(what: Pairable = 'tablet'): Pairing {
    const now = this.#now();
    for (const [code, { expiresAt }] of this.#byDevice) if (expiresAt <= now) this.#byDevice.delete(code);
    // The oldest that nobody confirmed gives way.
    for (const [code, { confirmed }] of this.#byDevice) {
      if (this.#byDevice.size < most) break;
      if (confirmed === undefined) this.#byDevice.delete(code);
    }
    const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
    const pairing: Pairing = {
      deviceCode: randomBytes(32).toString('base64url'),
      userCode: `${code.slice(0, 4)}-${code.slice(4)}`,
      for: what,
      startedAt: now,
      expiresAt: now + life,
      interval: firstInterval,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    this.#byDevice.set(pairing.deviceCode, pairing);
    return pairing;
  }

  /** The one with this code that waits for an answer; however it was typed. */
  waiting(userCode: string): Pairing | null {
    const wanted = normal(userCode);
    for (const pairing of this.#byDevice.values())
      if (
        normal(pairing.userCode) === wanted &&
        pairing.confirmed === undefined &&
        pairing.expiresAt > this.#now()
      )
        return pairing;
    return null;
  }

  /** Too fast is told, and from then on it has to wait longer. */
  ask(
    deviceCode: string,
  ): Pairing | 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' {
    const pairing = this.#byDevice.get(deviceCode);
    const now = this.#now();
    if (!pairing || pairing.expiresAt <= now) return 'expired_token';
    if (pairing.confirmed === null) return 'access_denied';
    if (pairing.confirmed !== undefined) return pairing;
    const tooSoon = now - pairing.askedAt < pairing.interval * 1000 - 250;
    pairing.askedAt = now;
    if (!tooSoon) return 'authorization_pending';
    pairing.interval += slower;
    return 'slow_down';
  }

  end(pairing: Pairing): void {
    this.#byDevice.delete(pairing.deviceCode);
  }
}
