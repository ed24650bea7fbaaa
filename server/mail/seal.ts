import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const ivLength = 12;
const tagLength = 16;

export interface Sealer {
  /** AES-256-GCM; what comes out can be kept in the database. */
  seal(value: unknown): Buffer;
  /** Null when it was sealed with another key, or damaged. */
  open(sealed: Buffer): unknown;
  /** Recognises an address without telling it. Capital letters and spaces around it make no difference. */
  addressHash(address: string): Buffer;
}

/** Keys of their own, from the secret key that lives outside the data: a copy of the database tells nothing. */
export function sealerOf(secret: string): Sealer {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `klantpuls ${use}`, 32));
  const content = keyFor('sealed content');
  const addresses = keyFor('hashes of addresses');
  return {
    seal(value) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', content, iv);
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, text, cipher.getAuthTag()]);
    },
    open(sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', content, sealed.subarray(0, ivLength));
        decipher.setAuthTag(sealed.subarray(-tagLength));
        const text = decipher.update(sealed.subarray(ivLength, -tagLength));
        return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8'));
      } catch {
        return null;
      }
    },
    addressHash: (address) =>
      createHmac('sha256', addresses).update(address.trim().toLowerCase()).digest().subarray(0, 16),
  };
}
