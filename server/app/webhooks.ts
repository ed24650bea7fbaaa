import type { Router } from 'express';
import type { Guard } from '../access/guard.ts';
import type { Sealer } from '../mail/seal.ts';
import type { Store } from '../storage/port.ts';
import { referencesOf } from '../storage/reference.ts';
import { Courier } from '../webhooks/courier.ts';
import { eventMaker } from '../webhooks/events.ts';
import { poster } from '../webhooks/post.ts';
import { reachable } from '../webhooks/reachable.ts';
import { webhookRoutes } from '../webhooks/routes.ts';

export interface WebhookSettings {
  /** The municipality's number, 20 digits. */
  oin: string;
  /** Addresses and subnets of one's own that may be reached. */
  allowed: string[];
}

export interface WebhookOptions {
  store: Store;
  secret: string;
  sealer: Sealer;
  settings: WebhookSettings;
  now: () => number;
  logError: (error: unknown) => void;
}

/** Telling other systems what happened. */
export function webhooks({ store, secret, sealer, settings, now, logError }: WebhookOptions) {
  const reach = reachable(settings.allowed);
  const { post, close } = poster(reach, now);
  const references = referencesOf(secret);
  const courier = new Courier({
    store: store.webhooks,
    settings: () => store.settings(),
    leads: () => store.leads(),
    onChange: (listener) => store.onChange(listener),
    events: eventMaker({ oin: settings.oin, referenceOf: (number) => references.of(number), now }),
    secretOf: (sealed) => {
      const opened = sealer.open(sealed);
      return typeof opened === 'string' ? Buffer.from(opened, 'base64') : null;
    },
    post,
    now,
    failed: logError,
  });
  const wake = () => courier.wake();
  return {
    wake,
    routes: (guard: Guard): Router =>
      webhookRoutes({
        ...{ store: store.webhooks, seal: sealer.seal, reach, now, wake },
        administration: guard.needs('administration'),
      }),
    async close() {
      await courier.close();
      close();
    },
  };
}
