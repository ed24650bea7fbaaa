import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRatings } from '../support/database.ts';
import type { Program } from '../support/program.ts';
import { startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { loadSettings } from '../support/settings.ts';

let program: Program;
const listed = 'https://www.gemeente.example';
const elsewhere = 'https://formulieren.gemeente.example';

beforeAll(async () => {
  program = await startProgram({ dataDir: `${temporaryFolder()}/data` });
  await loadSettings(program, {
    touchpoints: [
      { key: 'website', name: 'Website', channel: 'web', origins: [listed, 'http://localhost:8080'] },
      { key: 'digitaal-product', name: 'Digitaal', channel: 'digitaal', origins: [elsewhere] },
    ],
  });
});
afterAll(() => program.stop());

const from = (origin: string, type = 'text/plain;charset=UTF-8') => ({ origin, 'content-type': type });
const web = (fields = {}) => aRating({ touchpoint: 'website', ...fields });
const preflight = (path: string, origin: string) =>
  fetch(`${program.url}/api/v1${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'content-type',
    },
  });

test('IN12: a listed origin may send, as text/plain too, and may read the answer', async () => {
  for (const type of ['text/plain;charset=UTF-8', 'application/json']) {
    const { status, headers } = await post(program.url, web(), from(listed, type));
    expect(status).toBe(201);
    expect(headers.get('access-control-allow-origin')).toBe(listed);
    expect(headers.get('access-control-allow-credentials')).toBe(null);
    expect(headers.get('vary')).toMatch(/origin/i);
  }
});

test('IN12: a listed origin may read what was wrong', async () => {
  const { status, headers } = await post(program.url, web({ grade: 11 }), from(listed));
  expect(status).toBe(400);
  expect(headers.get('access-control-allow-origin')).toBe(listed);
});

test.each([
  'https://www.gemeente.example.evil.example',
  'https://gemeente.example',
  'http://www.gemeente.example',
  'https://www.gemeente.example:8443',
  'https://evil.example',
  'http://localhost:8081',
  elsewhere,
  'null',
  '*',
  '',
])(
  'IN12: the origin "%s" that the touchpoint does not list is answered 403, and nothing is stored',
  async (origin) => {
    const before = countRatings(program.dataDir);
    const { status, headers } = await post(program.url, web(), from(origin));
    expect(status).toBe(403);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('access-control-allow-origin')).toBe(null);
    expect(countRatings(program.dataDir)).toBe(before);
  },
);

test('IN12: an origin of one touchpoint may not send to another, and none to one that lists none', async () => {
  const before = countRatings(program.dataDir);
  expect((await post(program.url, aRating({ touchpoint: 'digitaal-product' }), from(listed))).status).toBe(
    403,
  );
  expect((await post(program.url, aRating(), from(listed))).status).toBe(403);
  expect((await post(program.url, aRating({ touchpoint: 'elders' }), from(listed))).status).toBe(403);
  expect(countRatings(program.dataDir)).toBe(before);
});

test('IN12: in a batch too a website reaches only the touchpoints that list it', async () => {
  const before = countRatings(program.dataDir);
  const items = [web(), aRating({ touchpoint: 'digitaal-product' }), aRating()];
  const url = `${program.url}/api/v1/ratings/batch`;
  const body = { sentAt: new Date().toISOString(), ratings: items };
  const reply = await send<{ results: { status: string }[] }>('POST', url, body, from(listed));
  expect(reply.body.results.map(({ status }) => status)).toEqual(['accepted', 'rejected', 'rejected']);
  expect(countRatings(program.dataDir)).toBe(before + 1);
  expect((await send('POST', url, body, from('null'))).status).toBe(403);
});

test('IN12: a website adds only to ratings of touchpoints that list it', async () => {
  const [own, other] = [web(), aRating()];
  await post(program.url, own, from(listed));
  await post(program.url, other);
  const add = (id: unknown) =>
    send('PATCH', `${program.url}/api/v1/ratings/${id}`, { grade: 2 }, from(listed));
  expect((await add(own.id)).status).toBe(200);
  expect((await add(other.id)).status).toBe(404);
});

test('IN12: the program itself and senders that are no browser need no list', async () => {
  expect((await post(program.url, web(), from(program.url))).status).toBe(201);
  expect((await post(program.url, aRating())).status).toBe(201);
});

test('IN12: the question before an addition is answered for listed origins only, without credentials', async () => {
  const rating = web();
  await post(program.url, rating, from(listed));
  const yes = await preflight(`/ratings/${rating.id}`, listed);
  expect(yes.status).toBe(204);
  expect(yes.headers.get('access-control-allow-origin')).toBe(listed);
  expect(yes.headers.get('access-control-allow-methods')).toMatch(/PATCH/);
  expect(yes.headers.get('access-control-allow-headers')).toMatch(/content-type/i);
  expect(yes.headers.get('access-control-allow-credentials')).toBe(null);
  expect(yes.headers.get('api-version')).not.toBe(null);
  for (const origin of ['https://evil.example', 'null']) {
    const no = await preflight(`/ratings/${rating.id}`, origin);
    expect(no.status).toBe(403);
    expect(no.headers.get('access-control-allow-origin')).toBe(null);
    const url = `${program.url}/api/v1/ratings/${rating.id}`;
    expect((await send('PATCH', url, { grade: 1 }, from(origin))).status).toBe(403);
  }
  const patched = await send(
    'PATCH',
    `${program.url}/api/v1/ratings/${rating.id}`,
    { grade: 9 },
    from(listed),
  );
  expect(patched.status).toBe(200);
  expect(patched.headers.get('access-control-allow-origin')).toBe(listed);
});

test('IN12: the plain form takes ratings from its own page only, also where the touchpoint lists another', async () => {
  const submit = (headers: Record<string, string>) =>
    fetch(`${program.url}/f/website`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ id: randomUUID(), grade: '7', language: 'nl' }),
      redirect: 'manual',
    });
  const before = countRatings(program.dataDir);
  for (const origin of ['https://evil.example', 'null', listed, 'http://127.0.0.1:1']) {
    const refused = await submit({ origin });
    expect({ origin, status: refused.status }).toEqual({ origin, status: 403 });
    expect(refused.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await refused.text()).toContain('Wij konden uw cijfer nu niet bewaren');
  }
  expect(countRatings(program.dataDir)).toBe(before);
  expect((await submit({ origin: program.url })).status).toBe(303);
  expect((await submit({})).status).toBe(303);
});

test('IN12: the form of a touchpoint is for the same origins', async () => {
  const form = (origin: string) =>
    fetch(`${program.url}/api/v1/touchpoints/website/form?language=en`, { headers: { origin } });
  const yes = await form(listed);
  expect(yes.headers.get('access-control-allow-origin')).toBe(listed);
  expect(await yes.json()).toMatchObject({ touchpoint: 'website', scale: 'grade', language: 'en' });
  expect((await form('https://evil.example')).status).toBe(403);
  expect((await get(program.url, '/touchpoints/elders/form')).status).toBe(404);
});
