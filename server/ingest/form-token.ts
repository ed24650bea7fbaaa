import { createHmac, timingSafeEqual } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';

/**
 * Proof that a form was asked for this touchpoint and this rating, some time before it was sent. Nothing of it is kept:
 * it is bound to the rating's id, so that a retry passes and another rating does not.
 */
export class FormTokens {
  readonly #key: Buffer;
  readonly #now: () => number;

  constructor(secret: string, now: () => number) {
    this.#key = createHmac('sha256', secret).update('form token').digest();
    this.#now = now;
  }

  #proof(touchpoint: string, id: string, issued: string): Buffer {
    return createHmac('sha256', this.#key)
      .update(`${touchpoint}\n${id.toLowerCase()}\n${issued}`)
      .digest()
      .subarray(0, 16);
  }

  make(touchpoint: string, id: string): string {
    const issued = this.#now().toString(36);
    return `${issued}.${this.#proof(touchpoint, id, issued).toString('base64url')}`;
  }

  /** Whether a person may have filled in a form meanwhile; a rating as it came in, of any shape. */
  vouchesFor(rating: unknown): boolean {
    const { formToken: token, touchpoint, id } = (rating ?? {}) as Record<string, unknown>;
    if (typeof token !== 'string' || typeof touchpoint !== 'string' || typeof id !== 'string') return false;
    const [, issued = '', proof = ''] = /^([0-9a-z]{1,11})\.([\w-]{22})$/.exec(token) ?? [];
    const age = this.#now() - Number.parseInt(issued || 'x', 36);
    if (!(age >= limits.formTokenAge && age <= limits.formTokenLife)) return false;
    const given = Buffer.from(proof, 'base64url');
    return given.length === 16 && timingSafeEqual(given, this.#proof(touchpoint, id, issued));
  }
}
