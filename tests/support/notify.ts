import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** NotifyNL as far as we use it: what it was asked, and what it answers. */
export interface Notify {
  url: string;
  asked: { path: string; body: Record<string, unknown>; token: string }[];
  /** What it answers from now on. */
  answers(status: number, body: unknown): void;
  close(): void;
}

/** A key of the shape that NotifyNL gives out. */
export const notifyKey = 'test-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0';

export async function startNotify(): Promise<Notify> {
  const asked: Notify['asked'] = [];
  let answer = { status: 201, body: {} as unknown };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push({
      path: request.url!,
      body: JSON.parse(Buffer.concat(chunks).toString()),
      token: request.headers.authorization ?? '',
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers: (status, body) => {
      answer = { status, body };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
