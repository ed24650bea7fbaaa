import type { Logger } from 'pino';
import type { Message } from '../mail/message.ts';
import { Outbox } from '../mail/outbox.ts';
import { sealerOf } from '../mail/seal.ts';
import { type MailSettings, transportsOf } from '../mail/transports.ts';
import type { Store } from '../storage/port.ts';

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
  log: Logger;
  logError: (error: unknown) => void;
  now: () => number;
}

/** All that goes out by itself: mail. */
export function outgoing({ store, secret, mail, log, logError, now }: OutgoingOptions) {
  const transports = transportsOf(mail);
  const outbox = new Outbox({
    store: store.mail,
    sealer: sealerOf(secret),
    transportFor: (message) => transports.for(message),
    now,
    log: (fact, details) => log.warn(details ?? {}, fact),
    failed: logError,
  });
  const queueMail: QueueMail = (message) => outbox.queue({ ...message, by: 'mail' });
  return {
    queueMail,
    async close() {
      await outbox.close();
      transports.close();
    },
  };
}
