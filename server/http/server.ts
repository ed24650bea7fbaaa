import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { transportHeaders } from './headers.ts';

/** A server that does not listen yet and answers nobody. `secure`: it is reached by TLS, its own or a proxy's. */
export function makeServer(tls: { cert: Buffer; key: Buffer } | null, secure: boolean): Server {
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  const headers = new Map(Object.entries(transportHeaders(secure)));
  if (secure) server.prependListener('request', (_request, response) => response.setHeaders(headers));
  // Who says that nothing more follows gets an answer to what came (a property of node:http that its types leave out).
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // A client that sends its request by the drop gives its place to others.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  return server;
}
