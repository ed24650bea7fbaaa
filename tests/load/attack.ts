import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { startPrepared } from '../support/prepared.ts';

const help = `Sends bad requests to a program of its own: made at random from the routes of the API document, with any method, header,
query and body, and bytes on a socket that are no request. Ends with 1 at the first answer of 500 or more, when the
program dies or logs an error, or when its memory grows.

  npm run attack                      100,000 of them
  npm run attack -- --requests 2000   so many`;

/** How many hang on at the same time. */
const together = 16;

export interface Attacked {
  requests: number;
  statuses: Record<string, number>;
  /** Resident memory in bytes after a tenth of the requests, and at the end. */
  before: number;
  after: number;
  errors: string[];
}

export async function attack(
  requests: number,
  onProgress: (done: number) => void = () => {},
): Promise<Attacked> {
  const { program, tokens } = await startPrepared({ tokens: { admin: 'admin', machine: 'machine' } });
  try {
    const document = await (await fetch(`${program.url}/api/v1/openapi.json`)).json();
    const paths = [...Object.keys(document.paths).map((path) => `/api/v1${path}`), ...pages];
    const wanted = fc.record({
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
      token: fc.constantFrom(tokens.admin, tokens.machine, 'x', '', null),
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
    type Bad = typeof wanted extends fc.Arbitrary<infer One> ? One : never;
    const statuses: Record<string, number> = {};
    const errors: string[] = [];
    let before = 0;
    let done = 0;
    const one = async (bad: Bad) => {
      const status = await send(program.url, bad);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (Number(status) >= 500 && status !== '501')
        errors.push(`${status} for ${JSON.stringify({ ...bad, bytes: undefined, token: undefined })}`);
      if (++done % 1000 === 0) onProgress(done);
      if (done === Math.ceil(requests / 10)) before = memoryOf(program.process.pid!);
    };
    while (done < requests && errors.length === 0 && program.process.exitCode === null) {
      const left = requests - done;
      const batch = fc.sample(wanted, { numRuns: Math.min(500, left), seed: done + 1 });
      const queue = batch.values();
      await Promise.all(
        Array.from({ length: together }, async () => {
          for (const bad of queue) await one(bad);
        }),
      );
    }
    const alive = await fetch(`${program.url}/healthz`);
    if (!alive.ok || program.process.exitCode !== null) errors.push('The program is no longer alive.');
    const logged = program.output.filter((line) => /"level":[56]0|Unhandled|Error:/.test(line));
    errors.push(...logged.map((line) => `logged: ${line}`));
    return { requests: done, statuses, before, after: memoryOf(program.process.pid!), errors };
  } finally {
    await program.stop();
  }
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
async function send(url: string, bad: Parameters<typeof requestOf>[1]): Promise<string> {
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

interface Bad {
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

/** Linux only; elsewhere memory is not looked at. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const at = args.indexOf('--requests');
  const requests = at < 0 ? 100_000 : Number(args[at + 1]);
  if (args.includes('--help') || !(requests > 0)) {
    console.log(help);
    process.exit(args.includes('--help') ? 0 : 1);
  }
  const result = await attack(requests, (done) => {
    if (done % 10_000 === 0) console.error(`${done} …`);
  });
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  console.log(`${result.requests} requests, answered: ${JSON.stringify(result.statuses)}`);
  console.log(`memory ${megabytes(result.before)} after a tenth, ${megabytes(result.after)} at the end`);
  for (const error of result.errors.slice(0, 20)) console.log(error);
  const grown = result.after > result.before * 1.5 + 64 * 2 ** 20;
  if (grown) console.log('The memory of the program grew.');
  process.exit(result.errors.length > 0 || grown ? 1 : 0);
}
