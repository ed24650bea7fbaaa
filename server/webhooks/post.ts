import { createHmac } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Reachable, Unreachable } from './reachable.ts';

export interface Answer {
  /** Null when there was no answer. */
  status: number | null;
  reason: string | null;
}

const patience = 10_000;

/** The key of a secret as it is shown: `whsec_` and base64 (standardwebhooks.com). */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/** Over id, time and body, so that neither can be changed, nor an old delivery sent again. */
export function signatureOf(secret: Buffer, id: string, seconds: number, body: string): string {
  const signed = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
  return `v1,${signed}`;
}

export type Post = (url: string, event: { id: string; body: string }, secret: Buffer) => Promise<Answer>;

/** One attempt. Redirects are not followed: where they lead was not agreed on. */
export function poster(reach: Reachable, now: () => number): { post: Post; close(): void } {
  const options = { keepAlive: true, maxSockets: 8 };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  const post: Post = (address, { id, body }, secret) =>
    new Promise((resolve) => {
      const failed = (error: Error & { code?: string }) =>
        resolve({
          status: null,
          reason: error instanceof Unreachable ? error.message : (error.code ?? error.message).slice(0, 200),
        });
      try {
        const url = new URL(address);
        reach.checkHost(url.hostname);
        const secure = url.protocol === 'https:';
        const seconds = Math.floor(now() / 1000);
        const sent = (secure ? httpsRequest : httpRequest)(url, {
          method: 'POST',
          agent: agents[url.protocol as 'https:'],
          lookup: reach.lookup,
          signal: AbortSignal.timeout(patience),
          headers: {
            'content-type': 'application/cloudevents+json; charset=utf-8',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Klantpuls',
            'webhook-id': id,
            'webhook-timestamp': String(seconds),
            'webhook-signature': signatureOf(secret, id, seconds, body),
          },
        });
        sent.on('error', failed);
        sent.on('response', (response) => {
          const status = response.statusCode ?? 0;
          const redirect = status >= 300 && status < 400;
          // What it says is not looked at, and a long answer is not waited for.
          response.on('error', () => {});
          response.resume();
          resolve({ status, reason: redirect ? 'redirects are not followed' : null });
        });
        sent.end(body);
      } catch (error) {
        failed(error as Error);
      }
    });
  return {
    post,
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
