import { type Request, Router } from 'express';
import type { Logger } from 'pino';
import type { Guard } from '../access/guard.ts';
import { inviteWith } from '../channels/invitations/invite.ts';
import { linksOf } from '../channels/invitations/links.ts';
import { invitationRoutes } from '../channels/invitations/routes.ts';
import type { Message } from '../mail/message.ts';
import { Outbox } from '../mail/outbox.ts';
import { outgoingRoutes } from '../mail/routes.ts';
import { sealerOf } from '../mail/seal.ts';
import { type MailSettings, transportsOf } from '../mail/transports.ts';
import type { Store } from '../storage/port.ts';
import { webhooks as makeWebhooks, type WebhookSettings } from './webhooks.ts';

/** Mail to one person, in the words of whoever asks for it. */
export interface MailToQueue extends Omit<Message, 'by' | 'unsubscribe'> {
  /** What it is about, in one word: it is shown in the administration. */
  kind: string;
}

/** Kept on the disk, sealed, until it was sent. False when no mail is set up: then nothing was kept. */
export type QueueMail = (mail: MailToQueue) => Promise<boolean>;

export interface OutgoingOptions {
  store: Store;
  secret: string;
  mail: MailSettings;
  webhooks: WebhookSettings;
  publicUrl: string | null;
  log: Logger;
  logError: (error: unknown) => void;
  now: () => number;
}

const day = 86_400_000;
/** Of what was answered or ran out, references are erased after this; the settings say when the rest goes. */
const referencesKept = day;
/** What the response rate counts: two years and a month. */
const countsKept = 760 * day;
const tidyEvery = 60 * 60_000;

/** All that goes out by itself: mail of all features, invitations, webhooks. */
export function outgoing({ store, secret, mail, webhooks, publicUrl, log, logError, now }: OutgoingOptions) {
  const transports = transportsOf(mail);
  const sealer = sealerOf(secret);
  const outbox = new Outbox({
    store: store.mail,
    sealer,
    transportFor: (message) => transports.for(message),
    leads: () => store.leads(),
    now,
    log: (fact, details) => log.warn(details ?? {}, fact),
    failed: logError,
  });
  const telling = makeWebhooks({ store, secret, sealer, settings: webhooks, now, logError });
  const queueMail: QueueMail = (message) => outbox.queue({ ...message, by: 'mail' });

  const links = linksOf(secret);
  const invite = inviteWith({
    store: store.invitations,
    settings: () => store.settings(),
    links,
    now,
    canSend: (by) => transports.for({ by, kind: 'invitation' }) !== null,
    seal: (message) => outbox.sealed(message),
    addressHash: sealer.addressHash,
    wake: () => outbox.wake(),
  });

  const tidy = () =>
    store.invitations
      .forget({
        references: now() - referencesKept,
        invitations: now() - store.settings().retention.invitationDays * day,
        counts: now() - countsKept,
        now: now(),
      })
      .catch(logError);
  const tidyForAll = () => {
    if (store.leads()) void tidy();
  };
  const tidying = setInterval(tidyForAll, tidyEvery);
  tidying.unref();
  tidyForAll();

  return {
    queueMail,
    /** A mail as the store keeps it, for who writes it together with something else. */
    sealMail: (mail: MailToQueue) => outbox.sealed({ ...mail, by: 'mail' }),
    wakeMail: () => outbox.wake(),
    canMail: transports.ways.staff !== null,
    links,
    tidy,
    routes(guard: Guard): Router {
      const administration = guard.needs('administration');
      const router = Router({ strict: true, caseSensitive: true });
      router.use(
        invitationRoutes({
          store: store.invitations,
          mail: store.mail,
          settings: () => store.settings(),
          invite,
          baseOf: (request: Request) => publicUrl ?? `${request.protocol}://${request.host}`,
          now,
          guard: {
            invite: guard.needs('invitations'),
            administration,
            figures: guard.needs('figures', { reach: 'checked' }),
          },
          callbackToken: mail.notify?.callbackToken ?? null,
        }),
        outgoingRoutes({
          outgoing: store.outgoing,
          mail: store.mail,
          ways: transports.ways,
          webhooks: store.webhooks,
          now,
          administration,
          wake: () => {
            outbox.wake();
            telling.wake();
          },
        }),
        telling.routes(guard),
      );
      return router;
    },
    async close() {
      clearInterval(tidying);
      await telling.close();
      await outbox.close();
      transports.close();
    },
  };
}
