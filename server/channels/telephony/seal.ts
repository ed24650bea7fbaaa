import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  close(text: string): Buffer;
  /** Null when it was sealed with another key or was changed. */
  open(sealed: Buffer): string | null;
}

/** Keeps the secrets of lines so that only who has the secret key can read them: AES-256-GCM with a key of its own. */
export function sealWith(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'klantpuls secrets of lines', 32));
  return {
    close(text) {
      const start = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, start);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([start, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
        decipher.setAuthTag(sealed.subarray(12, 28));
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
