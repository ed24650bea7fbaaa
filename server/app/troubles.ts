import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { asProblemError } from '../http/respond.ts';

/** What comes by the thousand is told once in so long, in milliseconds. */
const quiet = 10_000;
function seldom(): () => boolean {
  let told = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - told < quiet) return false;
    told = performance.now();
    return true;
  };
}

/** Writes what goes wrong to the log; too much of everything (ratings, connections) does not fill it. */
export function tellTroubles(log: Logger, server: Server): (error: unknown) => void {
  const [isTooMuch, isTooMany] = [seldom(), seldom()];
  server.on('drop', () => {
    const { maxConnections: connections } = server;
    if (isTooMany())
      log.warn({ connections }, 'Connections are turned away: the limit on open files allows no more.');
  });
  return (error) => {
    const known = asProblemError(error);
    if ((known.cause as { code?: unknown } | undefined)?.code === 'QUEUE_FULL' && !isTooMuch()) return;
    log.error({ code: known.code, cause: String(known.cause ?? known.stack) }, known.detail);
  };
}
