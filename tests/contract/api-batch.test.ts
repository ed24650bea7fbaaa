import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '#shared/contract/errors.ts';
import type { Summary } from '#shared/contract/figures.ts';
import { bytesOfId, countRatings, inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';

let program: Program;
let viewer: string;
let line: string;

beforeAll(async () => {
  const started = await startPrepared({
    settings: { answerKeys: ['reason'] },
    tokens: { viewer: 'viewer', line: 'machine telephony:telefoon-14079' },
  });
  program = started.program;
  viewer = started.tokens.viewer;
  line = started.tokens.line;
});
afterAll(() => program.stop());

interface Result {
  id: unknown;
  status: string;
  errors?: { pointer: string; code: string }[];
}
const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
const batch = (ratings: unknown, sentAt: unknown = minutes(0), headers: Record<string, string> = {}) =>
  send<Problem & { results: Result[] }>(
    'POST',
    `${program.url}/api/v1/ratings/batch`,
    { sentAt, ratings },
    headers,
  );
const statuses = ({ body }: { body: { results: Result[] } }) => body.results.map(({ status }) => status);
const row = (id: unknown) =>
  inDatabase(program.dataDir, (db) =>
    db
      .prepare('SELECT at, at + received_after AS received, marks FROM ratings WHERE id = ?')
      .get(bytesOfId(String(id))),
  ) as { at: number; received: number; marks: number };
const clock = 2;
const total = async () => (await get<Summary>(program.url, '/summary', viewer)).body.total;

describe('a batch', () => {
  test('IN9: every item has its own result in the same order, and a bad one harms no other', async () => {
    const before = (await total()).n;
    const items = [
      aRating(),
      aRating({ grade: 11, language: 'xx' }),
      null,
      'text',
      aRating({ smiley: 3 }),
      aRating({ touchpoint: 'elders' }),
      {},
      aRating({ comment: 'x'.repeat(20_000) }),
      aRating(),
    ];
    const reply = await batch(items);
    expect(reply.status).toBe(200);
    expect(statuses(reply)).toEqual([
      'accepted',
      'rejected',
      'rejected',
      'rejected',
      'accepted',
      'rejected',
      'rejected',
      'rejected',
      'accepted',
    ]);
    expect(reply.body.results.map(({ id }) => id)).toEqual(
      items.map((item) => (item as { id?: unknown } | null)?.id ?? null),
    );
    expect(reply.body.results[1]!.errors!.map(({ pointer }) => pointer).sort()).toEqual([
      '/grade',
      '/language',
    ]);
    for (const { status, errors } of reply.body.results)
      expect(errors === undefined).toBe(status !== 'rejected');
    expect((await total()).n).toBe(before + 2);
  });

  test('IN9: duplicates inside one batch and of an earlier one count once', async () => {
    const before = countRatings(program.dataDir);
    const [first, second] = [aRating({ comment: 'eerste' }), aRating()];
    const reply = await batch([first, second, first, { ...first, grade: 2 }, second]);
    expect(statuses(reply)).toEqual(['accepted', 'accepted', 'duplicate', 'rejected', 'duplicate']);
    expect(statuses(await batch([first, second]))).toEqual(['duplicate', 'duplicate']);
    expect((await post(program.url, first)).status).toBe(200);
    expect(countRatings(program.dataDir)).toBe(before + 2);
  });

  test('IN9: additions follow their rating in the same batch and later', async () => {
    const rating = aRating({ grade: 2, comment: 'eerst' });
    const before = (await total()).histogram;
    const reply = await batch([
      rating,
      { id: rating.id, addition: true, grade: 9 },
      { id: rating.id, addition: true, comment: 'mail a@b.nl', answers: { reason: 'snel' } },
      { id: randomUUID(), addition: true, grade: 3 },
      { id: rating.id, addition: true, grade: 12 },
      { id: rating.id, addition: false, grade: 1 },
    ]);
    expect(statuses(reply)).toEqual(['accepted', 'accepted', 'accepted', 'rejected', 'rejected', 'rejected']);
    expect(statuses(await batch([{ id: rating.id, addition: true, grade: 10 }]))).toEqual(['accepted']);
    const after = (await total()).histogram;
    expect(after.map((count, i) => count - before[i]!)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('IN8: an addition in a batch may come late with the token of its touchpoint, without one within 30 minutes', async () => {
    const token = { authorization: `Bearer ${line}` };
    const [open, guarded] = [aRating({ grade: 2 }), aRating({ grade: 2, touchpoint: 'telefoon-14079' })];
    await batch([open]);
    await batch([guarded], minutes(0), token);
    const late = (minutes: number) =>
      inDatabase(program.dataDir, (db) =>
        db
          .prepare('UPDATE ratings SET received_after = received_after - ? WHERE id IN (?, ?)')
          .run(minutes * 60_000, bytesOfId(String(open.id)), bytesOfId(String(guarded.id))),
      );
    const add = (id: unknown, grade: number, headers?: Record<string, string>) =>
      batch([{ id, addition: true, grade }], minutes(0), headers);
    late(29);
    expect(statuses(await add(open.id, 3))).toEqual(['accepted']);
    late(2);
    const { results } = (await add(open.id, 4)).body;
    expect(results).toEqual([
      expect.objectContaining({ status: 'rejected', errors: [expect.objectContaining({ code: 'too-old' })] }),
    ]);
    late(24 * 60);
    expect(statuses(await add(guarded.id, 4, token))).toEqual(['accepted']);
  });

  test('IN9: 500 ratings are taken, 501 or a body over 1 MB refused as a whole', async () => {
    const before = countRatings(program.dataDir);
    const many = Array.from({ length: 501 }, () => aRating());
    const refused = await batch(many);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer: '/ratings', code: 'too-many' })]);
    expect(
      (await batch(Array.from({ length: 100 }, () => aRating({ comment: 'x'.repeat(11_000) })))).status,
    ).toBe(413);
    expect(countRatings(program.dataDir)).toBe(before);
    expect(new Set(statuses(await batch(many.slice(0, 500))))).toEqual(new Set(['accepted']));
    expect(countRatings(program.dataDir)).toBe(before + 500);
    expect((await batch([])).body.results).toEqual([]);
  });

  test('IN9: a batch that is not one is answered 400 with every error', async () => {
    const url = `${program.url}/api/v1/ratings/batch`;
    const pointers = async (body: unknown) => {
      const reply = await send<Problem>('POST', url, body);
      return [reply.status, ...reply.body.errors.map(({ pointer }) => pointer).sort()];
    };
    expect(await pointers({})).toEqual([400, '/ratings', '/sentAt']);
    expect(await pointers({ sentAt: 'gisteren', ratings: {}, x: 1 })).toEqual([
      400,
      '/ratings',
      '/sentAt',
      '/x',
    ]);
    expect(await pointers([])).toEqual([400, '']);
  });
});

describe('the clock of a device', () => {
  test('IN10: one that is right within 30 s is believed', async () => {
    const rating = aRating({ givenAt: minutes(-20) });
    await batch([rating], new Date(Date.now() - 10_000).toISOString());
    expect(row(rating.id)).toMatchObject({ at: Date.parse(String(rating.givenAt)), marks: 0 });
  });

  test.each([
    ['ahead', 180],
    ['behind', -180],
  ])('IN10: one that is three hours %s is corrected by the difference, and marked', async (_name, off) => {
    const rating = aRating({ givenAt: minutes(off - 60) });
    await batch([rating], minutes(off));
    const { at, received, marks } = row(rating.id);
    expect(Math.abs(received - at - 60 * 60_000)).toBeLessThan(10_000);
    expect(marks & clock).toBe(clock);
  });

  test('IN10: one that believes it is 1970 is corrected, and marked', async () => {
    const rating = aRating({ givenAt: '1970-01-01T00:10:00Z' });
    expect(statuses(await batch([rating], '1970-01-01T00:15:00Z'))).toEqual(['accepted']);
    const { at, received, marks } = row(rating.id);
    expect(received - at).toBe(5 * 60_000);
    expect(marks & clock).toBe(clock);
  });

  test('IN10: an impossible time becomes that of receipt, marked, and never a rejection', async () => {
    const ratings = [
      '1969-07-20T20:17:00Z',
      '1999-12-31T00:00:00Z',
      '9999-12-31T23:59:59Z',
      minutes(600),
    ].map((givenAt) => aRating({ givenAt }));
    expect(new Set(statuses(await batch(ratings)))).toEqual(new Set(['accepted']));
    for (const { id } of ratings) {
      const { at, received, marks } = row(id);
      expect({ at, marked: marks & clock }).toEqual({ at: received, marked: clock });
    }
  });

  test('IN10: without a time that of receipt counts, unmarked', async () => {
    const rating = aRating();
    await batch([rating], '1970-01-01T00:00:00Z');
    const { at, received, marks } = row(rating.id);
    expect({ at, marks }).toEqual({ at: received, marks: 0 });
  });

  test('IN10: a batch sent again under another clock is still a duplicate', async () => {
    const rating = aRating({ givenAt: minutes(-200) });
    await batch([rating], minutes(-180));
    expect(statuses(await batch([rating], minutes(-179)))).toEqual(['duplicate']);
  });
});
