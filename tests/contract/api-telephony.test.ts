import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { countRatings, inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

const line = 'telefoon-14079';
let program: Program;
let tokens: Record<'viewer' | 'line' | 'invitations', string>;

beforeAll(async () => {
  const started = await startPrepared({
    settings: {
      touchpoints: ['telefoon-14079', 'telefoon-2'].map((key) => ({
        key,
        name: key,
        channel: 'telefoon',
        location: null,
        scale: 'grade' as const,
        origins: [],
        trial: false,
        retired: false,
      })),
    },
    tokens: { viewer: 'viewer', line: `machine telephony:${line}`, invitations: 'machine invitations' },
  });
  program = started.program;
  tokens = started.tokens;
});
afterAll(() => program.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const url = () => `${program.url}/api/v1/telephony/ratings`;
let calls = 0;
const aCall = (fields = {}) => ({
  callId: `call-${++calls}`,
  touchpoint: line,
  language: 'nl',
  grade: 8,
  ...fields,
});
const call = (body: unknown, token = tokens.line) => send('POST', url(), body, bearer(token));
const histogram = async () =>
  (await get<Summary>(program.url, `/summary?touchpoint=${line}`, tokens.viewer)).body.total.histogram;
const difference = (after: number[], before: number[]) => after.map((count, i) => count - before[i]!);

test('CH4: a grade from a call is counted, as JSON', async () => {
  const before = await histogram();
  const { status, body } = await call(
    aCall({ grade: 10, occurredAt: '2026-03-29T02:30:00+02:00', status: 'completed' }),
  );
  expect({ status, body }).toEqual({
    status: 201,
    body: { id: expect.any(String), receivedAt: expect.any(String), status: 'accepted' },
  });
  expect(difference(await histogram(), before)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('CH4: a grade from a call is counted, form-encoded', async () => {
  const before = await histogram();
  const body = new URLSearchParams({ ...aCall(), grade: '10' }).toString();
  const headers = { ...bearer(tokens.line), 'content-type': 'application/x-www-form-urlencoded' };
  expect((await send('POST', url(), body, headers)).status).toBe(201);
  expect(difference(await histogram(), before)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect((await send('POST', url(), body, headers)).status).toBe(200);
  expect(difference(await histogram(), before)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('CH4: a correction in the same call wins, and a repeated message changes nothing', async () => {
  const before = await histogram();
  const first = aCall({ grade: 3 });
  const { body } = await call(first);
  expect((await call(first)).status).toBe(200);
  const corrected = await call({ ...first, grade: 7 });
  expect({ status: corrected.status, id: corrected.body.id }).toEqual({ status: 200, id: body.id });
  expect((await call({ ...first, grade: 7 })).status).toBe(200);
  expect(difference(await histogram(), before)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
});

test('CH4: two calls are two ratings, and the identity of a call is in no rating', async () => {
  const [first, second] = [await call(aCall()), await call(aCall())];
  expect(first.body.id).not.toBe(second.body.id);
  expect(String(first.body.id)).not.toContain('call');
});

test.each([
  ['grade 0', { grade: 0 }],
  ['grade "11"', { grade: '11' }],
  ['grade "8,5"', { grade: '8,5' }],
  ['grade 7.5', { grade: 7.5 }],
  ['no grade', { grade: undefined }],
  ['no call', { callId: undefined }],
  ['an unknown language', { language: 'xx' }],
  ['the number of the caller', { from: '+31612345678' }],
])('CH4: %s is answered 400 with the place, and nothing is stored', async (_name, fields) => {
  const before = countRatings(program.dataDir);
  const { status, body } = await call(aCall(fields));
  expect(status).toBe(400);
  expect(body.errors).toEqual([expect.objectContaining({ pointer: `/${Object.keys(fields)[0]}` })]);
  expect(countRatings(program.dataDir)).toBe(before);
});

test('CH4: without a token 401, with the token of something else 403, and nothing is stored', async () => {
  const before = countRatings(program.dataDir);
  expect((await send('POST', url(), aCall())).status).toBe(401);
  expect((await call(aCall(), 'a'.repeat(43))).status).toBe(401);
  expect((await call(aCall(), tokens.viewer)).status).toBe(403);
  expect((await call(aCall(), tokens.invitations)).status).toBe(403);
  expect((await call(aCall({ touchpoint: 'telefoon-2' }))).status).toBe(403);
  expect((await call(aCall({ touchpoint: 'balie-1' }))).status).toBe(403);
  expect(countRatings(program.dataDir)).toBe(before);
});

test('IN13: a touchpoint whose line has a token takes ratings by that token only', async () => {
  const before = countRatings(program.dataDir);
  const rating = aRating({ touchpoint: line });
  expect((await post(program.url, rating)).status).toBe(401);
  expect((await post(program.url, rating, bearer('a'.repeat(43)))).status).toBe(401);
  expect((await post(program.url, rating, bearer(tokens.viewer))).status).toBe(403);
  const batch = {
    sentAt: new Date().toISOString(),
    ratings: [rating, aRating({ touchpoint: 'telefoon-2' })],
  };
  const reply = await send<{ results: { status: string }[] }>(
    'POST',
    `${program.url}/api/v1/ratings/batch`,
    batch,
  );
  expect(reply.body.results.map(({ status }) => status)).toEqual(['rejected', 'accepted']);
  expect(countRatings(program.dataDir)).toBe(before + 1);
  expect((await post(program.url, rating, bearer(tokens.line))).status).toBe(201);
  const other = aRating({ touchpoint: 'telefoon-2' });
  expect((await post(program.url, other, bearer(tokens.line))).status).toBe(401);
});

test('IN13: what a line sent is changed by its own token only, alone or in a batch', async () => {
  const before = await histogram();
  const rating = aRating({ touchpoint: line, grade: 3 });
  const open = aRating({ grade: 3 });
  await post(program.url, rating, bearer(tokens.line));
  await post(program.url, open);
  const headers = (token?: string) => (token ? bearer(token) : {});
  const alone = async (id: unknown, token?: string) =>
    (await send('PATCH', `${program.url}/api/v1/ratings/${id}`, { grade: 9 }, headers(token))).status;
  const inBatch = async (id: unknown, token?: string) => {
    const body = { sentAt: new Date().toISOString(), ratings: [{ id, addition: true, grade: 9 }] };
    const reply = await send<{ results: { status: string }[] }>(
      'POST',
      `${program.url}/api/v1/ratings/batch`,
      body,
      headers(token),
    );
    return reply.body.results[0]?.status;
  };
  expect([await alone(rating.id), await inBatch(rating.id)]).toEqual([404, 'rejected']);
  expect([await alone(rating.id, tokens.invitations), await inBatch(rating.id, tokens.invitations)]).toEqual([
    404,
    'rejected',
  ]);
  expect([await alone(open.id, tokens.line), await inBatch(open.id, tokens.line)]).toEqual([404, 'rejected']);
  expect(difference(await histogram(), before)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  expect([await alone(rating.id, tokens.line), await inBatch(rating.id, tokens.line)]).toEqual([
    200,
    'duplicate',
  ]);
  expect(await alone(open.id)).toBe(200);
  expect(difference(await histogram(), before)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
});

test('IN13: a line that gets its first token while the server runs is closed for others from then on', async () => {
  expect((await post(program.url, aRating({ touchpoint: 'telefoon-2' }))).status).toBe(201);
  const token = await program.token('machine', 'telephony:telefoon-2');
  await until('the line is closed', async () => {
    const { status } = await post(program.url, aRating({ touchpoint: 'telefoon-2' }));
    return status === 401;
  });
  expect((await call(aCall({ touchpoint: 'telefoon-2' }), token)).status).toBe(201);
  inDatabase(program.dataDir, (db) =>
    db.prepare('UPDATE tokens SET expires_at = 1 WHERE scope = ?').run('telephony:telefoon-2'),
  );
  expect((await call(aCall({ touchpoint: 'telefoon-2' }), token)).status).toBe(401);
});
