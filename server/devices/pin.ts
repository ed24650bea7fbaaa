import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { PinHash } from '#shared/contract/device.ts';

/** Half a second on a slow tablet. It only keeps visitors from the status screen, which shows nothing of residents. */
const iterations = 100_000;

export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(16);
  const hash = await promisify(pbkdf2)(pin, salt, iterations, 32, 'sha256');
  return { salt: salt.toString('base64'), iterations, hash: hash.toString('base64') };
}
