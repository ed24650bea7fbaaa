import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createRelay, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { Dashboard, type Outcome, verify } from './outcome.ts';
import { outOfDescriptors } from './process.ts';
import { Senders } from './senders.ts';

const listen = (server: {
  listen(port: number, host: string, ready: () => void): unknown;
  address(): unknown;
}) =>
  new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ),
  );

interface Faults {
  dropped: number;
  lost: number;
  doubled: number;
  delayed: number;
}

/** A way to the program on which requests get lost, come twice, late and in another order, and answers get lost. */
function badProxy(target: string, faults: Faults): Server {
  const { hostname, port } = new URL(target);
  const forward = (path: string, headers: object, body: Buffer) =>
    new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
      const sending = request(
        { hostname, port, path, method: 'POST', headers: { ...headers } },
        async (reply) => {
          const parts: Buffer[] = [];
          for await (const part of reply) parts.push(part as Buffer);
          resolve({ status: reply.statusCode ?? 502, body: Buffer.concat(parts) });
        },
      );
      sending.on('error', reject);
      sending.end(body);
    });
  return createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const [path, body] = [incoming.url ?? '/', Buffer.concat(parts)];
    const fate = Math.random();
    if (fate < 0.15) {
      faults.dropped++;
      return void outgoing.destroy();
    }
    if (fate < 0.6) {
      faults.delayed++;
      await pause(Math.random() * 40);
    }
    const { 'content-type': type, 'content-length': length } = incoming.headers;
    const headers = { 'content-type': type, 'content-length': length };
    const first = forward(path, headers, body);
    if (fate > 0.75) {
      faults.doubled++;
      const second = forward(path, headers, body);
      if (fate > 0.87) await second.catch(() => null);
      else void second.catch(() => null);
    }
    const answer = await first.catch(() => null);
    if (!answer || (fate > 0.45 && fate < 0.6)) {
      faults.lost++;
      return void outgoing.destroy();
    }
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
}

/** A way for connections that can be cut, all at once. */
class Relay {
  readonly #sockets = new Set<Socket>();
  readonly #server;
  url = '';

  constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.#server = createRelay((from) => {
      const to = connect(Number(port), hostname);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
      from.pipe(to).pipe(from);
    });
  }
  async open(): Promise<this> {
    this.url = await listen(this.#server);
    return this;
  }
  cut(share = 1): void {
    for (const socket of this.#sockets) if (Math.random() < share) socket.destroy();
  }
  close(): void {
    this.#server.close();
    this.cut();
  }
}

/** Ratings through a proxy that drops, delays, doubles and reorders, and dashboards whose connections are cut. */
export async function badNetwork(ratings: number): Promise<Outcome> {
  const { program, tokens } = await startPrepared({ tokens: { viewer: 'viewer' } });
  const faults: Faults = { dropped: 0, lost: 0, doubled: 0, delayed: 0 };
  const proxy = badProxy(program.url, faults);
  const relay = await new Relay(program.url).open();
  const senders = new Senders(await listen(proxy), { clients: 16 });
  const dashboards = Array.from({ length: 10 }, () => new Dashboard(relay.url, tokens.viewer));
  const cutting = setInterval(() => relay.cut(0.2), 150);
  senders.start();
  await until('enough ratings', () => senders.acknowledged.size >= ratings, 120_000);
  await senders.stop();
  await senders.settle();
  clearInterval(cutting);
  for (const dashboard of dashboards) {
    await dashboard.converges(program.url, senders.acknowledged.size);
    dashboard.close();
  }
  relay.close();
  proxy.closeAllConnections();
  proxy.close();
  senders.close();
  await program.stop();
  const { dropped, lost, doubled, delayed } = faults;
  return verify(
    `network: ${dropped} dropped, ${lost} answers lost, ${doubled} doubled, ${delayed} late`,
    dropped + lost + doubled + delayed,
    program.dataDir,
    senders,
  );
}

/** All dashboards lose their connection at once and come back at once, while ratings keep coming. */
export async function herd(times: number, count: number): Promise<Outcome> {
  const { program, tokens } = await startPrepared({ tokens: { viewer: 'viewer' } });
  const relay = await new Relay(program.url).open();
  const senders = new Senders(program.url, { clients: 4, gap: 4 });
  const dashboards = Array.from({ length: count }, () => new Dashboard(relay.url, tokens.viewer));
  senders.start();
  for (let round = 0; round <= times; round++) {
    await until('all are back', () => dashboards.every(({ again }) => again >= round), 120_000);
    if (round < times) relay.cut();
  }
  await senders.stop();
  await senders.settle();
  for (const dashboard of dashboards) {
    await dashboard.converges(program.url, senders.acknowledged.size);
    dashboard.close();
  }
  relay.close();
  senders.close();
  await program.stop();
  return verify(`${count} dashboards come back at once`, times, program.dataDir, senders);
}

/** So many connections that ask nothing that the program has no file left for another. */
const takeAll = async ({ url }: Program) => {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: 200 }, () => connect(Number(port), hostname));
  for (const socket of sockets) socket.on('error', () => {});
  await until('some get no connection', () => sockets.some((socket) => socket.closed));
  return () => {
    for (const socket of sockets) socket.destroy();
  };
};
export const noDescriptors = (times: number): Promise<Outcome> => outOfDescriptors(times, takeAll);
