import { createServer, type Server } from 'node:http';
import { eventTypes } from '#shared/contract/webhooks.ts';
import { freePort } from '../../support/mailbox.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import { aTouchpoint } from '../store/bench.ts';

export interface Told {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  event: { id: string; type: string; subject: string; source: string; data: Record<string, unknown> };
}

export let program: Program;
export let admin: string;
export let viewer: string;
export let port: number;
export let server: Server | null = null;
export let status = 200;
/** What the other system answers from now on. */
export const answer = (wanted: number): void => {
  status = wanted;
};
export const told: Told[] = [];

/** Another system, which may be away. */
export async function receiver(): Promise<void> {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    told.push({ headers: request.headers, text, event: JSON.parse(text) });
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1/' } : {}).end();
  });
  await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve));
}
export async function away(): Promise<void> {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
}

export const api = (path: string) => `${program.url}/api/v1${path}`;
export const asAdmin = (method: string, path: string, body?: unknown) =>
  send<ReturnType<typeof JSON.parse>>(method, api(path), body, { authorization: `Bearer ${admin}` });
export const add = async (fields: Record<string, unknown> = {}) =>
  asAdmin('POST', '/webhooks', {
    name: 'Zaaksysteem',
    url: `http://127.0.0.1:${port}/hook`,
    types: eventTypes,
    ...fields,
  });
export const of = (subject: string) =>
  told.filter(({ event }) => event.subject === subject).map(({ event }) => event);
export const count = (wanted: number) => until(`${wanted} told`, () => told.length >= wanted);

export const environment = () => ({ WEBHOOK_PRIVATE: '127.0.0.1', OIN: '00000001002220647000' });
export async function start(): Promise<void> {
  port = await freePort();
  const started = await startPrepared({
    settings: { touchpoints: [aTouchpoint({ key: 'proef-1', name: 'Proef', trial: true })] },
    tokens: { admin: 'admin', viewer: 'viewer' },
    environment: environment(),
  });
  program = started.program;
  ({ admin, viewer } = started.tokens);
}
export async function afresh(): Promise<void> {
  const { body } = await asAdmin('GET', '/webhooks');
  for (const { id } of body.items) await asAdmin('DELETE', `/webhooks/${id}`);
  await away();
  told.length = 0;
  status = 200;
}
export async function stop(): Promise<void> {
  await program.stop();
  await away();
}

/** The same data, a new process. */
export async function restart(): Promise<void> {
  program = await program.restart();
}
