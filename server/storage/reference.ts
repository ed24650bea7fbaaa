import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * How staff name a rating. Its id is the secret of who gave it, and its number tells how many came before; so they see
 * the number as one block of AES-256 under a key of this installation: 22 characters that are always the same for the
 * same rating and that nobody can guess. Eight of the sixteen bytes are zero, and tell a made-up one.
 */
export interface References {
  of(number: number): string;
  /** null for what was not made here. */
  numberOf(reference: string): number | null;
}

export function referencesOf(secret: string): References {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'klantpuls rating reference', 32));
  const block = Buffer.alloc(16);
  return {
    of(number) {
      block.fill(0);
      block.writeBigUInt64BE(BigInt(number), 8);
      const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
    },
    numberOf(reference) {
      if (!/^[\w-]{22}$/.test(reference)) return null;
      const bytes = Buffer.from(reference, 'base64url');
      // The last character holds two bits that count for nothing: only the one spelling is ours.
      if (bytes.length !== 16 || bytes.toString('base64url') !== reference) return null;
      const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
      const number = plain.readBigUInt64BE(8);
      const ours = plain.readBigUInt64BE(0) === 0n && number > 0n && number <= Number.MAX_SAFE_INTEGER;
      return ours ? Number(number) : null;
    },
  };
}
