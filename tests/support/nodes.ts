import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { hashOf } from '../../server/access/accounts.ts';
import { openPostgres } from '../../server/storage/postgres/store.ts';
import { type Program, startProgram } from './program.ts';

const secret = 'of two machines, and long enough for a key';

/** A node of its own DATA_DIR on a database that others use too. */
export const startNode = (url: string, environment: Record<string, string> = {}): Promise<Program> =>
  startProgram({
    environment: { DATABASE_URL: url, SECRET_KEY: secret, LOG_LEVEL: 'fatal', ...environment },
  });

/** A token with which figures may be seen. */
export async function viewerOf(url: string): Promise<string> {
  const store = await openPostgres({ url, connections: 2 });
  const token = randomBytes(32).toString('base64url');
  const fields = { name: 'wallboard', role: 'viewer' as const, scope: null, expiresAt: null };
  await store.access.addToken({ ...fields, hash: hashOf(token), now: Date.now() });
  await store.close();
  return token;
}

export async function recounted(url: string) {
  const store = await openPostgres({ url, connections: 2 });
  try {
    return await store.recount({ repair: false });
  } finally {
    await store.close();
  }
}

export interface Sent {
  /** Answered with 201 or 200: they are kept. */
  accepted: Set<string>;
  /** Statuses of answers that say that nothing was kept, and how often. */
  refused: Map<number, number>;
}

/**
 * Posts ratings to the nodes in turn, so many a second, until it is told to stop. What was not answered as kept is sent
 * again under its own id, to the other node, as a kiosk does. `kept` hears when each that was kept was sent.
 */
export async function postTo(
  nodes: () => string[],
  {
    perSecond,
    going,
    lanes = 16,
    kept,
  }: { perSecond: number; going: () => boolean; lanes?: number; kept?: (sentAt: number) => void },
): Promise<Sent> {
  const accepted = new Set<string>();
  const refused = new Map<number, number>();
  const rest = (lanes / perSecond) * 1000;
  let turn = 0;
  const lane = async () => {
    for (let next = performance.now(); going(); ) {
      const id = randomUUID();
      const sentAt = performance.now();
      const body = JSON.stringify({ id, touchpoint: 'balie-1', grade: (turn % 10) + 1 });
      for (let tries = 0; tries < 600; tries++) {
        const urls = nodes();
        const status = await fetch(`${urls[turn++ % urls.length]}/api/v1/ratings`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        }).then(
          async (response) => {
            await response.arrayBuffer();
            return response.status;
          },
          () => 0,
        );
        if (status === 201 || status === 200) {
          accepted.add(id);
          kept?.(sentAt);
          break;
        }
        refused.set(status, (refused.get(status) ?? 0) + 1);
        await pause(100);
      }
      next += rest;
      await pause(Math.max(0, next - performance.now()));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { accepted, refused };
}

/** A line to the database that can be cut: nothing passes, and nobody is told. */
export async function cuttableLine(
  url: string,
): Promise<{ url: string; cut(): void; cutAt(text: string): void; mend(): void; close(): void }> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  let cutAt: string | null = null;
  const server: Server = createServer((near) => {
    const far = dial(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => {
        other.write(bytes);
        if (cutAt !== null && bytes.includes(cutAt)) cut();
      });
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        if (!isCut) other.destroy();
      });
      if (isCut) one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  function cut() {
    isCut = true;
    cutAt = null;
    for (const socket of sockets) socket.pause();
  }
  return {
    url: through.href,
    cut,
    /** When this was said to the server, which does it. */
    cutAt(text) {
      cutAt = text;
    },
    mend() {
      isCut = false;
      cutAt = null;
      for (const socket of sockets) socket.resume();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
