import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const validFor = 5 * 60_000;
/** Bytes of the time at which it ends, and of what nobody can guess. */
const [timeLength, randomLength, macLength] = [6, 10, 16];

/** What an authenticator signs, once and within five minutes. It vouches for itself, so asking for one keeps nothing. */
export class Challenges {
  readonly #key: Buffer;
  readonly #now: () => number;
  /** Those that were answered, until they would have ended anyway. */
  readonly #answered = new Map<string, number>();

  constructor(secret: string, now: () => number) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'klantpuls challenges of passkeys', 32));
    this.#now = now;
  }

  /** `about`: what it is for, and whom. */
  fresh(about: string): Uint8Array<ArrayBuffer> {
    const content = Buffer.alloc(timeLength + randomLength);
    content.writeUIntBE(this.#now() + validFor, 0, timeLength);
    randomBytes(randomLength).copy(content, timeLength);
    return new Uint8Array(Buffer.concat([content, this.#mac(content, about)]));
  }

  /** Whether this one, in base64url, was made for it, is in time and comes for the first time. */
  take(challenge: string, about: string): boolean {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== timeLength + randomLength + macLength) return false;
    const content = bytes.subarray(0, -macLength);
    const now = this.#now();
    const end = content.readUIntBE(0, timeLength);
    const name = bytes.toString('base64url');
    if (!timingSafeEqual(bytes.subarray(-macLength), this.#mac(content, about))) return false;
    if (end <= now || this.#answered.has(name)) return false;
    for (const [old, ended] of this.#answered) if (ended <= now) this.#answered.delete(old);
    this.#answered.set(name, end);
    return true;
  }

  #mac(content: Buffer, about: string): Buffer {
    return createHmac('sha256', this.#key).update(content).update(about).digest().subarray(0, macLength);
  }
}
