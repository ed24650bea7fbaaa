import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventTypes, type WebhookMade } from '#shared/contract/webhooks.ts';
import { inDatabase } from '../support/database.ts';
import { freePort } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

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

test('WH2: a receiver that was away gets everything, in order for each subject, with the same ids; also after a restart', async () => {
  await add();
  const ratings = Array.from({ length: 30 }, (_, i) => aRating({ grade: 1 + (i % 10) }));
  for (const rating of ratings) await post(program.url, rating);
  for (const rating of ratings.slice(0, 10))
    await send('PATCH', api(`/ratings/${rating.id}`), { comment: `reactie ${rating.grade}` });
  await until(
    'tried in vain',
    async () => (await asAdmin('GET', '/outgoing')).body.deliveries.waiting === 40,
  );
  const before = inDatabase(program.dataDir, (db) =>
    db.prepare('SELECT id FROM webhook_events ORDER BY number').pluck().all(),
  );

  await program.kill();
  program = await program.restart();
  // A failing answer is no delivery, and what comes again has the same id.
  status = 503;
  await receiver();
  await count(1);
  status = 200;
  await until('all told', async () => (await asAdmin('GET', '/outgoing')).body.deliveries.waiting === 0);
  const ids = new Set(told.map(({ event }) => event.id));
  expect([...ids].sort()).toEqual([...before].filter((id) => ids.has(String(id))).sort());
  expect(ids.size).toBe(40);
  for (const { event } of told) {
    const types = [...new Set(of(event.subject).map(({ type }) => type))];
    expect(types[0]).toBe('nl.klantpuls.waardering-ontvangen');
  }
  expect(told.length).toBeGreaterThan(40);
});

test('WH3: only what was asked for is told, from then on; imported and late ratings and trials tell nothing', async () => {
  await receiver();
  await post(program.url, aRating());
  const { body: hook } = await add({ types: ['nl.klantpuls.reactie-ontvangen'] });
  const late = new Date(Date.now() - 4 * 3_600_000).toISOString();
  await post(program.url, aRating({ givenAt: late, comment: 'laat' }));
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
  // A name of a machine of one's own: "localhost" may lead to ::1, which is not allowed here.
  const { body: named } = await add({
    url: 'http://ip6-localhost:1/',
    types: ['nl.klantpuls.waardering-ontvangen'],
  });
  await receiver();
  const { body: moved } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
  status = 302;
  await post(program.url, aRating());
  const last = async (id: number) => (await asAdmin('GET', `/webhooks/${id}/deliveries`)).body.items[0];
  await until(
    'tried',
    async () => (await last(moved.id))?.attempts > 0 && (await last(named.id))?.attempts > 0,
  );
  expect(await last(moved.id)).toMatchObject({
    state: 'waiting',
    status: 302,
    reason: 'redirects are not followed',
  });
  expect(await last(named.id)).toMatchObject({ state: 'waiting', status: null });
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
