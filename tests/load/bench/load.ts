import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

export interface Load {
  perSecond: number;
  /** Milliseconds per request. */
  latencies: Float64Array;
  accepted: number;
}

const touchpoints = ['balie-1', 'website', 'digitaal-product', 'telefoon-14079'];
const comment = 'Ik was snel aan de beurt en de medewerker legde alles rustig uit.';

/** A rating as a browser sends it: every fifth with a comment. */
export function ratingBody(number: number): string {
  const hex = randomBytes(16).toString('hex');
  const time = Date.now().toString(16).padStart(12, '0');
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-8${hex.slice(5, 8)}-${hex.slice(8, 20)}`;
  const more = number % 5 === 0 ? `,"comment":"${comment}"` : '';
  return `{"id":"${id}","touchpoint":"${touchpoints[number % 4]}","grade":${1 + (number % 10)},"language":"nl"${more}}`;
}

/** From four thousand addresses, as a proxy passes them on. */
const request = (host: string, number: number, body: string): Buffer =>
  Buffer.from(
    `POST /api/v1/ratings HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 10.0.${(number >> 8) & 15}.${number & 255}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );

const length = 'Content-Length: ';
function isWhole(answer: Buffer): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const at = answer.indexOf(length) + length.length;
  return answer.length >= end + 4 + Number.parseInt(answer.toString('latin1', at, at + 6), 10);
}

/** Sends `count` different ratings over `connections` sockets, one at a time on each; nothing else costs the loader time. */
export async function load(url: string, count: number, connections: number): Promise<Load> {
  const { hostname, port, host } = new URL(url);
  const requests = Array.from({ length: count }, (_, number) => request(host, number, ratingBody(number)));
  const latencies = new Float64Array(count);
  let next = 0;
  let accepted = 0;
  const started = performance.now();
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<void>((resolve, reject) => {
          let current = -1;
          let sent = 0;
          /** What came of an answer that is not whole yet. */
          let received: Buffer | null = null;
          const send = () => {
            if (next >= count) {
              socket.destroy();
              resolve();
              return;
            }
            current = next++;
            sent = performance.now();
            socket.write(requests[current]!);
          };
          // Read without a stream, and looked at without a string: what the loader costs is not there for the server.
          const read = (size: number, buffer: Uint8Array): boolean => {
            const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, size);
            const answer: Buffer = received ? Buffer.concat([received, bytes]) : bytes;
            if (!isWhole(answer)) {
              received = Buffer.from(answer);
              return true;
            }
            received = null;
            latencies[current] = performance.now() - sent;
            if (answer.indexOf('HTTP/1.1 201 ') === 0) accepted++;
            send();
            return true;
          };
          const socket = connect({
            ...{ port: Number(port), host: hostname, noDelay: true },
            onread: { buffer: Buffer.alloc(16_384), callback: read },
          });
          socket.on('connect', send);
          socket.on('error', reject);
        }),
    ),
  );
  return { perSecond: (count / (performance.now() - started)) * 1000, latencies, accepted };
}
