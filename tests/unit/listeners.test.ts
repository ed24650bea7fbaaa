import { createServer } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { Change } from '#shared/contract/live.ts';
import { Listeners } from '../../server/live/listeners.ts';
import { until } from '../support/until.ts';

test('LV11: who does not read is cut off and holds up nobody; a push to hundreds lets others have their turn', async () => {
  const http = createServer();
  const server = new Server(http, { serveClient: false });
  const listeners = new Listeners((ids, change) => void server.to(ids).emit('change', change));
  server.on('connection', (socket) => {
    listeners.join('topic', socket);
    socket.on('disconnect', () => listeners.leave('topic', socket));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const heard = new Map<Socket, number>();
  const clients = Array.from({ length: 120 }, () => {
    const client = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
    client.on('change', ({ sequence }: Change) => heard.set(client, sequence));
    return client;
  });
  try {
    await until('all are there', () => server.sockets.sockets.size === clients.length, 30_000);
    const change = (sequence: number, size: number) =>
      ({ sequence, total: 'x'.repeat(size), groups: [] }) as unknown as Change;
    let turns = 0;
    let counting = true;
    const count = () => {
      turns++;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    await listeners.push('topic', change(1, 10));
    counting = false;
    expect(turns).toBeGreaterThan(1);
    await until('all heard it', () => clients.every((client) => heard.get(client) === 1), 30_000);

    const [deaf, reads, ...others] = clients;
    for (const other of others) other.close();
    await until('two are left', () => server.sockets.sockets.size === 2);
    const tcp = (deaf!.io.engine as unknown as { transport: { ws: { _socket: TcpSocket } } }).transport.ws
      ._socket;
    tcp.pause();
    // More than the systems on the way hold, which is a few megabytes.
    let last = 1;
    for (; server.sockets.sockets.size === 2 && last < 300; last++) {
      await listeners.push('topic', change(last + 1, 1_000_000));
      await until('who reads has it', () => heard.get(reads!) === last + 1);
    }
    expect(server.sockets.sockets.size).toBe(1);
    await listeners.push('topic', change(1000, 10));
    await until('who reads hears what follows', () => heard.get(reads!) === 1000);
    // Not all of it was kept for him.
    const gone = new Promise((resolve) => deaf!.on('disconnect', resolve));
    tcp.resume();
    expect(await gone).toBe('transport close');
    expect(heard.get(deaf!)).toBeLessThan(last - 10);
  } finally {
    for (const client of clients) client.close();
    await server.close();
  }
}, 60_000);
