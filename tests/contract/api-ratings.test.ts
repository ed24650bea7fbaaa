import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { bytesOfId, inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';

let program: Program;
let viewer: string;

beforeAll(async () => {
  const started = await startPrepared({
    settings: {
      answerKeys: ['reason', 'again', 'topics'],
      products: [
        { key: 'paspoort', name: 'Paspoort', upl: null, retired: false },
        { key: 'oud', name: 'Oud product', upl: null, retired: true },
      ],
    },
    tokens: { viewer: 'viewer' },
  });
  program = started.program;
  viewer = started.tokens.viewer;
});
afterAll(() => program.stop());

const summary = async () => (await get<Summary>(program.url, '/summary', viewer)).body;
const give = (rating: unknown) => post(program.url, rating);
const add = (id: unknown, addition: unknown) =>
  send('PATCH', `${program.url}/api/v1/ratings/${id}`, addition);
/** Moves the receipt of a rating to so many minutes ago. */
const age = (id: unknown, minutes: number) =>
  inDatabase(program.dataDir, (db) =>
    db
      .prepare('UPDATE ratings SET received_after = ? - at WHERE id = ?')
      .run(Date.now() - minutes * 60_000, bytesOfId(String(id))),
  );

describe('a rating that is right', () => {
  test('IN1: a valid rating is answered 201 with its id, the time of receipt and the stored comment', async () => {
    const before = Date.now();
    const rating = aRating({
      comment: 'Bel mij: 06 12 34 56 78\n\tdank',
      product: 'paspoort',
      language: 'nl',
    });
    const { status, headers, body } = await give(rating);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: rating.id,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      status: 'accepted',
      comment: 'Bel mij: [telefoonnummer]\n\tdank',
    });
    expect(Date.parse(String(body.receivedAt))).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(String(body.receivedAt))).toBeLessThanOrEqual(Date.now() + 1);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('api-version')).toMatch(/^\d+\.\d+\.\d+$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBe(null);
  });

  test('IN1: the answer has no comment where none was given, and a retired product is still accepted', async () => {
    const { status, body } = await give(aRating({ product: 'oud' }));
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(['id', 'receivedAt', 'status']);
  });

  test('IN1: every grade from 1 to 10 and smiley from 1 to 5 is counted at its own place, never pooled', async () => {
    const before = (await summary()).total;
    for (let grade = 1; grade <= 10; grade++) expect((await give(aRating({ grade }))).status).toBe(201);
    for (let smiley = 1; smiley <= 5; smiley++) expect((await give(aRating({ smiley }))).status).toBe(201);
    const after = (await summary()).total;
    expect(after.n - before.n).toBe(10);
    expect(after.histogram.map((count, i) => count - before.histogram[i]!)).toEqual(Array(10).fill(1));
    expect(after.derived?.histogram).toEqual([1, 1, 1, 1, 1]);
  });

  test('IN1: a comment of 2,000 UTF-16 units and answers of every kind are accepted', async () => {
    const answers = { reason: 'Snel', again: true, topics: ['a', 'b'] };
    const { status, body } = await give(aRating({ comment: '😀'.repeat(1000), answers }));
    expect({ status, length: String(body.comment).length }).toEqual({ status: 201, length: 2000 });
  });
});

describe('a rating that comes again', () => {
  test('IN3: a reply that was lost does not make a second rating', async () => {
    const rating = aRating({
      comment: 'Mijn rekening is NL91 ABNA 0417 1643 00',
      givenAt: '2026-01-05T10:00:00+01:00',
      answers: { reason: 'mail jan@example.nl', again: false },
    });
    const first = await give(rating);
    const { n } = (await summary()).total;
    const { answers: _, ...rest } = rating;
    const again = await give({ answers: { again: false, reason: 'mail jan@example.nl' }, ...rest });
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, status: 'duplicate' });
    expect((await summary()).total.n).toBe(n);
  });

  test('IN3: the letters of an id have no case', async () => {
    const rating = aRating();
    expect((await give(rating)).status).toBe(201);
    expect((await give({ ...rating, id: String(rating.id).toUpperCase() })).status).toBe(200);
  });

  test('IN3: the same rating sent twenty times at once is accepted once', async () => {
    const { n } = (await summary()).total;
    const rating = aRating({ comment: 'tegelijk' });
    const replies = await Promise.all(Array.from({ length: 20 }, () => give(rating)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(replies.map(({ body }) => body.receivedAt)).size).toBe(1);
    expect((await summary()).total.n).toBe(n + 1);
  });

  test('IN3: fields are compared as first posted, also after an addition', async () => {
    const rating = aRating({ grade: 4, comment: 'eerst', answers: { reason: 'a' } });
    await give(rating);
    await add(rating.id, { grade: 9, comment: 'later', answers: { reason: 'b' } });
    expect((await give(rating)).status).toBe(200);
    expect((await give({ ...rating, grade: 9, comment: 'later', answers: { reason: 'b' } })).status).toBe(
      409,
    );
  });

  test.each([
    ['grade', { grade: 7 }],
    ['scale', { grade: undefined, smiley: 4 }],
    ['touchpoint', { touchpoint: 'website' }],
    ['time', { givenAt: '2026-02-01T12:00:01Z' }],
    ['language', { language: 'en' }],
    ['product', { product: 'oud' }],
    ['version of the form', { form: 2 }],
    ['answer', { answers: { reason: 'anders' } }],
    ['comment', { comment: 'anders' }],
    ['absent comment', { comment: undefined }],
  ])('IN4: the same id with another %s is answered 409 and changes nothing', async (_name, other) => {
    const rating = aRating({
      givenAt: '2026-02-01T12:00:00Z',
      language: 'nl',
      product: 'paspoort',
      form: 1,
      answers: { reason: 'zelfde' },
      comment: 'zelfde',
    });
    await give(rating);
    const before = (await summary()).total;
    const { status, headers, body } = await give({ ...rating, ...other });
    expect({ status, errors: body.errors }).toEqual({ status: 409, errors: [] });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await summary()).total).toEqual(before);
    expect((await give(rating)).status).toBe(200);
  });
});

describe('an addition', () => {
  test('IN8: it replaces the fields it names, the last one wins, and the figures follow', async () => {
    const rating = aRating({ grade: 2, comment: 'slecht' });
    const { body: first } = await give(rating);
    const before = (await summary()).total;
    expect((await add(rating.id, { grade: 9 })).body).toEqual({ ...first, status: 'accepted' });
    const { status, body } = await add(rating.id, { grade: 10, comment: 'toch goed, mail a@b.nl' });
    expect({ status, comment: body.comment }).toEqual({
      status: 200,
      comment: 'toch goed, mail [e-mailadres]',
    });
    expect(body.receivedAt).toBe(first.receivedAt);
    const after = (await summary()).total;
    expect(after.n).toBe(before.n);
    expect(after.histogram[1]).toBe(before.histogram[1]! - 1);
    expect(after.histogram[8]).toBe(before.histogram[8]);
    expect(after.histogram[9]).toBe(before.histogram[9]! + 1);
    expect((await add(rating.id, { comment: '' })).body).not.toHaveProperty('comment');
  });

  test('IN8: an addition that is sent again changes nothing more', async () => {
    const rating = aRating({ grade: 5 });
    await give(rating);
    await add(rating.id, { grade: 6 });
    const before = (await summary()).total;
    expect((await add(rating.id, { grade: 6 })).status).toBe(200);
    expect((await summary()).total).toEqual(before);
  });

  test('IN8: for an id that is unknown or no id at all it is answered 404', async () => {
    for (const id of [randomUUID(), 'nonsense', '%00', 'a'.repeat(5000)]) {
      const { status, headers } = await add(id, { grade: 6 });
      expect(status).toBe(404);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
  });

  test('IN8: until 30 minutes after receipt it is taken, then answered 410 and nothing changes', async () => {
    const rating = aRating({ grade: 3 });
    await give(rating);
    age(rating.id, 29);
    expect((await add(rating.id, { grade: 4 })).status).toBe(200);
    age(rating.id, 31);
    const before = (await summary()).total;
    expect((await add(rating.id, { grade: 9 })).status).toBe(410);
    expect((await add(rating.id, { comment: 'te laat' })).status).toBe(410);
    expect((await summary()).total).toEqual(before);
  });

  test('IN8: one with mistakes is answered 400 with all of them and changes nothing', async () => {
    const rating = aRating({ grade: 3 });
    await give(rating);
    const before = (await summary()).total;
    const { status, body } = await add(rating.id, {
      grade: 11,
      touchpoint: 'website',
      answers: { unknown: 'x' },
      comment: 'a\u0000',
    });
    expect(status).toBe(400);
    expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/answers/unknown',
      '/comment',
      '/grade',
      '/touchpoint',
    ]);
    expect((await add(rating.id, { smiley: 3 })).status).toBe(400);
    expect((await summary()).total).toEqual(before);
  });
});

describe('personal data', () => {
  const secrets = {
    'a mail address': 'zeldzaam.adres@voorbeeld.example',
    'an IBAN': 'NL39 RABO 0300 0652 64',
    'a telephone number': '+31 6 1987 6543',
    'a BSN': '111222333',
    'a long number': '9988-7766-5544',
  };

  test('IN11: it is in no file of the data folder, neither from comments nor from answers', async () => {
    const text = Object.values(secrets).join(' en ');
    const rating = aRating({ comment: text, answers: { reason: text } });
    const { body } = await give(rating);
    await add(rating.id, { comment: `nog eens ${text}`, answers: { reason: text } });
    await give(rating);
    expect(body.comment).toMatch(/^\[e-mailadres\] en \[IBAN\] en \[telefoonnummer\]/);
    const files = readdirSync(program.dataDir).map((name) =>
      readFileSync(join(program.dataDir, name)).toString('latin1'),
    );
    const found = Object.entries(secrets).filter(([, secret]) => files.some((file) => file.includes(secret)));
    expect(found).toEqual([]);
    expect(files.some((file) => file.includes('nog eens'))).toBe(true);
  });
});
