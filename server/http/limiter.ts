import { hash, randomBytes } from 'node:crypto';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Asker } from './whole-request.ts';

interface Bucket {
  tokens: number;
  at: number;
}

const newSalt = () => randomBytes(16).toString('base64');

/**
 * A token bucket per address, in memory only. The address itself is kept nowhere: the key is a hash with a salt that
 * is replaced every day, so that no table of addresses can be made from it.
 */
export class Limiter {
  readonly #capacity: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #salt = newSalt();
  #saltedOn = 0;

  constructor(options: { capacity: number; perSecond: number; now: () => number }) {
    this.#capacity = options.capacity;
    this.#perSecond = options.perSecond;
    this.#now = options.now;
  }

  /** 0 when allowed; else the seconds to wait. `paid` of the cost was taken before. */
  take(address: string, cost = 1, paid = 0): number {
    const now = this.#now();
    const day = Math.floor(now / 86_400_000);
    if (day !== this.#saltedOn) {
      this.#saltedOn = day;
      this.#salt = newSalt();
      this.#buckets.clear();
    }
    const key = hash('sha256', this.#salt + address, 'base64');
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      if (this.#buckets.size >= 50_000) this.#forgetFull(now);
      bucket = { tokens: this.#capacity, at: now };
      this.#buckets.set(key, bucket);
    }
    bucket.tokens = Math.min(
      this.#capacity,
      bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * this.#perSecond,
    );
    bucket.at = now;
    if (bucket.tokens + paid < cost) return Math.ceil((cost - bucket.tokens) / this.#perSecond);
    bucket.tokens -= cost - paid;
    return 0;
  }

  #forgetFull(now: number): void {
    const refill = (this.#capacity / this.#perSecond) * 1000;
    for (const [key, { at }] of this.#buckets) if (now - at > refill) this.#buckets.delete(key);
    if (this.#buckets.size >= 50_000) this.#buckets.clear();
  }
}

export type Limit = (request: Asker, cost: number, paid?: number) => void;

/** Refuses who sends too much; without a limiter, or an address that can be trusted, nobody. */
export const limitBy =
  (limiter: Limiter | null, addressOf: (request: Asker) => string | null): Limit =>
  (request, cost, paid) => {
    const address = limiter ? addressOf(request) : null;
    const wait = address === null ? 0 : limiter!.take(address, cost, paid);
    if (wait > 0) throw new ProblemError('too-many', `Try again in ${wait} seconds.`, { retryAfter: wait });
  };
