import { afterAll, beforeAll, expect, test } from 'vitest';
import { Listener } from '../support/listener.ts';
import { postTo, recounted, startNode, viewerOf } from '../support/nodes.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import type { Program } from '../support/program.ts';
import { post, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

let postgres: Postgres;
let url: string;
let token: string;
let nodes: Program[];
const urls = () => nodes.map((node) => node.url);
const question = { period: 'year', by: 'channel' };

beforeAll(async () => {
  postgres = await startPostgres({ durable: true });
  url = await postgres.empty();
});
afterAll(async () => {
  await Promise.all((nodes ?? []).map((node) => node.kill()));
  await postgres?.stop();
});

const watch = async (program: Program) => {
  const listener = await new Listener(program.url, { token }).connected();
  expect((await listener.subscribe(question)).error).toBeUndefined();
  return listener;
};
const leaders = async () => {
  const rows = await postgres.query(url, 'SELECT pid FROM pg_locks WHERE objid = 5482002 AND granted');
  return rows.map(({ pid }) => pid as number);
};

test('ND1: two nodes that start at once on an empty database both serve, migrated once, and one of them leads', async () => {
  const account = { email: 'beheer@gemeente.test', password: 'een lang wachtwoord' };
  const first = { ADMIN_EMAIL: account.email, ADMIN_PASSWORD: account.password };
  nodes = await Promise.all([startNode(url, first), startNode(url, first)]);
  for (const node of urls()) expect((await send('POST', `${node}/api/v1/session`, account)).status).toBe(201);
  for (const node of urls())
    expect((await post(node, { id: crypto.randomUUID(), touchpoint: 'balie-1', grade: 8 })).status).toBe(201);
  expect(await postgres.query(url, 'SELECT number FROM migrations')).toHaveLength(1);
  expect(await postgres.query(url, 'SELECT key FROM touchpoints')).toHaveLength(4);
  expect(await leaders()).toHaveLength(1);
});

test('ND2: dashboards on both nodes come to the same figures, wherever a rating arrived', async () => {
  token = await viewerOf(url);
  const listeners = await Promise.all(nodes.flatMap((node) => [watch(node), watch(node), watch(node)]));
  let left = 60;
  const { accepted } = await postTo(urls, { perSecond: 100, lanes: 4, going: () => left-- > 0 });
  const whole = accepted.size + 2;
  await Promise.all(listeners.map((one) => one.sees(`${whole} ratings`, ({ total }) => total.n === whole)));
  expect(new Set(listeners.map(({ shown }) => JSON.stringify(shown!.total))).size).toBe(1);
  for (const one of listeners) one.close();
});

test('ND3: a node that is killed under load takes nothing along: what it acknowledged is there once, and the other leads', async () => {
  const before = (await recounted(url)).ratings;
  const [lead] = await leaders();
  let going = true;
  const sending = postTo(urls, { perSecond: 200, lanes: 8, going: () => going });
  const victim = nodes[0]!;
  const dashboard = await watch(victim);
  await until('some are kept', async () => (await recounted(url)).ratings > before + 20);
  await victim.kill();
  await until('its dashboard notices', () => !dashboard.socket.connected);
  const healed = await watch(nodes[1]!);
  await until('the other leads', async () => {
    const [now] = await leaders();
    return now !== undefined && (now !== lead || (await leaders()).length === 1);
  });
  going = false;
  const { accepted } = await sending;
  expect(await recounted(url)).toMatchObject({ ratings: before + accepted.size, differences: 0 });
  await healed.sees('all of them', ({ total }) => total.n === before + accepted.size);
  healed.close();
  nodes = [await startNode(url), nodes[1]!];
});

test('ND4: while PostgreSQL is away the answer is 503, and all goes on by itself when it is back', async () => {
  const before = (await recounted(url)).ratings;
  const listener = await watch(nodes[0]!);
  let going = true;
  const sending = postTo(urls, { perSecond: 100, lanes: 8, going: () => going });
  await until('some are kept', async () => (await recounted(url)).ratings > before + 20);
  await postgres.kill();
  await until('both say so', async () => {
    const rating = { id: crypto.randomUUID(), touchpoint: 'balie-1', grade: 8 };
    const replies = await Promise.all(urls().map((node) => post(node, rating)));
    return replies.every(({ status, headers }) => status === 503 && Number(headers.get('retry-after')) > 0);
  });
  await postgres.start();
  await until('it goes on', async () => {
    const now = (await recounted(url).catch(() => null))?.ratings ?? 0;
    return now > before + 60;
  });
  going = false;
  const { accepted, refused } = await sending;
  expect([...refused.keys()].every((status) => status === 503)).toBe(true);
  const found = await recounted(url);
  expect(found).toMatchObject({ ratings: before + accepted.size, differences: 0 });
  await listener.sees('all of them', ({ total }) => total.n === found.ratings);
  listener.close();
  await until('somebody leads', async () => (await leaders()).length === 1);
});
