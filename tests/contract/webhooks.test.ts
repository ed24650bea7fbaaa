import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventTypes, type WebhookMade } from '#shared/contract/webhooks.ts';
import { hashOf } from '../../server/access/accounts.ts';
import { webhooks } from '../../server/app/webhooks.ts';
import { SilenceWatch } from '../../server/devices/silence.ts';
import { sealerOf } from '../../server/mail/seal.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { inDatabase } from '../support/database.ts';
import { freePort } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import { type Program, runCommand, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { aTouchpoint } from './store/bench.ts';
import { aDevice } from './store/devices.ts';
import { aSignal } from './store/signals.ts';

interface Told {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  event: { id: string; type: string; subject: string; source: string; data: Record<string, unknown> };
}

let program: Program;
let admin: string;
let viewer: string;
let port: number;
let server: Server | null = null;
let status = 200;
const told: Told[] = [];

/** Another system, which may be away. */
async function receiver(): Promise<void> {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    told.push({ headers: request.headers, text, event: JSON.parse(text) });
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1/' } : {}).end();
  });
  await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve));
}
async function away(): Promise<void> {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
}

const api = (path: string) => `${program.url}/api/v1${path}`;
const asAdmin = (method: string, path: string, body?: unknown) =>
  send<ReturnType<typeof JSON.parse>>(method, api(path), body, { authorization: `Bearer ${admin}` });
const add = async (fields: Record<string, unknown> = {}) =>
  asAdmin('POST', '/webhooks', {
    name: 'Zaaksysteem',
    url: `http://127.0.0.1:${port}/hook`,
    types: eventTypes,
    ...fields,
  });
const of = (subject: string) =>
  told.filter(({ event }) => event.subject === subject).map(({ event }) => event);
const count = (wanted: number) => until(`${wanted} told`, () => told.length >= wanted);

const environment = () => ({ WEBHOOK_PRIVATE: '127.0.0.1', OIN: '00000001002220647000' });
beforeAll(async () => {
  port = await freePort();
  const started = await startPrepared({
    settings: { touchpoints: [aTouchpoint({ key: 'proef-1', name: 'Proef', trial: true })] },
    tokens: { admin: 'admin', viewer: 'viewer' },
    environment: environment(),
  });
  program = started.program;
  ({ admin, viewer } = started.tokens);
});
beforeEach(async () => {
  const { body } = await asAdmin('GET', '/webhooks');
  for (const { id } of body.items) await asAdmin('DELETE', `/webhooks/${id}`);
  await away();
  told.length = 0;
  status = 200;
});
afterAll(async () => {
  await program.stop();
  await away();
});

test('WH1: a rating, its correction and its comment are told as CloudEvents, in order, signed, without its id', async () => {
  await receiver();
  const made = await add();
  expect(made.status).toBe(201);
  const { secret } = made.body as WebhookMade;
  const rating = aRating({ grade: 8 });
  await post(program.url, rating);
  await count(1);
  await send('PATCH', api(`/ratings/${rating.id}`), { grade: 3, comment: 'Te lang gewacht, bel 0612345678' });
  await count(3);
  const [received] = told;
  const { subject } = received!.event;
  expect(of(subject).map(({ type }) => type)).toEqual([
    'nl.klantpuls.waardering-ontvangen',
    'nl.klantpuls.waardering-gewijzigd',
    'nl.klantpuls.reactie-ontvangen',
  ]);
  expect(of(subject).map(({ data }) => data.grade)).toEqual([8, 3, 3]);
  expect(of(subject)[2]!.data.comment).toBe('Te lang gewacht, bel [telefoonnummer]');
  expect(received!.event).toMatchObject({
    specversion: '1.0',
    source: 'urn:nld:oin:00000001002220647000:systeem:klantpuls',
    datacontenttype: 'application/json',
    data: { reference: subject, touchpoint: 'balie-1', channel: 'balie', product: null },
  });
  for (const { headers, text, event } of told) {
    expect(text).not.toContain(rating.id);
    expect(headers['content-type']).toContain('application/cloudevents+json');
    expect(headers['webhook-id']).toBe(event.id);
    const signed = `${event.id}.${headers['webhook-timestamp']}.${text}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
  }
});

test('WH1: a signal and a tablet that fell silent are told, each once, also by a program that started after they came', async () => {
  const file = join(temporaryFolder(), 'data', 'k.db');
  let store = await openSqlite({ file });
  let clock = Date.parse('2026-07-01T10:00:00+02:00');
  const failures: unknown[] = [];
  const logError = (error: unknown) => failures.push(error);
  const secret = 'a secret of the program that is long enough';
  const sealer = sealerOf(secret);
  const url = `http://127.0.0.1:${port}/hook`;
  const key = sealer.seal(randomBytes(32).toString('base64'));
  const hook = { name: 'x', url, types: eventTypes, sealed: key, createdAt: clock };
  const id = await store.webhooks.add({ ...hook, types: [...eventTypes] });
  const silence = new SilenceWatch({
    ...{ store, now: () => clock, log: logError },
    tell: () => {},
  });
  const device = await store.devices.add(aDevice({ name: 'Tablet hal' }), clock);
  await store.devices.pair(device.id, hashOf('a'), clock);
  await silence.look();
  clock += 4 * 60_000;
  await silence.look();
  await silence.look();
  const [signal] = await store.keepWatch(null, [aSignal({ raisedAt: clock })]);
  await silence.close();
  // Nothing told of them so far: whoever is killed here loses nothing.
  await store.close();
  store = await openSqlite({ file });
  const out = webhooks({
    ...{ store, secret, sealer, logError, now: () => clock },
    settings: { oin: '00000001002220647000', allowed: ['127.0.0.1'] },
  });
  await until('tried in vain', async () => {
    const kept = (await store.webhooks.deliveries(id, 9))!;
    return kept.length === 2 && kept.some(({ attempts }) => attempts > 0);
  });

  await receiver();
  clock += 60 * 60_000;
  await count(2);
  await until('delivered', async () => (await store.webhooks.counts()).delivered === 2);
  const byType = (type: string) => told.filter(({ event }) => event.type === type).map(({ event }) => event);
  expect(byType('nl.klantpuls.apparaat-stil')).toMatchObject([
    {
      subject: `apparaat-${device.id}`,
      data: { name: 'Tablet hal', touchpoint: 'balie-1', silentSince: '2026-07-01T08:04:00.000Z' },
    },
  ]);
  expect(byType('nl.klantpuls.signaal-gegeven')).toMatchObject([
    {
      subject: `signaal-${signal!.id}`,
      data: { scope: 'touchpoint', key: 'balie-1', meanBefore: 7.5, meanSince: 6.25 },
    },
  ]);
  expect(told).toHaveLength(2);
  await out.close();
  await store.close();
  expect(failures).toEqual([]);
});

test('WH2: a receiver that was away gets everything, in exact order for each subject, with the same ids; also after a restart', async () => {
  const waiting = async () => (await asAdmin('GET', '/outgoing')).body.deliveries.waiting;
  const change = (id: string, fields: object) => send('PATCH', api(`/ratings/${id}`), fields);
  await add();
  const ratings = Array.from({ length: 30 }, (_, i) => {
    const grade = 1 + (i % 10);
    return { id: randomUUID(), grade };
  });
  for (const { id, grade } of ratings) await post(program.url, aRating({ id, grade }));
  for (const { id, grade } of ratings.slice(0, 10))
    await change(id, { grade: 11 - grade, comment: `reactie ${grade}` });
  await until('tried in vain', async () => (await waiting()) === 50);

  await program.kill();
  program = await program.restart();
  // A failing answer is no delivery, and what comes again has the same id.
  status = 503;
  await receiver();
  await count(1);
  for (const { id, grade } of ratings.slice(0, 5)) await change(id, { grade });
  await until('more waits', async () => (await waiting()) === 55);
  const refused = told.length;
  status = 200;
  await until('all told', async () => (await waiting()) === 0);
  const happened = inDatabase(program.dataDir, (db) =>
    db.prepare('SELECT id, type, subject FROM webhook_events ORDER BY number DESC LIMIT 55').all(),
  ).reverse() as { id: string; type: string; subject: string }[];
  // Whatever was answered with 200 is not told twice.
  const delivered = told.slice(refused).map(({ event }) => event.id);
  expect(delivered.sort()).toEqual(happened.map(({ id }) => id).sort());
  // Nothing of a subject is even tried before what came earlier has arrived.
  for (const subject of new Set(happened.map((one) => one.subject))) {
    const tried = of(subject).map(({ id }) => id);
    expect(tried.filter((id, place) => id !== tried[place - 1])).toEqual(
      happened.filter((one) => one.subject === subject).map(({ id }) => id),
    );
  }
});

test('WH3: only what was asked for is told, from then on; imported and late ratings and trials tell nothing', async () => {
  await receiver();
  await post(program.url, aRating());
  const { body: hook } = await add({ types: ['nl.klantpuls.reactie-ontvangen'] });
  const late = new Date(Date.now() - 4 * 3_600_000).toISOString();
  await post(program.url, aRating({ givenAt: late, comment: 'laat' }));
  await post(program.url, aRating({ touchpoint: 'proef-1', comment: 'om te proberen' }));
  const file = join(temporaryFolder(), 'import.csv');
  writeFileSync(file, `touchpoint,grade,givenAt,comment\nbalie-1,8,${new Date().toISOString()},ingelezen\n`);
  expect((await program.command('import', file)).stdout).toContain('1 accepted');
  const kept = inDatabase(program.dataDir, (db) => db.prepare('SELECT text FROM comments').pluck().all());
  expect(kept).toEqual(expect.arrayContaining(['laat', 'om te proberen', 'ingelezen']));
  await post(program.url, aRating({ comment: 'op tijd' }));
  await count(1);
  await post(program.url, aRating());
  await post(program.url, aRating({ comment: 'ook op tijd' }));
  await count(2);
  expect(told.map(({ event }) => event.data.comment)).toEqual(['op tijd', 'ook op tijd']);
  await asAdmin('DELETE', `/webhooks/${hook.id}`);
  await post(program.url, aRating({ comment: 'niemand luistert' }));
  expect(
    inDatabase(program.dataDir, (db) => db.prepare('SELECT count(*) FROM rating_events').pluck().get()),
  ).toBe(0);
});

test('WH4: what was told is seen and can be told again; the secret is shown once and lies sealed', async () => {
  await receiver();
  const { body: hook } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
  await post(program.url, aRating());
  await count(1);
  const seen = () => asAdmin('GET', `/webhooks/${hook.id}/deliveries`);
  await until('delivered', async () => (await seen()).body.items[0]?.state === 'delivered');
  const [delivery] = (await seen()).body.items;
  expect(delivery).toMatchObject({ event: told[0]!.event.id, attempts: 1, status: 200, reason: null });
  const again = await asAdmin('POST', `/webhooks/${hook.id}/replays`, { events: [delivery.event] });
  expect(again.body).toEqual({ replayed: 1 });
  await count(2);
  expect(told[1]!.text).toBe(told[0]!.text);
  const listed = await asAdmin('GET', '/webhooks');
  expect(JSON.stringify(listed.body)).not.toContain('whsec');
  const sealed = inDatabase(program.dataDir, (db) =>
    db.prepare('SELECT sealed FROM webhooks').pluck().get(),
  ) as Buffer;
  expect(sealed.includes(Buffer.from(hook.secret.slice(6), 'base64'))).toBe(false);
  expect((await get(program.url, '/webhooks', viewer)).status).toBe(403);
  expect((await asAdmin('GET', '/webhooks/99999/deliveries')).status).toBe(404);
  expect((await asAdmin('DELETE', '/webhooks/99999')).status).toBe(404);
});

test('WH5: private addresses are refused, also behind a name, and a redirect is not followed', async () => {
  for (const url of [
    'http://10.0.0.8/hook',
    'https://192.168.1.1/',
    'http://[::1]:80/',
    'http://[::ffff:10.0.0.8]/',
    'http://127.0.0.2/',
    'http://2130706434/',
    'ftp://example.nl/',
    'https://user:secret@example.nl/',
    'geen adres',
  ])
    expect((await add({ url })).status, url).toBe(400);
  await receiver();
  const { body: moved } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
  status = 302;
  await post(program.url, aRating());
  const last = async (id: number) => (await asAdmin('GET', `/webhooks/${id}/deliveries`)).body.items[0];
  await until('tried', async () => (await last(moved.id))?.attempts > 0);
  expect(await last(moved.id)).toMatchObject({
    state: 'waiting',
    status: 302,
    reason: 'redirects are not followed',
  });
});

test('WH5: a name is refused when it turns out to lead to a private address, and nothing is sent there', async () => {
  await receiver();
  const here = await startPrepared({ tokens: { admin: 'admin' } });
  const call = (method: string, path: string, body?: unknown) =>
    send<ReturnType<typeof JSON.parse>>(method, `${here.program.url}/api/v1${path}`, body, {
      authorization: `Bearer ${here.tokens.admin}`,
    });
  const url = `http://localhost:${port}/hook`;
  const made = await call('POST', '/webhooks', { name: 'Intern', url, types: eventTypes });
  expect(made.status).toBe(201);
  await post(here.program.url, aRating());
  const last = async () => (await call('GET', `/webhooks/${made.body.id}/deliveries`)).body.items[0];
  await until('tried', async () => (await last())?.attempts > 0);
  expect(await last()).toMatchObject({
    state: 'waiting',
    status: null,
    reason: 'localhost is an address of a private network; see WEBHOOK_PRIVATE',
  });
  expect(told).toEqual([]);
  await here.program.stop();
});

test('ML4: after a restore nothing is told or sent until it is released, by what waits or without it', async () => {
  await receiver();
  await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
  expect((await asAdmin('PATCH', '/outgoing', { paused: true })).body.paused).toBe(true);
  await post(program.url, aRating());
  await until('waits', async () => (await asAdmin('GET', '/outgoing')).body.deliveries.waiting === 1);
  const released = await asAdmin('PATCH', '/outgoing', { paused: false, discard: ['webhooks', 'mail'] });
  expect(released.body).toMatchObject({ paused: false, deliveries: { waiting: 0 } });
  await post(program.url, aRating({ grade: 4 }));
  await count(1);
  expect(told.map(({ event }) => event.data.grade)).toEqual([4]);
});

test('ML4: what a backup still had to tell waits after the real restore, also what comes, until the real release', async () => {
  const { body: hook } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
  await post(program.url, aRating({ grade: 2 }));
  const last = async (url: string) =>
    (
      await send<ReturnType<typeof JSON.parse>>(
        'GET',
        `${url}/api/v1/webhooks/${hook.id}/deliveries`,
        undefined,
        {
          authorization: `Bearer ${admin}`,
        },
      )
    ).body.items;
  await until('waits', async () => (await last(program.url)).length === 1);
  const file = join(temporaryFolder(), 'copy.db');
  expect((await program.command('backup', file)).code).toBe(0);

  const dataDir = join(temporaryFolder(), 'data');
  copyFileSync(`${program.dataDir}.key`, `${dataDir}.key`);
  // The program that it was made of is gone by then.
  await asAdmin('DELETE', `/webhooks/${hook.id}`);
  expect((await runCommand(dataDir, 'restore', file)).stdout).toContain('are paused');
  await receiver();
  const restored = await startProgram({ dataDir, environment: environment() });
  const outgoing = async () =>
    (
      await send<ReturnType<typeof JSON.parse>>('GET', `${restored.url}/api/v1/outgoing`, undefined, {
        authorization: `Bearer ${admin}`,
      })
    ).body;
  await post(restored.url, aRating({ grade: 3 }));
  // The second event shows that the outbox was looked at.
  await until('both wait', async () => (await last(restored.url)).length === 2);
  expect(await outgoing()).toMatchObject({ paused: true, deliveries: { waiting: 2, delivered: 0 } });
  expect(told).toEqual([]);
  expect((await runCommand(dataDir, 'release')).stdout).toBe(
    'Released. Discarded: 0 messages, 0 webhook deliveries.\n',
  );
  await count(2);
  await until('all told', async () => (await outgoing()).deliveries.delivered === 2);
  expect(told.map(({ event }) => event.data.grade).sort()).toEqual([2, 3]);

  // Or without what waited: that went out before.
  await away();
  await post(restored.url, aRating({ grade: 5 }));
  await until('waits', async () => (await outgoing()).deliveries.waiting === 1);
  expect((await runCommand(dataDir, 'release', '--discard')).stdout).toBe(
    'Released. Discarded: 0 messages, 1 webhook deliveries.\n',
  );
  expect(await outgoing()).toMatchObject({ paused: false, deliveries: { waiting: 0, failed: 1 } });
  await restored.stop();
});
