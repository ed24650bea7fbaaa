import { connect } from 'node:net';
import fc from 'fast-check';

/** One request as it is made, or bytes that are none. */
export interface Bad {
  path: string;
  word: string;
  query: [string, string][];
  method: string;
  token: string | null;
  type: string | null;
  body: string;
  header: [string, string];
  raw: boolean;
  bytes: Uint8Array;
}

/** Bad requests to these routes, with these tokens among others. */
export function badRequests(routes: readonly string[], tokens: readonly string[]): fc.Arbitrary<Bad> {
  const paths = [...routes, ...pages];
  return fc.record({
    path: fc.constantFrom(...paths),
    word: fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom(...words)),
    query: fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...words)), { maxLength: 4 }),
    method: fc.constantFrom(
      'GET',
      'GET',
      'POST',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'QUERY',
    ),
    token: fc.constantFrom(...tokens, 'x', '', null),
    type: fc.constantFrom(
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'image/png',
      '',
      null,
    ),
    body: fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.string({ maxLength: 200 }),
      fc.constantFrom(
        '',
        '{',
        '[]',
        'null',
        '"\\ud800"',
        '{"id":1}',
        `[${'['.repeat(5000)}`,
        'x'.repeat(20_000),
      ),
      fc
        .record({
          id: fc.anything(),
          grade: fc.anything(),
          touchpoint: fc.anything(),
          comment: fc.anything(),
        })
        .map(textOf),
    ),
    header: fc.tuple(fc.constantFrom(...headers), fc.string({ unit: 'grapheme-ascii', maxLength: 60 })),
    raw: fc.boolean(),
    bytes: fc.uint8Array({ maxLength: 300 }),
  });
}

const pages = [
  '/',
  '/kiosk',
  '/f/website',
  '/q/website',
  '/i/x',
  '/privacy',
  '/healthz',
  '/readyz',
  '/metrics',
  '/%',
  '/..%2f',
  '/socket.io/',
];
const names = [
  'from',
  'to',
  'by',
  'channel',
  'touchpoint',
  'interval',
  'cursor',
  'q',
  'language',
  'marked',
  'year',
  'text',
  '__proto__',
  'x[]',
  'EIO',
  'transport',
  'sid',
];
const words = [
  ...[
    '',
    '2024-01-01',
    '0000-00-00',
    '9999-99-99',
    'channel',
    '%',
    '%00',
    '\u0000',
    '../../etc/passwd',
    "' OR 1=1 --",
  ],
  ...[
    '💥',
    '-1',
    '1e999',
    'NaN',
    '{}',
    'x'.repeat(3000),
    '<script>',
    '{{7*7}}',
    'null',
    'true',
    '2024-01-01T00:00:00Z',
    '4',
    'polling',
    'websocket',
  ],
];
const headers = [
  'cookie',
  'origin',
  'x-forwarded-for',
  'accept-language',
  'if-none-match',
  'range',
  'accept-encoding',
  'content-encoding',
  'expect',
  'accept',
  'sec-fetch-site',
  'x-http-method-override',
];

function textOf(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? 'undefined'
    );
  } catch {
    return '{"a":';
  }
}

/** The status of the answer, or what became of the connection. */
export async function send(url: string, bad: Bad): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const end = () => {
      socket.destroy();
      resolve(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 'closed');
    };
    socket.setTimeout(8000, end);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.length > 15) end();
    });
    socket.on('error', end);
    socket.on('close', end);
    if (bad.raw) socket.end(Buffer.from(bad.bytes));
    else socket.write(requestOf(hostname, bad));
  });
}

function requestOf(host: string, { path, word, query, method, token, type, body, header }: Bad): Buffer {
  const filled = path.replace(/\{[^}]+\}/g, () => encodeURIComponent(word.toWellFormed()));
  const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const bytes = Buffer.from(body);
  const bodied = method !== 'GET' && method !== 'HEAD';
  const head = [
    `${method} ${filled}${search ? `?${search}` : ''} HTTP/1.1`,
    `host: ${host}`,
    ...(token === null ? [] : [`authorization: Bearer ${token}`]),
    ...(type === null ? [] : [`content-type: ${type}`]),
    `${header[0]}: ${header[1]}`,
    ...(bodied ? [`content-length: ${bytes.length}`] : []),
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), ...(bodied ? [bytes] : [])]);
}
