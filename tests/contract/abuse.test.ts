import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device, DevicePairing, DeviceToken } from '#shared/contract/device.ts';
import type { Summary } from '#shared/contract/figures.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { databaseFile, readEnvironment } from '../../server/environment.ts';
import { type Running, serve } from '../../server/serve.ts';
import { openSqlite, type SqliteStore } from '../../server/storage/sqlite/store.ts';
import { inDatabase } from '../support/database.ts';
import { prepare } from '../support/prepared.ts';
import { temporaryFolder } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';

/** The program stands here with a clock of the test, so that limits fill up only when it says so. */
let now = Date.parse('2026-06-03T09:00:00Z');
let store: SqliteStore;
let program: Running;
let admin: string;
const DATA_DIR = join(temporaryFolder(), 'data');

beforeAll(async () => {
  ({ admin = '' } = await prepare(DATA_DIR, { tokens: { admin: 'admin' } }));
  const environment = readEnvironment({
    ...{ DATA_DIR, PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: 'on', TRUST_PROXY: 'loopback' },
  });
  store = await openSqlite({ file: databaseFile(environment) });
  program = await serve({ store, environment, now: () => now });
});
afterAll(async () => {
  await program?.close();
  await store?.close();
});

const from = (address: string) => ({ 'x-forwarded-for': address });
/** A batch of this many, so that an address or a tablet has spent that much. */
const spend = (ratings: number, headers: Record<string, string>, touchpoint = 'balie-1') =>
  send<{ results: { status: string }[] }>(
    'POST',
    `${program.url}/api/v1/ratings/batch`,
    {
      sentAt: new Date(now).toISOString(),
      ratings: Array.from({ length: ratings }, () => aRating({ touchpoint })),
    },
    headers,
  );
/** How many of these are taken, one after the other, before one is refused. */
async function taken(most: number, next: () => Promise<{ status: number }>): Promise<number> {
  for (let sent = 0; sent < most; sent++) {
    const { status } = await next();
    if (status === 429) return sent;
    expect(status).toBe(201);
  }
  return most;
}

test('AB3: a rating costs a quarter of the limit when its form vouches for it, whole without a token or with that of another, and none is refused for it', async () => {
  const asked = async () => {
    const rating = aRating({ touchpoint: 'website' });
    const path = `/touchpoints/website/form?language=nl&rating=${rating.id}`;
    return { ...rating, formToken: (await get<Form>(program.url, path)).body.formToken };
  };
  const forms = await Promise.all(Array.from({ length: 60 }, asked));
  const left = async (address: string) => {
    expect((await spend(500, from(address))).status).toBe(200);
    expect((await spend(90, from(address))).status).toBe(200);
  };
  const queue = [...forms];
  const early = queue.pop()!;
  now += 1_999;
  for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4']) await left(address);
  // Too early to be a person, and it is taken all the same: at the full price.
  expect((await post(program.url, early, from('203.0.113.4'))).status).toBe(201);
  const plain = (address: string, more: object = {}) =>
    taken(50, () => post(program.url, aRating({ touchpoint: 'website', ...more }), from(address)));
  expect(await plain('203.0.113.4')).toBe(9);
  expect(await plain('203.0.113.1')).toBe(10);
  now += 1;
  expect(await plain('203.0.113.3', { formToken: queue[0]!.formToken })).toBe(10);
  // A whole one has to be there before it is known that only a quarter is taken of it.
  expect(await taken(50, () => post(program.url, queue.pop(), from('203.0.113.2')))).toBe(37);
});

test('AB1: every tablet has a limit of its own behind one address, says how long to wait, and takes nothing from that address', async () => {
  const hall = from('203.0.113.9');
  const pair = async (name: string) => {
    const url = `${program.url}/api/v1`;
    const staff = { ...hall, authorization: `Bearer ${admin}` };
    const { user_code, device_code } = (
      await send<DevicePairing>('POST', `${url}/device-pairings`, undefined, hall)
    ).body;
    const confirmation = { name, touchpoint: 'balie-1' };
    await send<Device>('PUT', `${url}/device-pairings/${user_code}`, confirmation, staff);
    const asked = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code };
    const { body } = await send<DeviceToken>('POST', `${url}/device-tokens`, asked, hall);
    return { ...hall, authorization: `Bearer ${body.access_token}` };
  };
  const [one, two] = [await pair('een'), await pair('twee')];
  for (let batch = 0; batch < 4; batch++) expect((await spend(500, one)).status).toBe(200);
  const refused = await spend(500, one);
  expect(refused.status).toBe(429);
  expect((await spend(500, two)).status).toBe(200);
  expect((await spend(500, hall, 'website')).status).toBe(200);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  now += wait * 1000;
  expect(await taken(50, () => post(program.url, aRating(), one))).toBeGreaterThanOrEqual(1);
  expect((await spend(10, one)).status).toBe(429);
});

test('AB4: who fills in the field that nobody sees counts, with a mark', async () => {
  const submit = (fields: Record<string, string>) =>
    fetch(`${program.url}/f/digitaal-product`, {
      method: 'POST',
      body: new URLSearchParams({ id: String(aRating().id), language: 'nl', ...fields }),
      redirect: 'manual',
    });
  const page = await (await fetch(`${program.url}/f/digitaal-product`)).text();
  expect(page).toMatch(/<div class="trap" aria-hidden="true"><input name="website" tabindex="-1"/);
  expect((await submit({ grade: '7', website: '' })).status).toBe(303);
  expect((await submit({ grade: '1', website: 'http://spam.example' })).status).toBe(303);
  const marks = inDatabase(DATA_DIR, (db) =>
    db
      .prepare(
        `SELECT marks FROM ratings WHERE placement IN
         (SELECT id FROM placements WHERE touchpoint = 'digitaal-product') ORDER BY grade DESC`,
      )
      .pluck()
      .all(),
  );
  expect(marks).toEqual([0, 1]);
  const n = async (more: string) =>
    (await get<Summary>(program.url, `/summary?touchpoint=digitaal-product${more}`, admin)).body.total.n;
  expect([await n(''), await n('&marked=exclude')]).toEqual([2, 1]);
});
