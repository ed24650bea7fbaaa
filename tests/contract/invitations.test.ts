import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDatabase } from '../support/database.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

let program: Program;
let mailbox: Mailbox;
let tokens: Record<'machine' | 'admin' | 'viewer' | 'line' | 'privacy', string>;

/** NotifyNL as far as we use it: what it was asked, and what it answers. */
const notified: { path: string; body: Record<string, unknown>; token: string }[] = [];
let notifyAnswer = { status: 201, body: {} as unknown };
const notifyServer = createServer(async (request, response) => {
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
const smsTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

beforeAll(async () => {
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
});
afterAll(async () => {
  await program.stop();
  await mailbox.close();
  notifyServer.closeAllConnections();
  notifyServer.close();
});

type Fields = Record<string, unknown>;
const api = (path: string) => `${program.url}/api/v1${path}`;
async function invite(fields: Fields, token = tokens.machine) {
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
const read = async (path: string, token: string) =>
  (await get<ReturnType<typeof JSON.parse>>(program.url, path, token)).body;
/** The page behind a link, on the program of this test. */
const pageOf = (link: string) => `${program.url}${new URL(link).pathname}`;
const press = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const ratings = () =>
  inDatabase(program.dataDir, (db) =>
    db.prepare('SELECT grade, product, marks FROM ratings ORDER BY seq').all(),
  ) as { grade: number; product: number }[];
const everything = () =>
  inDatabase(program.dataDir, (db) =>
    ['ratings', 'invitations', 'mail', 'changes', 'spared_addresses'].map((name) =>
      db.prepare(`SELECT * FROM ${name}`).all(),
    ),
  );
const letterTo = (address: string) =>
  until(`a letter to ${address}`, async () => mailbox.letters.find(({ to }) => to === address));

test('IV1: an invitation is kept with its message in one go, and can be asked again by its id', async () => {
  const id = '0192f0c1-8a3e-7cc3-98c4-dc0c0c073001';
  const first = await invite({ id, email: 'een@inwoner.test', product: 'paspoort', reference: 'Z-2026/17' });
  expect(first).toMatchObject({ status: 201, body: { id, status: 'accepted', delivery: 'waiting' } });
  const again = await invite({ id, email: 'een@inwoner.test', product: 'paspoort' });
  expect(again).toEqual({ status: 200, body: { ...first.body, status: 'duplicate' } });
  await letterTo('een@inwoner.test');
  const path = `/invitations/${id}`;
  await until('sent', async () => (await read(path, tokens.machine)).delivery === 'sent');
  const known = await read(path, tokens.machine);
  expect(known).toMatchObject({
    product: 'paspoort',
    reference: 'Z-2026/17',
    moment: 'aanvraag',
    answeredAt: null,
  });
  expect(mailbox.letters.filter(({ to }) => to === 'een@inwoner.test')).toHaveLength(1);

  for (const wrong of [
    { moment: 'ooit' },
    { email: 'geen adres' },
    { email: 'a@b.test', phone: '0612345678' },
    { phone: '020-1234567' },
    { product: 'onbekend' },
    { touchpoint: 'nergens' },
    { reference: 'jan@inwoner.test' },
    { reference: '123456782' },
    { naam: 'Jan' },
  ])
    expect((await invite(wrong)).status, JSON.stringify(wrong)).toBe(400);
  expect((await invite({}, tokens.viewer)).status).toBe(403);
  expect((await invite({}, tokens.line)).status).toBe(403);
});

test('IV2: a mail has ten links in both forms, in Dutch or English, and a way out with one press', async () => {
  const { body } = await invite({
    email: 'mail@inwoner.test',
    language: 'en',
    product: 'paspoort',
    moment: 'afhandeling',
  });
  await letterTo('mail@inwoner.test');
  const letter = (await mailbox.parsed()).find(({ to }) => JSON.stringify(to).includes('mail@inwoner.test'))!;
  expect(letter.subject).toContain('Paspoort aanvragen');
  for (let grade = 1; grade <= 10; grade++)
    for (const part of [letter.text!, String(letter.html).replaceAll('&#38;', '&')])
      expect(part).toContain(`${body.link}?grade=${grade}&language=en`);
  const list = letter.headers.get('list') as unknown as { unsubscribe: { url: string } };
  expect(letter.headerLines.find(({ key }) => key === 'list-unsubscribe-post')!.line).toContain(
    'List-Unsubscribe=One-Click',
  );
  const way = pageOf(list.unsubscribe.url);

  const shown = await fetch(way);
  expect(await shown.text()).toContain('Meld mij af');
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect((await invite({ email: 'mail@inwoner.test' })).body.delivery).toBe('quarantine');
  expect((await press(way, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  expect((await invite({ email: ' MAIL@inwoner.test'.trim() })).body).toMatchObject({
    delivery: 'unsubscribed',
    link: null,
  });
  expect((await fetch(`${way.slice(0, -1)}x`)).status).toBe(404);
});

test('IV3: reading a link writes nothing; the pressed button does, through the one way in', async () => {
  const { body } = await invite({ product: 'paspoort' });
  expect(body).toMatchObject({ delivery: 'link' });
  const url = pageOf(body.link);
  const before = everything();
  for (const method of ['GET', 'HEAD'])
    for (const query of ['', '?grade=8', '?grade=8&grade=3&language=en', '?grade=11'])
      expect((await fetch(url + query, { method })).status).toBe(200);
  const page = await fetch(`${url}?grade=8`);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
  const html = await page.text();
  expect(html).toMatch(/value="8"[^>]* checked/);
  expect(html).toContain('name="robots" content="noindex"');
  expect(everything()).toEqual(before);

  const thanks = await press(url, { grade: '8', comment: 'Snel geholpen' });
  expect(thanks.status).toBe(303);
  expect(thanks.headers.get('location')).toContain('/bedankt');
  expect((await fetch(program.url + thanks.headers.get('location')!)).status).toBe(200);
  const count = ratings().length;
  expect(ratings().at(-1)).toMatchObject({ grade: 8, product: 1 });

  // A second press edits, also one with another id in the page; the product stays.
  expect(
    (await press(url, { grade: '3', id: '0192f0c1-8a3e-7cc3-98c4-dc0c0c073999', product: 'x' })).status,
  ).toBe(303);
  expect(ratings()).toHaveLength(count);
  expect(ratings().at(-1)).toMatchObject({ grade: 3, product: 1 });
  expect((await press(url, {})).status).toBe(400);

  inDatabase(program.dataDir, (db) =>
    db
      .prepare('UPDATE invitations SET answered_at = answered_at - 86400001 WHERE answered_at IS NOT NULL')
      .run(),
  );
  expect((await press(url, { grade: '5' })).status).toBe(410);
  expect((await fetch(url)).status).toBe(410);
  expect(ratings().at(-1)).toMatchObject({ grade: 3 });
});

test('IV4: a link that is forged, cut off or unknown looks the same as none at all', async () => {
  const { body } = await invite({});
  const [version, key, random, mac] = new URL(body.link).pathname.slice('/i/'.length).split('.') as string[];
  const other = Buffer.alloc(16, 7).toString('base64url');
  const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  const wrong = [
    `${version}.${key}.${random}.${flip(mac!)}`,
    `${version}.${key}.${flip(random!)}.${mac}`,
    `${version}.${flip(key!)}.${random}.${mac}`,
    `v2.${key}.${random}.${mac}`,
    `${version}.${key}.${random}.${mac!.slice(0, -1)}`,
    `${version}.${key}.${random}`,
    `${version}.${key}.${other}.${mac}`,
    'nergens',
    `${version}.${key}.${random}.${mac}=`,
  ];
  const pages = await Promise.all(
    wrong.flatMap((token) => [
      fetch(`${program.url}/i/${token}`),
      press(`${program.url}/i/${token}`, { grade: '9' }),
    ]),
  );
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([404]));
  expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1);
  expect((await fetch(pageOf(body.link))).status).toBe(200);
});

test('IV5: of a registration of Open Forms only form and product are kept', async () => {
  const registration = {
    values: {
      bsn: '123456782',
      voornaam: 'Geheimenaam',
      email: 'forms@inwoner.test',
      toelichting: 'Geheimetekst',
    },
    values_schema: {},
    metadata: { form_name: 'Paspoort', form_id: 'f1', public_reference: 'OF-1' },
    metadata_schema: {},
  };
  const response = await send('POST', api('/invitations/open-forms?product=paspoort'), registration, {
    authorization: `Bearer ${tokens.machine}`,
  });
  expect(response.status).toBe(201);
  const { id } = response.body as { id: string };
  const kept = await read(`/invitations/${id}`, tokens.machine);
  expect(kept).toMatchObject({ form: 'Paspoort', product: 'paspoort', reference: null });
  await letterTo('forms@inwoner.test');
  expect(JSON.stringify(everything())).not.toMatch(/Geheime|123456782/);
  const none = await send(
    'POST',
    api('/invitations/open-forms'),
    { iets: 1 },
    { authorization: `Bearer ${tokens.machine}` },
  );
  expect(none.status).toBe(400);
});

test('IV1: a CSV file invites who stands in it; a row that is wrong harms no other', async () => {
  const csv =
    'email;product;language;reference\r\nr1@inwoner.test;paspoort;nl;a1\r\ngeen;;;\r\nr2@inwoner.test;;en;\r\n';
  const response = await fetch(api('/invitations/batch?moment=afhandeling'), {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'text/csv' },
    body: csv,
  });
  expect(response.status).toBe(200);
  const { results } = (await response.json()) as { results: Fields[] };
  expect(results.map(({ line, status }) => [line, status])).toEqual([
    [2, 'accepted'],
    [3, 'rejected'],
    [4, 'accepted'],
  ]);
  await letterTo('r1@inwoner.test');
  await letterTo('r2@inwoner.test');
  const unknown = await fetch(api('/invitations/batch'), {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'text/csv' },
    body: 'naam\nJan\n',
  });
  expect(unknown.status).toBe(400);
});

test('IV6: the response rate counts who was reached, per product and moment; a bounce was not', async () => {
  const before = await read('/invitations/response-rates', tokens.viewer);
  const of = ({ items }: { items: Fields[] }) =>
    items.find(({ product, moment }) => product === null && moment === 'afhandeling') as
      | Record<string, number>
      | undefined;
  mailbox.answer = (to) => (to === 'weg@inwoner.test' ? { code: 550, text: 'unknown' } : null);
  await invite({ email: 'weg@inwoner.test', moment: 'afhandeling', remindAfterDays: 3 });
  const { body } = await invite({ moment: 'afhandeling' });
  await press(pageOf(body.link), { grade: '10' });
  await until('refused', async () => (await read('/outgoing', tokens.admin)).mail.refused === 1);
  const after = of(await read('/invitations/response-rates', tokens.viewer))!;
  const was = of(before);
  expect(after.invited! - (was?.invited ?? 0)).toBe(2);
  expect(after.reached! - (was?.reached ?? 0)).toBe(1);
  expect(after.answered! - (was?.answered ?? 0)).toBe(1);
  expect(after.rate).toBeCloseTo(after.answered! / after.reached!);
  // Who cannot be reached is not reminded either.
  const outgoing = await read('/outgoing', tokens.admin);
  expect(outgoing.recent.filter(({ kind }: Fields) => kind === 'reminder')).toMatchObject([
    { state: 'cancelled' },
  ]);
  expect(JSON.stringify(outgoing)).not.toContain('@');
});

test('IV7: a reminder waits, sealed, only where it was asked for, and not for who answered', async () => {
  const { body } = await invite({ email: 'later@inwoner.test', remindAfterDays: 7 });
  await letterTo('later@inwoner.test');
  const waiting = () =>
    inDatabase(program.dataDir, (db) =>
      db.prepare("SELECT count(*) FROM mail WHERE state = 'waiting' AND sealed IS NOT NULL").pluck().get(),
    );
  expect(waiting()).toBe(1);
  await press(pageOf(body.link), { grade: '7' });
  expect(waiting()).toBe(0);
});

test('IV8: an SMS goes through NotifyNL, which tells with its own token what became of it', async () => {
  const reference = '740e5834-3a29-46b4-9a6f-16142fde533a';
  notifyAnswer = { status: 201, body: { id: reference } };
  const { body } = await invite({ phone: '0612345678', product: 'paspoort' });
  const delivery = (wanted: string) =>
    until(wanted, async () => (await read(`/invitations/${body.id}`, tokens.machine)).delivery === wanted);
  await delivery('sent');
  expect(notified).toHaveLength(1);
  expect(notified[0]).toMatchObject({
    path: '/v2/notifications/sms',
    token: expect.stringMatching(/^Bearer ey/),
    body: { template_id: smsTemplate, phone_number: '+31612345678' },
  });
  expect(JSON.stringify(notified[0]!.body)).toContain(body.link);
  expect((await invite({ phone: '+31612345678' })).body.delivery).toBe('quarantine');

  const report = { id: reference, to: '+31612345678', status: 'delivered' };
  const url = api('/invitations/delivery-reports');
  expect((await send('POST', url, report, { authorization: 'Bearer wrong' })).status).toBe(401);
  const headers = { authorization: 'Bearer a-token-of-notify-of-some-length' };
  expect((await send('POST', url, report, headers)).status).toBe(204);
  await delivery('delivered');
  await send('POST', url, { ...report, status: 'permanent-failure' }, headers);
  await delivery('bounced');
  expect((await send('POST', url, { ...report, id: 'x' }, headers)).status).toBe(204);

  // Refused for this number; out of order for all.
  notifyAnswer = {
    status: 400,
    body: { errors: [{ error: 'ValidationError', message: 'Not a mobile +31687654321' }] },
  };
  await invite({ phone: '0687654321' });
  const kept = () => read('/outgoing', tokens.admin);
  await until('refused', async () => (await kept()).recent[0].state === 'refused');
  expect((await kept()).recent[0].reason).toBe('400 ValidationError Not a mobile [nummer]');
  notifyAnswer = { status: 503, body: {} };
  await invite({ phone: '0687654322' });
  await until(
    'tried',
    async () => (await kept()).recent[0].attempts > 0 && (await kept()).recent[0].state === 'waiting',
  );
  notifyAnswer = { status: 201, body: { id: 'later' } };
  await until('sent after all', async () => (await kept()).recent[0].state === 'sent');
});

test('IV9: no address is in a file, the log or the metrics, whatever happened before', async () => {
  const files = [program.dataDir, dirname(program.dataDir)].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(folder, name), 'latin1')),
  );
  const metrics = await (
    await fetch(`${program.url}/metrics`, { headers: { authorization: `Bearer ${tokens.admin}` } })
  ).text();
  for (const text of [...files, ...program.output, metrics])
    expect(text).not.toMatch(/inwoner\.test|6(?:12345678|87654321)/i);
  expect(files.length).toBeGreaterThan(1);
});

test('IV9: after its period nothing leads to an invitation that was answered; the response rate stays', async () => {
  const [gone, waits] = [await invite({}), await invite({})];
  expect((await press(pageOf(gone.body.link), { grade: '6' })).status).toBe(303);
  const rate = await read('/invitations/response-rates', tokens.viewer);
  inDatabase(program.dataDir, (db) =>
    db
      .prepare('UPDATE invitations SET answered_at = answered_at - ? WHERE answered_at IS NOT NULL')
      .run(31 * 86_400_000),
  );
  expect((await fetch(pageOf(gone.body.link))).status).toBe(410);
  const run = await send(
    'POST',
    api('/privacy/retention-runs'),
    {},
    { authorization: `Bearer ${tokens.privacy}` },
  );
  expect(run.status).toBe(201);
  expect((await fetch(pageOf(gone.body.link))).status).toBe(404);
  expect((await get(program.url, `/invitations/${gone.body.id}`, tokens.machine)).status).toBe(404);
  expect((await fetch(pageOf(waits.body.link))).status).toBe(200);
  expect(await read('/invitations/response-rates', tokens.viewer)).toEqual(rate);
});
