import { request as ask, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Between {
  url: string;
  /** Where the server is now; undefined while it is away. */
  target: string | undefined;
  /** Whether to lose the reply to a request that the server has handled. */
  loses: (path: string) => boolean;
  /** Changes what is on its way back. */
  rewrite: (path: string, body: Buffer) => Buffer;
  close(): void;
}

/** Stands at one address while the server comes and goes, and loses replies when it is told to. */
export async function startProxy(target: string): Promise<Between> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const lost = () => outgoing.destroy();
    if (!proxy.target) return lost();
    const { hostname, port } = new URL(proxy.target);
    // Always the whole thing, as it is.
    const {
      'accept-encoding': _,
      'if-none-match': _tag,
      'if-modified-since': _since,
      ...headers
    } = incoming.headers;
    const options = { hostname, port, path, method: incoming.method, headers };
    const forward = ask(options, async (reply) => {
      const parts: Buffer[] = [];
      for await (const part of reply) parts.push(part as Buffer);
      if (proxy.loses(path)) return lost();
      answer(outgoing, reply.statusCode ?? 502, reply.headers, proxy.rewrite(path, Buffer.concat(parts)));
    });
    forward.on('error', lost);
    incoming.pipe(forward);
  });
  const answer = (to: ServerResponse, status: number, headers: object, body: Buffer) => {
    const { 'transfer-encoding': _, 'content-length': _length, ...kept } = headers as Record<string, string>;
    to.writeHead(status, { ...kept, 'content-length': body.length }).end(body);
  };
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const proxy: Between = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    loses: () => false,
    rewrite: (_path, body) => body,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}
