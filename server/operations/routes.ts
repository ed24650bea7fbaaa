import { type RequestHandler, Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { sendJson } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';

/** What the alerts of the guide look at. */
export const gauges = {
  backup_age_seconds: 'Since the last scheduled backup; NaN when none are scheduled',
  retention_age_seconds: 'Since the last removal of what is older than its period',
  disk_free_bytes: 'Free on the disk of the database',
  database_bytes: 'Of the database and its log',
} as const;

/** Whether the process lives, whether it can store, and what it counts. */
export function operationsRoutes(options: {
  store: Store;
  metrics: RequestHandler;
  /** What is read when it is asked for; null: not known. */
  gauges: () => Promise<Record<keyof typeof gauges, number | null>>;
}): {
  router: Router;
  /** An answer of 500 or more went out, or work in the background failed. */
  failed(): void;
} {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const router = Router();
  router.get('/healthz', (_request, response) => sendJson(response, 200, { status: 'alive' }));
  router.get('/readyz', async (_request, response) => {
    await options.store.checkWritable();
    sendJson(response, 200, { status: 'ready' });
  });
  const asked = Object.entries(gauges).map(([name, help]) => ({
    name: name as keyof typeof gauges,
    gauge: new Gauge({ name: `klantpuls_${name}`, help, registers: [registry] }),
  }));
  router.get('/metrics', options.metrics, async (_request, response) => {
    const values = await options.gauges();
    for (const { name, gauge } of asked) gauge.set(values[name] ?? Number.NaN);
    response.type(registry.contentType).send(await registry.metrics());
  });
  const changes = new Counter({
    name: 'klantpuls_changes_total',
    help: 'Commits that moved a figure, by this or another process',
    registers: [registry],
  });
  options.store.onChange(() => changes.inc());
  const errors = new Counter({
    name: 'klantpuls_errors_total',
    help: 'Failures on our side',
    registers: [registry],
  });
  return { router, failed: () => errors.inc() };
}
