import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** `v1.<key id>.<random, or what it is about>.<truncated HMAC-SHA256>`; every part in base64url. */
const shape = /^v1\.[\w-]{6}\.([\w-]{22})\.[\w-]{16}$/;

export interface Links {
  /** The secret of a new invitation. */
  fresh(): Buffer;
  /** The rating that an invitation leads to: always the same, so that it is one. */
  ratingOf(secret: Buffer): string;
  invitation: Signed;
  /** About a keyed hash of an address: who gave it is not kept anywhere. */
  unsubscribe: Signed;
}
export interface Signed {
  token(content: Buffer): string;
  /** Null for whatever we did not make; it takes as long as for what we did. */
  read(token: string): Buffer | null;
}

export function linksOf(secret: string): Links {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `klantpuls ${use}`, 32));
  const signed = (use: string): Signed => {
    const key = keyFor(use);
    const keyId = createHash('sha256').update(key).digest('base64url').slice(0, 6);
    const token = (content: string) => {
      const text = `v1.${keyId}.${content}`;
      return `${text}.${createHmac('sha256', key).update(text).digest().subarray(0, 12).toString('base64url')}`;
    };
    return {
      token: (content) => token(content.toString('base64url')),
      read(given) {
        const content = shape.exec(given)?.[1] ?? '';
        // Both as hashes: of one length, whatever was given.
        const [is, wanted] = [given, token(content)].map((text) =>
          createHash('sha256').update(text).digest(),
        );
        return timingSafeEqual(is!, wanted!) && content !== '' ? Buffer.from(content, 'base64url') : null;
      },
    };
  };
  const ratings = keyFor('ratings of invitations');
  return {
    fresh: () => randomBytes(16),
    ratingOf(content) {
      const bytes = createHmac('sha256', ratings).update(content).digest().subarray(0, 16);
      bytes[6] = (bytes[6]! & 0x0f) | 0x80;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
    invitation: signed('links of invitations'),
    unsubscribe: signed('links to unsubscribe'),
  };
}
