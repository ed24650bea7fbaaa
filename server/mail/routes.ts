import type { RequestHandler, Router } from 'express';
import { limits } from '#shared/contract/limits.ts';
import { type Outgoing, OutgoingChange } from '#shared/contract/outgoing.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { MailStore, OutgoingStore } from '../storage/port/mail.ts';
import type { DeliveryCounts } from '../storage/port/webhooks.ts';

export interface OutgoingRouteOptions {
  outgoing: OutgoingStore;
  mail: MailStore;
  ways: Outgoing['ways'];
  webhooks: { counts(): Promise<DeliveryCounts>; cancel(now: number): Promise<number> };
  now: () => number;
  administration: RequestHandler;
  /** Looks at once at what may go out now. */
  wake: () => void;
}

const shown = 50;

/** What waits to go out and what became of the rest, and the release after a restore. */
export function outgoingRoutes(options: OutgoingRouteOptions): Router {
  const { outgoing, mail, ways, webhooks, now, administration, wake } = options;
  const router = apiRouter();
  const state = async (): Promise<Outgoing> => ({
    paused: await outgoing.paused(),
    ways,
    mail: await mail.counts(),
    deliveries: { ...(await webhooks.counts()) },
    recent: (await mail.recent(shown)).map(({ dueAt: _, queuedAt, changedAt, ...record }) => ({
      ...record,
      queuedAt: new Date(queuedAt).toISOString(),
      changedAt: new Date(changedAt).toISOString(),
    })),
  });

  router.get('/outgoing', administration, async (_request, response) =>
    sendJson(response, 200, await state()),
  );
  router.patch('/outgoing', administration, async (request, response) => {
    const { paused, discard } = parse(OutgoingChange, await readJson(request, limits.bodyBytes));
    if (discard.includes('mail')) await mail.cancel(null, now());
    if (discard.includes('webhooks')) await webhooks.cancel(now());
    await outgoing.pause(paused);
    if (!paused) wake();
    sendJson(response, 200, await state());
  });
  return router;
}
