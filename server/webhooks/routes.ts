import { randomBytes } from 'node:crypto';
import type { RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import {
  Replay,
  type Webhook,
  type WebhookDelivery,
  WebhookInput,
  type WebhookMade,
} from '#shared/contract/webhooks.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { DeliveryCounts, WebhookRecord, WebhookStore } from '../storage/port/webhooks.ts';
import { secretText } from './post.ts';
import type { Reachable } from './reachable.ts';

export interface WebhookRouteOptions {
  store: WebhookStore;
  seal: (secret: string) => Buffer;
  reach: Reachable;
  now: () => number;
  administration: RequestHandler;
  wake: () => void;
}

const shown = 100;

const viewOf = ({
  sealed: _,
  createdAt,
  ...rest
}: WebhookRecord & { deliveries: DeliveryCounts }): Webhook => ({
  ...rest,
  createdAt: new Date(createdAt).toISOString(),
});

export function webhookRoutes({
  store,
  seal,
  reach,
  now,
  administration,
  wake,
}: WebhookRouteOptions): Router {
  const router = apiRouter();
  const numberOf = (id: unknown): number => {
    if (!/^\d{1,15}$/.test(String(id)))
      throw new ProblemError('not-found', 'There is no webhook with this id.');
    return Number(id);
  };

  router.get('/webhooks', administration, async (_request, response) =>
    sendJson(response, 200, { items: (await store.all()).map(viewOf) }),
  );

  router.post('/webhooks', administration, async (request, response) => {
    const input = parse(WebhookInput, await readJson(request, limits.bodyBytes));
    try {
      reach.checkHost(new URL(input.url).hostname);
    } catch (error) {
      const detail = `${(error as Error).message}.`;
      throw new ProblemError('invalid-input', detail, {
        errors: [{ pointer: '/url', code: 'format', detail }],
      });
    }
    const secret = randomBytes(32);
    const record = { ...input, sealed: seal(secret.toString('base64')), createdAt: now() };
    const id = await store.add(record);
    response.locals.object = String(id);
    const view = viewOf({ id, ...record, deliveries: { waiting: 0, delivered: 0, failed: 0 } });
    sendJson(response, 201, { ...view, secret: secretText(secret) } satisfies WebhookMade);
  });

  router.delete('/webhooks/:id', administration, async (request, response) => {
    if (!(await store.remove(numberOf(request.params.id))))
      throw new ProblemError('not-found', 'There is no webhook with this id.');
    response.status(204).end();
  });

  router.get('/webhooks/:id/deliveries', administration, async (request, response) => {
    const records = await store.deliveries(numberOf(request.params.id), shown);
    if (!records) throw new ProblemError('not-found', 'There is no webhook with this id.');
    const items = records.map(
      ({ at, changedAt, ...record }): WebhookDelivery => ({
        ...record,
        at: new Date(at).toISOString(),
        changedAt: new Date(changedAt).toISOString(),
      }),
    );
    sendJson(response, 200, { items });
  });

  router.post('/webhooks/:id/replays', administration, async (request, response) => {
    const { events } = parse(Replay, await readJson(request, limits.bodyBytes));
    const replayed = await store.replay(numberOf(request.params.id), events ?? null, now());
    wake();
    sendJson(response, 200, { replayed });
  });
  return router;
}
