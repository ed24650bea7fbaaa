import { inDatabase } from '../../support/database.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';
import { type Notify, notifyKey, startNotify } from '../../support/notify.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { get, send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';

export let program: Program;
export let mailbox: Mailbox;
export let tokens: Record<'machine' | 'admin' | 'viewer' | 'line' | 'privacy', string>;

/** NotifyNL, for SMS. */
export let notify: Notify;
export const smsTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

export async function start(): Promise<void> {
  mailbox = await startMailbox();
  notify = await startNotify();
  const started = await startPrepared({
    tokens: {
      machine: 'machine invitations',
      admin: 'admin',
      viewer: 'viewer',
      privacy: 'privacy',
      line: 'machine telephony:telefoon-14079',
    },
    settings: {
      products: [{ key: 'paspoort', name: 'Paspoort aanvragen', upl: null, retired: false }],
    },
    environment: {
      SMTP_URL: mailbox.url,
      MAIL_FROM: 'Gemeente <post@gemeente.test>',
      LOG_LEVEL: 'debug',
      NOTIFY_URL: notify.url,
      NOTIFY_API_KEY: notifyKey,
      NOTIFY_SMS_TEMPLATE: smsTemplate,
      NOTIFY_CALLBACK_TOKEN: 'a-token-of-notify-of-some-length',
    },
  });
  program = started.program;
  tokens = started.tokens;
}
export async function stop(): Promise<void> {
  await program.stop();
  await mailbox.close();
  notify.close();
}

export type Fields = Record<string, unknown>;
export const api = (path: string) => `${program.url}/api/v1${path}`;
export async function invite(fields: Fields, token = tokens.machine) {
  const response = await send(
    'POST',
    api('/invitations'),
    { moment: 'aanvraag', ...fields },
    {
      authorization: `Bearer ${token}`,
    },
  );
  return { status: response.status, body: response.body as Fields & { link: string } };
}
/** Any answer of the API. */
export const read = async (path: string, token: string) =>
  (await get<ReturnType<typeof JSON.parse>>(program.url, path, token)).body;
/** The page behind a link, on the program of this test. */
export const pageOf = (link: string) => `${program.url}${new URL(link).pathname}`;
export const press = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
export const ratings = () =>
  inDatabase(program.dataDir, (db) =>
    db.prepare('SELECT grade, product, marks FROM ratings ORDER BY seq').all(),
  ) as { grade: number; product: number }[];
export const everything = () =>
  inDatabase(program.dataDir, (db) =>
    ['ratings', 'invitations', 'mail', 'changes', 'spared_addresses'].map((name) =>
      db.prepare(`SELECT * FROM ${name}`).all(),
    ),
  );
export const letterTo = (address: string) =>
  until(`a letter to ${address}`, async () => mailbox.letters.find(({ to }) => to === address));
