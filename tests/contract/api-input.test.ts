import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '#shared/contract/errors.ts';
import type { Summary } from '#shared/contract/figures.ts';
import { countRatings } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, post } from '../support/ratings.ts';

let program: Program;
let viewer: string;

beforeAll(async () => {
  const started = await startPrepared({ settings: { answerKeys: ['reason'] }, tokens: { viewer: 'viewer' } });
  program = started.program;
  viewer = started.tokens.viewer;
});
afterAll(() => program.stop());

const stored = async () => ({
  n: (await get<Summary>(program.url, '/summary', viewer)).body.total.n,
  rows: countRatings(program.dataDir),
});
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

/** Sends what must be refused; the problem, after looking that nothing was stored and the next one is. */
async function refused(body: unknown, headers?: Record<string, string>) {
  const before = await stored();
  const response = await fetch(`${program.url}/api/v1/ratings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body instanceof Uint8Array || typeof body === 'string' ? (body as string) : JSON.stringify(body),
  });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  expect(Object.keys(problem).sort()).toEqual(['detail', 'errors', 'status', 'title']);
  expect(problem.status).toBe(response.status);
  for (const error of problem.errors)
    expect(error).toEqual({
      pointer: expect.any(String),
      code: expect.any(String),
      detail: expect.stringMatching(/.+/),
    });
  expect(await stored()).toEqual(before);
  return problem;
}
const told = ({ errors }: Problem) => errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();

const without = (field: string) => {
  const { [field]: _, ...rest } = aRating();
  return rest;
};

describe('input that is not valid', () => {
  const wrong: [name: string, rating: () => unknown, errors: string[]][] = [
    ['grade 0', () => aRating({ grade: 0 }), ['/grade range']],
    ['grade 11', () => aRating({ grade: 11 }), ['/grade range']],
    ['grade −1', () => aRating({ grade: -1 }), ['/grade range']],
    ['grade 7.5', () => aRating({ grade: 7.5 }), ['/grade type']],
    ['grade "8"', () => aRating({ grade: '8' as never }), ['/grade type']],
    ['grade null', () => aRating({ grade: null as never }), ['/grade type']],
    ['grade true', () => aRating({ grade: true as never }), ['/grade type']],
    ['grade [8]', () => aRating({ grade: [8] as never }), ['/grade type']],
    ['smiley 6', () => aRating({ smiley: 6 }), ['/smiley range']],
    ['both grade and smiley', () => aRating({ grade: 8, smiley: 4 }), ['/smiley one-of']],
    ['neither grade nor smiley', () => without('grade'), ['/grade required']],
    ['no id', () => without('id'), ['/id required']],
    ['an id that is no UUID', () => aRating({ id: '42' }), ['/id format']],
    ['no touchpoint', () => without('touchpoint'), ['/touchpoint required']],
    ['an unknown touchpoint', () => aRating({ touchpoint: 'elders' }), ['/touchpoint unknown-value']],
    ['touchpoint 5', () => aRating({ touchpoint: 5 as never }), ['/touchpoint type']],
    ['an unknown product', () => aRating({ product: 'xyz' }), ['/product unknown-value']],
    ['an unknown language', () => aRating({ language: 'xx' }), ['/language unknown-value']],
    ['an unknown answer', () => aRating({ answers: { other: 'x' } }), ['/answers/other unknown-value']],
    [
      'an answer that is a number',
      () => aRating({ answers: { reason: 5 as never } }),
      ['/answers/reason format'],
    ],
    ['answers that are a list', () => aRating({ answers: ['x'] as never }), ['/answers type']],
    ['a time without offset', () => aRating({ givenAt: '2026-01-01T10:00:00' }), ['/givenAt format']],
    ['a day that does not exist', () => aRating({ givenAt: '2026-02-30T10:00:00Z' }), ['/givenAt format']],
    ['a time before 2000', () => aRating({ givenAt: '1999-12-31T23:59:59Z' }), ['/givenAt too-old']],
    ['a time over a day ahead', () => aRating({ givenAt: hours(24.1) }), ['/givenAt in-the-future']],
    ['an unknown field', () => aRating({ email: 'a@b.nl' }), ['/email unknown-field']],
    ['a field with a slash', () => aRating({ 'a/b~c': 1 }), ['/a~1b~0c unknown-field']],
    ['a comment of 2,001 characters', () => aRating({ comment: 'x'.repeat(2001) }), ['/comment too-long']],
    [
      '1,001 characters of two units each',
      () => aRating({ comment: '😀'.repeat(1001) }),
      ['/comment too-long'],
    ],
    ['a NUL in a comment', () => aRating({ comment: 'a\u0000b' }), ['/comment characters']],
    ['an escape in a comment', () => aRating({ comment: '\u001b[31m' }), ['/comment characters']],
    ['a C1 control character', () => aRating({ comment: 'a\u0085b' }), ['/comment characters']],
    [
      'a control character in an answer',
      () => aRating({ answers: { reason: '\u0007' } }),
      ['/answers/reason characters'],
    ],
    ['form 0', () => aRating({ form: 0 }), ['/form range']],
    ['a list', () => [aRating()], [' type']],
    ['null', () => 'null', [' type']],
    ['a word', () => '"hallo"', [' type']],
    [
      'two errors at once',
      () => aRating({ grade: 11, language: 'xx' }),
      ['/grade range', '/language unknown-value'],
    ],
    [
      'errors in every field at once',
      () => ({
        id: 1,
        touchpoint: 'elders',
        grade: 'goed',
        givenAt: hours(48),
        language: 'xx',
        product: 'xyz',
        answers: { reason: 5, other: 'x' },
        comment: '\u0001',
        x: 1,
        y: 2,
      }),
      [
        '/answers/other unknown-value',
        '/answers/reason format',
        '/comment characters',
        '/givenAt in-the-future',
        '/grade type',
        '/id type',
        '/language unknown-value',
        '/product unknown-value',
        '/touchpoint unknown-value',
        '/x unknown-field',
        '/y unknown-field',
      ],
    ],
  ];
  test.each(wrong)(
    'IN5: %s is answered 400 with every error, and nothing is stored',
    async (_, rating, errors) => {
      const problem = await refused(rating());
      expect(problem.status).toBe(400);
      expect(told(problem)).toEqual(errors);
    },
  );

  test('IN5: a broken half of a character is refused, tab and line ends are kept', async () => {
    const broken = `{"id":"${randomUUID()}","touchpoint":"balie-1","grade":8,"comment":"\\ud83d"}`;
    expect(told(await refused(broken))).toEqual(['/comment characters']);
    const { status, body } = await post(program.url, aRating({ comment: 'a\tb\r\nc\nd' }));
    expect({ status, comment: body.comment }).toEqual({ status: 201, comment: 'a\tb\r\nc\nd' });
  });

  test('IN5: a field named __proto__ is an unknown field and changes nothing else', async () => {
    const text = JSON.stringify(aRating()).replace('{', '{"__proto__":{"grade":10},');
    expect((await refused(text)).status).toBe(400);
  });
});

describe('a body that cannot be read', () => {
  test('IN6: a body over 16 kB is answered 413, also when its length is not told', async () => {
    const large = JSON.stringify(aRating({ comment: 'x'.repeat(20_000) }));
    expect((await refused(large)).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new TextEncoder().encode(' '.repeat(1024)));
        controller.enqueue(new TextEncoder().encode(JSON.stringify(aRating())));
        controller.close();
      },
    });
    const response = await fetch(`${program.url}/api/v1/ratings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  test('IN6: a body of just 16 kB is read', async () => {
    const text = JSON.stringify(aRating());
    const { status } = await post(program.url, text + ' '.repeat(16 * 1024 - text.length));
    expect(status).toBe(201);
  });

  test.each(['application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x', ''])(
    'IN6: the content type "%s" is answered 415',
    async (type) => {
      expect((await refused(JSON.stringify(aRating()), { 'content-type': type })).status).toBe(415);
    },
  );

  test('IN6: JSON is taken as application/json or text/plain, in any case and with a charset', async () => {
    for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'text/plain;charset=UTF-8']) {
      const { status } = await post(program.url, JSON.stringify(aRating()), { 'content-type': type });
      expect({ type, status }).toEqual({ type, status: 201 });
    }
  });

  test.each([
    ['half an object', '{"id":'],
    ['nothing', ''],
    ['a comma too many', '{"grade":8,}'],
    ['deep nesting', '['.repeat(8000)],
    ['invalid UTF-8', Buffer.from('{"comment":"\xff\xfe"}', 'latin1')],
  ])('IN6: %s is answered 400', async (_name, body) => {
    const problem = await refused(body);
    expect({ status: problem.status, errors: problem.errors }).toEqual({ status: 400, errors: [] });
  });

  test('IN6: a sender that hangs up half-way harms nobody', async () => {
    const before = await stored();
    const { port } = new URL(program.url);
    await Promise.all(
      Array.from(
        { length: 20 },
        () =>
          new Promise<void>((resolve) => {
            const socket = connect(Number(port), '127.0.0.1', () => {
              socket.write('POST /api/v1/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
              socket.write('Content-Length: 100\r\n\r\n{"id":', () => socket.destroy());
            });
            socket.on('close', () => resolve());
          }),
      ),
    );
    expect(await stored()).toEqual(before);
    expect((await post(program.url, aRating())).status).toBe(201);
  });
});

describe('the time of a rating', () => {
  const countIn = async (query: string) =>
    (await get<Summary>(program.url, `/summary?${query}`, viewer)).body.total.n;

  test('IN7: up to 24 hours ahead it becomes the time of receipt, marked', async () => {
    const all = await countIn('');
    const unmarked = await countIn('marked=exclude');
    expect((await post(program.url, aRating({ givenAt: hours(23.9) }))).status).toBe(201);
    expect((await countIn('')) - all).toBe(1);
    expect((await countIn('marked=exclude')) - unmarked).toBe(0);
    const tomorrow = hours(26).slice(0, 10);
    expect(await countIn(`from=${tomorrow}`)).toBe(0);
  });

  test('IN7: any time since 2000 counts on its own day in Amsterdam, whatever its offset', async () => {
    const rating = aRating({ grade: 1, givenAt: '2000-07-01T23:30:00-04:00' });
    expect((await post(program.url, rating)).status).toBe(201);
    expect(await countIn('from=2000-07-02&to=2000-07-02')).toBe(1);
    expect(await countIn('from=2000-07-01&to=2000-07-01')).toBe(0);
  });
});
