import { type RequestHandler, Router } from 'express';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';

/** Whether the process lives, whether it can store, and what it counts. */
export function operationsRoutes(options: { store: Store; metrics: RequestHandler }): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const router = Router();
  router.get('/healthz', (_request, response) => sendJson(response, 200, { status: 'alive' }));
  router.get('/readyz', async (_request, response) => {
    await options.store.checkWritable();
    sendJson(response, 200, { status: 'ready' });
  });
  router.get('/metrics', options.metrics, async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  const changes = new Counter({
    name: 'klantpuls_changes_total',
    help: 'Commits that moved a figure, by this or another process',
    registers: [registry],
  });
  options.store.onChange(() => changes.inc());
  return router;
}
