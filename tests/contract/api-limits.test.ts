import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { countRatings } from '../support/database.ts';
import { type Program, startProgram } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';

let program: Program | null = null;
const start = async (environment: Record<string, string>) => {
  program = await startProgram({ environment: { RATE_LIMIT: 'on', ...environment } });
  return program;
};
afterEach(async () => {
  await program?.stop();
});

/** Sends until it is too much; how many were accepted, and the refusal. */
async function untilTooMany(url: string, headers: (i: number) => Record<string, string>, most = 2000) {
  let accepted = 0;
  for (let sent = 0; sent < most; ) {
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => post(url, aRating(), headers(sent++))),
    );
    accepted += replies.filter(({ status }) => status === 201).length;
    const refused = replies.find(({ status }) => status !== 201);
    if (refused) return { accepted, refused };
  }
  return { accepted, refused: null };
}

const batch = (url: string, size: number) =>
  send<{ results?: { status: string }[] }>('POST', `${url}/api/v1/ratings/batch`, {
    sentAt: new Date().toISOString(),
    ratings: Array.from({ length: size }, () => aRating()),
  });

test('IN14: too many from one address are answered 429 with Retry-After, and what was answered 201 is kept', async () => {
  const { url, dataDir } = await start({});
  const { accepted, refused } = await untilTooMany(url, () => ({}));
  expect(refused?.status).toBe(429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(accepted).toBeGreaterThanOrEqual(100);
  expect(countRatings(dataDir)).toBe(accepted);
  expect((await batch(url, 300)).status).toBe(429);
  expect((await get(url, '/touchpoints/balie-1/form')).status).toBe(200);
});

test('IN14: a batch counts as many times as it has ratings', async () => {
  const { url, dataDir } = await start({});
  expect((await batch(url, 500)).status).toBe(200);
  const refused = await batch(url, 500);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(20);
  expect(countRatings(dataDir)).toBe(500);
  expect((await batch(url, 50)).status).toBe(200);
  expect((await post(url, aRating())).status).toBe(201);
  expect(countRatings(dataDir)).toBe(551);
});

test('IN14: a tablet that was without a network for a day gets through when it waits as long as it is told', async () => {
  const { url, dataDir } = await start({});
  let [kept, refusals] = [0, 0];
  // Six batches of a hundred are the limit; what comes then is small, so that the wait that is told is short.
  for (let accepted = false; !accepted; ) {
    const size = kept < 600 ? 100 : 20;
    const { status, headers } = await batch(url, size);
    if (status === 200) {
      kept += size;
      accepted = refusals > 0;
    } else {
      expect(status).toBe(429);
      // An empty limit refuses before it knows how many they are, so the first pause may be short.
      expect(++refusals).toBeLessThanOrEqual(2);
      await setTimeout(Number(headers.get('retry-after')) * 1000);
    }
  }
  expect(kept).toBeGreaterThan(600);
  expect(countRatings(dataDir)).toBe(kept);
});

test('IN14: the plain form has the limit of its address too, and says so on a page that keeps what was typed', async () => {
  const { url, dataDir } = await start({});
  const submit = () =>
    fetch(`${url}/f/website`, {
      method: 'POST',
      body: new URLSearchParams({ id: randomUUID(), grade: '7', language: 'nl', comment: 'Snel geholpen' }),
      redirect: 'manual',
    });
  let refused: Response | undefined;
  let accepted = 0;
  for (let sent = 0; sent < 1500 && !refused; sent += 50) {
    const replies = await Promise.all(Array.from({ length: 50 }, submit));
    accepted += replies.filter(({ status }) => status === 303).length;
    refused = replies.find(({ status }) => status !== 303);
  }
  expect(refused?.status).toBe(429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused?.headers.get('content-type')).toMatch(/^text\/html/);
  const page = await refused!.text();
  expect(page).toContain('Wij konden uw cijfer nu niet bewaren');
  expect(page).toContain('Snel geholpen');
  expect(page).toMatch(/value="7"[^>]* checked/);
  expect(countRatings(dataDir)).toBe(accepted);
});

test('IN14: behind a named proxy each address has its own limit, and it is written nowhere', async () => {
  const { url, dataDir, output } = await start({ TRUST_PROXY: 'loopback', LOG_LEVEL: 'debug' });
  const from = (address: string) => () => ({ 'x-forwarded-for': address });
  expect((await untilTooMany(url, from('203.0.113.77'))).refused?.status).toBe(429);
  expect((await post(url, aRating(), from('203.0.113.78')())).status).toBe(201);
  const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)).toString('latin1'));
  for (const text of [...files, output.join('\n')])
    expect(text).not.toMatch(/203\.0\.113\.7|127\.0\.0\.1:?\d* /);
});

test('IN14: a forwarding header without a named proxy gives one warning and no limit per address', async () => {
  const { url, output } = await start({});
  const { accepted, refused } = await untilTooMany(
    url,
    (i) => ({ 'x-forwarded-for': `203.0.113.${i % 200}` }),
    1000,
  );
  expect({ accepted, refused }).toEqual({ accepted: 1000, refused: null });
  expect(output.filter((text) => text.includes('TRUST_PROXY'))).toHaveLength(1);
});
