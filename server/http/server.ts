import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { transportHeaders } from './headers.ts';

/** So many files besides its connections the program may have open: the database for every reader, backups, its own calls. */
const ownFiles = 64;

/** How many connections leave files enough for the program itself; undefined where the system does not say. */
function mostConnections(): number | undefined {
  try {
    const [, files] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return files ? Math.max(16, Number(files) - ownFiles) : undefined;
  } catch {
    return undefined;
  }
}

/** A server that does not listen yet and answers nobody. `secure`: it is reached by TLS, its own or a proxy's. */
export function makeServer(tls: { cert: Buffer; key: Buffer } | null, secure: boolean): Server {
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  const headers = new Map(Object.entries(transportHeaders(secure)));
  if (secure) server.prependListener('request', (_request, response) => response.setHeaders(headers));
  // Who says that nothing more follows gets an answer to what came (a property of node:http that its types leave out).
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // Who comes when no file is left for a connection is turned away, before the database finds none.
  const most = mostConnections();
  if (most !== undefined) server.maxConnections = most;
  // A client that sends its request by the drop gives its place to others.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  return server;
}
