import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRatings } from '../support/database.ts';
import { type Program, startProgram } from '../support/program.ts';

let program: Program;
beforeAll(async () => {
  listening = await freePort();
  const environment = { PORT: String(listening), PUBLIC_URL: 'https://klantpuls.gemeente.test' };
  program = await startProgram({ environment });
  idle = idling();
});
afterAll(() => program.stop());

/** The address that the program tells is the public one, so that its port has to be known before. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

interface Answered {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/** What comes back on one connection for these pieces, until so many answers came or the other side ended. */
function converse(pieces: (string | Buffer)[], answers: number, halfClose = false): Promise<Answered[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: listening, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    let received = Buffer.alloc(0);
    const done = () => {
      socket.destroy();
      resolve(answersIn(received));
    };
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (!halfClose && answersIn(received).length === answers) done();
    });
    socket.on('end', done);
    socket.on('error', reject);
    void (async () => {
      for (const piece of pieces) {
        await new Promise((sent) => socket.write(piece, sent));
        await new Promise(setImmediate);
      }
      if (halfClose) socket.end();
    })();
  });
}
let listening: number;
let idle: Promise<string>;

function answersIn(bytes: Buffer): Answered[] {
  const found: Answered[] = [];
  for (let rest = bytes; ; ) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return found;
    const [line = '', ...fields] = rest.toString('latin1', 0, end).split('\r\n');
    const headers = new Map(
      fields.map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    );
    const length = Number(headers.get('content-length') ?? 0);
    if (rest.length < end + 4 + length) return found;
    const body = rest.toString('utf8', end + 4, end + 4 + length);
    found.push({ status: Number(line.split(' ')[1]), headers, body });
    rest = rest.subarray(end + 4 + length);
  }
}

const rating = (id: string = randomUUID()) => JSON.stringify({ id, touchpoint: 'balie-1', grade: 7 });
const request = (body: string, ...fields: string[]) =>
  `POST /api/v1/ratings HTTP/1.1\r\nHost: klantpuls.gemeente.test\r\n${[
    ...(fields.some((field) => /^content-type:/i.test(field)) ? [] : ['Content-Type: application/json']),
    ...fields,
  ]
    .map((field) => `${field}\r\n`)
    .join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

test.each([
  ['accepted', rating(), []],
  [
    'with a comment in other letters',
    rating().replace('}', ',"comment":"Şöyle böyle, ça va, дякую 🙂"}'),
    [],
  ],
  ['a grade that is none', rating().replace('7}', '77}'), []],
  ['no JSON', '{"id":', []],
  ['no text', '\xff'.repeat(3), ['Content-Type: application/json; charset=utf-8']],
  ['another type', rating(), ['Content-Type: image/png']],
  ['too large', `{"a":"${'x'.repeat(17_000)}"}`, []],
  ['from a website that is not listed', rating(), ['Origin: https://elders.test']],
  ['with a token that is none', rating(), ['Authorization: Bearer nobody']],
] as [string, string, string[]][])(
  'IN17: a rating gets the same answer on a connection of its own and on one that stays: %s',
  async (_what, body, fields) => {
    const read = ([answered]: Answered[]) => {
      const { status, headers, body } = answered!;
      const seen = new Map(headers);
      for (const name of ['date', 'connection', 'keep-alive']) seen.delete(name);
      return { status, headers: [...seen].sort(), body: body.replace(/"receivedAt":"[^"]+"/, '') };
    };
    const again = body.replace(/"id":"[^"]+"/, `"id":"${randomUUID()}"`);
    const [stays, alone] = [
      read(await converse([request(body, ...fields)], 1)),
      // The length of a body with another id is the same.
      read(await converse([request(again, ...fields, 'Connection: close')], 1)),
    ];
    const plain = (one: typeof stays) => ({ ...one, body: one.body.replace(/"id":"[^"]+"/, '') });
    expect(plain(stays)).toEqual(plain(alone));
    expect(stays.headers.map(([name]) => name)).toEqual(
      expect.arrayContaining(['api-version', 'strict-transport-security', 'x-content-type-options']),
    );
  },
);

/** Requests of every kind, with the status that each has on a connection of its own. */
const kinds: { text: () => string; status: number }[] = [
  { text: () => request(rating()), status: 201 },
  { text: () => request(rating(), 'connection: Keep-Alive', 'X-Forwarded-For: 10.0.0.1'), status: 201 },
  { text: () => request('{}'), status: 400 },
  { text: () => request(rating(), 'Expect: 100-continue'), status: 100 },
  { text: () => 'GET /api/v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n', status: 404 },
  { text: () => 'GET /api/v1/summary HTTP/1.1\r\nHost: x\r\n\r\n', status: 401 },
  {
    text: () => {
      const body = rating();
      return `POST /api/v1/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    },
    status: 201,
  },
];

test('IN17: requests in pieces of any size, on one connection, are answered in order as if each came alone', async () => {
  const asked = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 });
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(asked, cuts, fc.boolean(), async (requests, places, halfClose) => {
      const texts = requests.map(({ text }) => text());
      const whole = texts.join('');
      // Cut anywhere, or between the requests.
      const at =
        places.length === 0
          ? texts.map((_, i) => texts.slice(0, i + 1).join('').length)
          : places.map((place) => Math.floor(place * whole.length)).sort((a, b) => a - b);
      const pieces = [0, ...at].map((from, i) => whole.slice(from, at[i] ?? whole.length)).filter(Boolean);
      const expected = requests.flatMap(({ status }) => (status === 100 ? [100, 201] : [status]));
      const before = countRatings(program.dataDir);
      const answered = await converse(pieces, expected.length, halfClose);
      expect(answered.map(({ status }) => status)).toEqual(expected);
      expect(countRatings(program.dataDir) - before).toBe(expected.filter((status) => status === 201).length);
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['two lengths', request(rating(), 'Content-Length: 3'), 400],
  ['a length and chunks', request(rating(), 'Transfer-Encoding: chunked'), 400],
  ['a space before the colon', request(rating(), 'X-Odd : 1'), 400],
  ['a line that is folded', request(rating(), 'X-Odd: 1\r\n 2'), 400],
  ['a bare line feed', request(rating()).replace('Host: klantpuls.gemeente.test\r\n', 'Host: x\n'), 400],
  ['a length that is none', request(rating()).replace(/Content-Length: \d+/, 'Content-Length: +9'), 400],
  ['a control character after many spaces', request(rating(), `X-Odd:${' '.repeat(7000)}\x01`), 400],
  ['no host', request(rating()).replace(/Host: .*\r\n/, ''), 400],
])('IN17: what two parties could read in two ways is refused: %s', async (_what, text, status) => {
  const before = countRatings(program.dataDir);
  const [answered] = await converse([text], 1);
  expect(answered?.status).toBe(status);
  expect(countRatings(program.dataDir)).toBe(before);
});

test('IN17: a connection on which nothing is asked any more is ended', async () => {
  expect(await idle).toMatch(/^HTTP\/1.1 201 Created\r\n.*Keep-Alive: timeout=5\r\n/s);
});

/** Resolves with what it was answered when the other side ends the connection, some seconds later. */
const idling = () =>
  new Promise<string>((resolve) => {
    const socket = connect({ port: listening, host: '127.0.0.1' });
    socket.write(request(rating()));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('close', () => resolve(answer));
  });

test('IN17: what one connection brings ahead of its answer is not touched by what others bring meanwhile', async () => {
  const idOf = ({ body }: Answered) => JSON.parse(body).id as string;
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      const ids = Array.from({ length: 6 }, () => randomUUID());
      const answers = await converse(
        ids.map((id) => request(rating(id))),
        ids.length,
      );
      expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
      expect(answers.map(idOf)).toEqual(ids);
    }),
  );
});
