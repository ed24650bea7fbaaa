import { afterAll, beforeAll, expect, test } from 'vitest';
import { asProblemError } from '../../server/http/respond.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';

let program: Program;
let viewer: string;
beforeAll(async () => {
  const started = await startPrepared({ tokens: { viewer: 'viewer' } });
  program = started.program;
  viewer = started.tokens.viewer;
});
afterAll(() => program.stop());

const api = (path: string) => `${program.url}/api/v1${path}`;

test.each([
  '/summary/',
  '/SUMMARY',
  '/Summary',
  '/meta/',
  '/touchpoints/website/FORM',
  '/ratings/',
  '/nergens',
])('AC2: there is nothing at %s, and the answer says so as problem+json', async (path) => {
  const { status, headers } = await get(program.url, path, viewer);
  expect(status).toBe(404);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

test.each([
  ['POST', '/summary', 'GET'],
  ['DELETE', '/touchpoints/website/form', 'GET'],
  ['POST', '/indicators/klanttevredenheid/2026', 'PUT'],
  ['GET', '/session', 'POST, DELETE'],
  ['PUT', '/ratings', 'POST'],
])('AC2: %s %s is answered 405 with the methods that there are', async (method, path, allowed) => {
  const { status, headers } = await send(method, api(path), undefined, {
    authorization: `Bearer ${viewer}`,
  });
  expect({ status, allowed: headers.get('allow') }).toEqual({ status: 405, allowed });
});

test('IN1: what stands behind a question mark does not hide the way in', async () => {
  const rating = aRating();
  expect((await send('POST', api('/ratings?x=1'), rating)).status).toBe(201);
  expect((await send('PATCH', api(`/ratings/${rating.id}?x=1`), { grade: 3 })).status).toBe(200);
  const batch = { sentAt: new Date().toISOString(), ratings: [aRating()] };
  expect((await send('POST', api('/ratings/batch?'), batch)).status).toBe(200);
});

test.each(['/nergens', '/f/website/verder', '/assets/weg.js', '/.well-known/weg'])(
  'CH2: the unknown address %s is answered with a page that a person can read',
  async (path) => {
    const answer = await fetch(program.url + path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.text()).toContain('Dit adres bestaat niet');
  },
);

test('AC2: what any part reports as not found is answered 404, other mistakes of a request 400', () => {
  const thrown = (status: number) => asProblemError(Object.assign(new Error('x'), { status })).problem.status;
  expect([404, 400, 413, 415, 416].map(thrown)).toEqual([404, 400, 413, 415, 400]);
});
