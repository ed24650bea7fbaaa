import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inDatabase } from '../../support/database.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { get, send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';

export let program: Program;
export let mailbox: Mailbox;
export let tokens: Record<'machine' | 'admin' | 'viewer' | 'line' | 'privacy', string>;

/** NotifyNL as far as we use it: what it was asked, and what it answers. */
export const notified: { path: string; body: Record<string, unknown>; token: string }[] = [];
let notifyAnswer = { status: 201, body: {} as unknown };
/** What NotifyNL answers from now on. */
export const notifyAnswers = (status: number, body: unknown): void => {
  notifyAnswer = { status, body };
};
export const notifyServer = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  notified.push({
    path: request.url!,
    body: JSON.parse(Buffer.concat(chunks).toString()),
    token: request.headers.authorization ?? '',
  });
  response.writeHead(notifyAnswer.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(notifyAnswer.body));
});
export const smsTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

export async function start(): Promise<void> {
  mailbox = await startMailbox();
  await new Promise<void>((resolve) => notifyServer.listen(0, '127.0.0.1', resolve));
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
      NOTIFY_URL: `http://127.0.0.1:${(notifyServer.address() as AddressInfo).port}`,
      NOTIFY_API_KEY: 'test-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0',
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
  notifyServer.closeAllConnections();
  notifyServer.close();
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
