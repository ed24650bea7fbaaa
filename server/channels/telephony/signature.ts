import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A webhook as it came in: the address with its query, and the body, byte for byte. */
export interface Message {
  address: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * The scheme of Twilio and all who took it over: base64 of HMAC-SHA1 over the whole address and then every parameter
 * with its value, sorted by name, untrimmed.
 * See https://www.twilio.com/docs/usage/security#validating-requests.
 */
export function signatureOf(secret: string, address: string, parameters: URLSearchParams): string {
  const names = [...new Set(parameters.keys())].sort();
  const written = names.map((name) =>
    [...new Set(parameters.getAll(name))]
      .sort()
      .map((value) => name + value)
      .join(''),
  );
  return createHmac('sha1', secret)
    .update(address + written.join(''))
    .digest('base64');
}

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const headerOf = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** Some platforms sign the usual port of the scheme, some leave it out. */
function spellings(address: string): string[] {
  const [, scheme = '', host = '', port, rest = ''] =
    /^(https?:\/\/)([^/:?#]+|\[[^\]]*\])(:\d+)?(.*)$/s.exec(address) ?? [];
  return port === undefined
    ? [address, `${scheme}${host}:${scheme === 'https://' ? 443 : 80}${rest}`]
    : [address, `${scheme}${host}${rest}`];
}

/** Whether this message was signed with the secret; compared in constant time. */
export function isSignedBy(secret: string, { address, headers, body }: Message): boolean {
  const given = headerOf(headers, 'x-twilio-signature') || headerOf(headers, 'x-signalwire-signature');
  if (given === '') return false;
  const parameters = new URLSearchParams(body.toString('utf8'));
  return spellings(address)
    .map((spelling) => equal(signatureOf(secret, spelling, parameters), given))
    .includes(true);
}

/** An Ed25519 key in the form that Node reads: this, and then its 32 bytes (RFC 8410). */
const keyPrefix = Buffer.from('302a300506032b6570032100', 'hex');
/** So old a signature may be, in milliseconds. */
const tolerance = 5 * 60_000;

/**
 * The scheme of Telnyx: Ed25519 over the time in seconds, a bar and the body.
 * See https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks.
 */
export function isSignedByTelnyx(publicKey: string, { headers, body }: Message, now: number): boolean {
  const time = headerOf(headers, 'telnyx-timestamp');
  const raw = Buffer.from(publicKey, 'base64');
  if (!/^\d{1,12}$/.test(time) || raw.length !== 32) return false;
  if (Math.abs(now - Number(time) * 1000) > tolerance) return false;
  const key = createPublicKey({ key: Buffer.concat([keyPrefix, raw]), format: 'der', type: 'spki' });
  const signature = Buffer.from(headerOf(headers, 'telnyx-signature-ed25519'), 'base64');
  return verify(null, Buffer.concat([Buffer.from(`${time}|`), body]), key, signature);
}
