import { Agent, request } from 'node:http';
import { ratingBody } from './load.ts';

/** Sends so many ratings a second, whether or not earlier ones were answered; the milliseconds that each took. */
export async function steady(
  url: string,
  options: {
    perSecond: number;
    seconds: number;
    onSend?: (number: number) => void;
    body?: (number: number) => string;
  },
): Promise<number[]> {
  const { perSecond, seconds, onSend, body = ratingBody } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  const send = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const began = performance.now();
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const asked = request(`${url}/api/v1/ratings`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => {
          times.push(performance.now() - began);
          if (response.statusCode === 201) resolve();
          else reject(new Error(`status ${response.statusCode}`));
        });
      });
      asked.on('error', reject);
      asked.end(text);
    });
  const total = perSecond * seconds;
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * perSecond));
    for (; sent < due; sent++) {
      onSend?.(sent);
      pending.push(send(body(sent)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  agent.destroy();
  return times;
}
