import { type RequestHandler, Router } from 'express';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import type { Gauges, Metrics } from './metrics.ts';

/** Whether the process lives, whether it can store, and what it counts. */
export function operationsRoutes(options: {
  store: Store;
  metrics: RequestHandler;
  /** What is read when it is asked for; null: not known. */
  gauges: () => Promise<Gauges>;
}): {
  router: Router;
  /** An answer of 500 or more went out, or work in the background failed. */
  failed(): void;
} {
  const counted = { changes: 0, errors: 0 };
  options.store.onChange(() => counted.changes++);
  let metrics: Metrics | null = null;
  const router = Router();
  router.get('/healthz', (_request, response) => sendJson(response, 200, { status: 'alive' }));
  router.get('/readyz', async (_request, response) => {
    await options.store.checkWritable();
    sendJson(response, 200, { status: 'ready' });
  });
  router.get('/metrics', options.metrics, async (_request, response) => {
    // The library comes with the first that asks: the start waits for none of it.
    metrics ??= (await import('./metrics.ts')).metricsOf(counted);
    response.type(metrics.contentType).send(await metrics.text(await options.gauges()));
  });
  return { router, failed: () => counted.errors++ };
}
