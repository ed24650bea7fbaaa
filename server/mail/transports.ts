import type { Message, Transport } from './message.ts';
import type { NotifySettings } from './notify.ts';

export interface MailSettings {
  smtp: { url: string; from: string } | null;
  notify: NotifySettings | null;
}

/** What goes to residents; all else goes to staff. */
const toResidents = ['invitation', 'reminder'];

export interface Transports {
  /** Null: there is no way for such a message. */
  for(message: Pick<Message, 'by'> & { kind: string }): Transport | null;
  /** For the administration: what is set up. */
  ways: { staff: string | null; mail: string | null; sms: string | null };
  close(): void;
}

/** NotifyNL for residents where it has a template, the mail server for all other mail; one of them alone does both. */
export function transportsOf(settings: MailSettings): Transports {
  const { smtp, notify } = settings;
  const server =
    smtp && whenNeeded('smtp', async () => (await import('./smtp.ts')).smtp(smtp.url, smtp.from));
  const service = notify && whenNeeded('notify', async () => (await import('./notify.ts')).notify(notify));
  const mailByService = settings.notify?.mailTemplate ? service : null;
  const resident = mailByService ?? server;
  const staff = server ?? mailByService;
  const sms = settings.notify?.smsTemplate ? service : null;
  return {
    for: ({ by, kind }) => (by === 'sms' ? sms : toResidents.includes(kind) ? resident : staff),
    ways: { staff: staff?.name ?? null, mail: resident?.name ?? null, sms: sms?.name ?? null },
    close() {
      server?.close();
      service?.close();
    },
  };
}

/** Its library is loaded with the first message: the start waits for no mail. */
function whenNeeded(name: string, open: () => Promise<Transport>): Transport & { name: string } {
  let opened: Promise<Transport> | null = null;
  return {
    name,
    async send(message) {
      opened ??= open();
      return (await opened).send(message);
    },
    close: () => void opened?.then((transport) => transport.close()),
  };
}
