import { createHmac } from 'node:crypto';

/** One rating per call: its id follows from the call, so that a message sent twice is one rating. */
export function idOfCall(secret: string, touchpoint: string, callId: string): string {
  const bytes = createHmac('sha256', secret)
    .update(`call\n${touchpoint}\n${callId}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
