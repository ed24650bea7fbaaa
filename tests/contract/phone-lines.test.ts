import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SimulatedAnswer } from '#shared/contract/telephony.ts';
import { countRatings, inDatabase } from '../support/database.ts';
import { freePort } from '../support/mailbox.ts';
import { parametersOf, readDocument, sendWebhook } from '../support/phone.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';

const line = 'telefoon-14079';
const secret = 'a secret of the platform';
/** How the world knows it: what is signed and what action addresses begin with. */
const publicUrl = 'https://klantpuls.voorbeeld.nl';
let program: Program;
let here: string;
let tokens: Record<'viewer' | 'admin' | 'line' | 'manager', string>;

beforeAll(async () => {
  const port = await freePort();
  here = `http://127.0.0.1:${port}`;
  const started = await startPrepared({
    environment: { PORT: String(port), PUBLIC_URL: publicUrl, LOG_LEVEL: 'debug' },
    settings: { products: [{ key: 'paspoort', name: 'Paspoort', upl: null, retired: false }] },
    tokens: { viewer: 'viewer', admin: 'admin', manager: 'manager', line: `machine telephony:${line}` },
  });
  program = started.program;
  tokens = started.tokens;
});
afterAll(() => program.stop());

const as = (token: string) => ({ authorization: `Bearer ${token}` });
const api = (method: string, path: string, body?: unknown, token = tokens.admin) =>
  send<Record<string, unknown>>(method, `${here}/api/v1${path}`, body, as(token));
const settings = { platform: 'twilio', languages: [] as string[], voices: {}, recordings: {} };
const setLine = (fields: object) => api('PUT', `/telephony/lines/${line}`, { ...settings, ...fields });

const message = (callId: string, action: string, more: Record<string, string> = {}) =>
  sendWebhook(here + action.slice(publicUrl.length), parametersOf(callId, more), { secret, signed: action });
const begin = `${publicUrl}/api/v1/telephony/twiml/${line}`;
const newCall = () => `CA${randomUUID().replaceAll('-', '')}`;

test('TP8: the settings of a line are an administrator’s; the secret is sealed and is given back to nobody', async () => {
  const reply = await setLine({ secret, languages: ['en', 'nl', 'ar'] });
  expect([reply.status, reply.body]).toEqual([
    200,
    {
      ...settings,
      ...{ touchpoint: line, name: 'Telefoon 14 079', languages: ['en', 'nl', 'ar'], secret: 'own' },
      ...{ webhook: begin, statusCallback: `${begin}/status` },
    },
  ]);
  const read = await api('GET', '/telephony/lines');
  expect(read.body).toEqual({ items: [reply.body] });
  const sealed = inDatabase(program.dataDir, (db) =>
    db.prepare('SELECT secret FROM phone_lines').pluck().get(),
  );
  expect(Buffer.from(sealed as Buffer).includes(secret)).toBe(false);
  for (const token of [tokens.viewer, tokens.manager, tokens.line])
    expect((await api('GET', '/telephony/lines', undefined, token)).status).toBe(403);
  expect((await send('PUT', `${here}/api/v1/telephony/lines/${line}`, settings)).status).toBe(401);
  expect((await api('PUT', '/telephony/lines/none', settings)).status).toBe(404);
});

test('TP8: every mistake in the settings of a line is named at its place', async () => {
  const reply = await setLine({
    languages: ['nl', 'xx'],
    voices: { fr: 'Lea' },
    recordings: { nl: { greeting: 'https://voorbeeld.nl/groet.mp3', hello: 'https://voorbeeld.nl/x.mp3' } },
  });
  const pointers = (reply.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
  expect([reply.status, pointers]).toEqual([400, ['/languages/1', '/voices/fr', '/recordings/nl/hello']]);
  const shape = await setLine({ platform: 'other', recordings: { nl: { greeting: 'javascript:x' } } });
  expect((shape.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
    '/platform',
    '/recordings/nl/greeting',
  ]);
});

test('TP2: without a language the caller chooses one, each in its own words; the signature is over the public address', async () => {
  await setLine({ secret, languages: ['en', 'nl', 'ar'] });
  const callId = newCall();
  const menu = await message(callId, begin);
  expect(menu.languages).toEqual(['en-GB', 'nl-NL', 'ar-XA']);
  expect(menu.said).toContain('For English, press 1. Voor Nederlands, druk op 2.');
  expect(menu.gather?.numDigits).toBe('1');
  expect(menu.action).toMatch(new RegExp(`^${publicUrl}/api/v1/telephony/twiml/${line}\\?`));
  const again = await message(callId, menu.action!, { Digits: '7' });
  expect(again.languages).toEqual(['en-GB', 'nl-NL', 'ar-XA']);
  const arabic = await message(callId, again.action!, { Digits: '3' });
  expect(new Set(arabic.languages)).toEqual(new Set(['ar-XA']));
  const read = await message(callId, arabic.action!, { Digits: '8' });
  expect(read.said).toContain('ثمانية');
  const [language] = inDatabase(program.dataDir, (db) =>
    db
      .prepare('SELECT key FROM ratings JOIN languages ON languages.id = language ORDER BY seq DESC')
      .pluck()
      .all(),
  );
  expect(language).toBe('ar');
  // Who chooses nothing hears the first language; a line with one language has no menu, nor has an address with one.
  const silent = await message(newCall(), begin);
  const twice = await message('CAsilent', (await message('CAsilent', silent.action!)).action!);
  expect(twice.said).toContain('Which grade');
  expect((await message(newCall(), `${begin}?lang=nl`)).said).toContain('Welk cijfer');
  await setLine({ languages: ['nl'] });
  expect((await message(newCall(), begin)).said).toContain('Welk cijfer');
  expect((await message(newCall(), `${begin}?lang=en`)).said).toContain('Welk cijfer');
});

test('TP8: what was recorded is played, the rest is spoken with the line’s own voice', async () => {
  const at = (name: string) => `https://voorbeeld.nl/geluid?naam=${name}&taal=nl`;
  const recorded = ['greeting', 'given', 'grade8', 'thanks', 'goodbye'];
  await setLine({
    languages: ['nl'],
    voices: { nl: 'Polly.Laura-Neural' },
    recordings: { nl: Object.fromEntries(recorded.map((name) => [name, at(name)])) },
  });
  const callId = newCall();
  const first = readDocument((await message(callId, begin)).xml).children[0]!;
  expect(first.children.map(({ name }) => name)).toEqual(['Play', 'Say']);
  expect(first.children[0]!.text).toBe(at('greeting'));
  expect(first.children[1]!.attributes).toEqual({ language: 'nl-NL', voice: 'Polly.Laura-Neural' });
  const confirm = await message(callId, first.attributes.action!, { Digits: '8' });
  expect(confirm.said).toContain(`${at('given')} ${at('grade8')} Klopt dat?`);
  // No recording of this grade: the whole sentence is spoken.
  const other = await message(newCall(), first.attributes.action!, { Digits: '9' });
  expect(other.said).toContain('U gaf een negen.');
  expect((await message(callId, confirm.action!)).said).toBe(at('thanks'));
});

interface Rate {
  touchpoint: string;
  offers: number;
  calls: number;
  rated: number;
  brokenOff: number;
  responseRate: number | null;
}
const rate = async (query = '') => {
  const reply = await get<{ items: Rate[] }>(here, `/telephony/response-rates${query}`, tokens.viewer);
  return reply.body.items.find(({ touchpoint }) => touchpoint === line);
};

test('TP7: an offer counts once, as JSON or form-encoded; staff see the share of callers who answered', async () => {
  const before = (await rate()) ?? { offers: 0, rated: 0 };
  const offer = (body: unknown, token = tokens.line) => api('POST', '/telephony/offers', body, token);
  const call = {
    callId: 'call-1',
    touchpoint: line,
    language: 'nl',
    occurredAt: '2026-03-01T12:00:00+01:00',
  };
  expect(await offer(call)).toMatchObject({ status: 201, body: { touchpoint: line, status: 'accepted' } });
  expect(await offer(call)).toMatchObject({ status: 200, body: { touchpoint: line, status: 'duplicate' } });
  const form = await fetch(`${here}/api/v1/telephony/offers`, {
    method: 'POST',
    headers: as(tokens.line),
    body: new URLSearchParams({ callId: 'call-2', touchpoint: line }),
  });
  expect(form.status).toBe(201);
  const rating = await api(
    'POST',
    '/telephony/ratings',
    { callId: 'call-2', touchpoint: line, grade: 8 },
    tokens.line,
  );
  const again = await api(
    'POST',
    '/telephony/ratings',
    { callId: 'call-2', touchpoint: line, grade: 9 },
    tokens.line,
  );
  expect([rating.status, again.status]).toEqual([201, 200]);
  const after = (await rate())!;
  expect([after.offers - before.offers, after.rated - before.rated]).toEqual([2, 1]);
  expect(after.responseRate).toBeCloseTo(after.rated / after.offers, 9);
  expect(await rate('?from=2026-03-01&to=2026-03-01')).toMatchObject({
    offers: 1,
    rated: 0,
    responseRate: 0,
  });
  expect(await rate('?from=2026-02-01&to=2026-02-28')).toBeUndefined();

  expect((await offer(call, tokens.viewer)).status).toBe(403);
  expect((await send('POST', `${here}/api/v1/telephony/offers`, call)).status).toBe(401);
  expect((await offer({ ...call, touchpoint: 'balie-1' })).status).toBe(403);
  expect((await offer({ ...call, from: '+31612345678' })).body.errors).toEqual([
    expect.objectContaining({ pointer: '/from', code: 'unknown-field' }),
  ]);
  expect((await offer({ ...call, occurredAt: '1999-12-31T00:00:00Z' })).status).toBe(400);
  expect((await get(here, '/telephony/response-rates?from=gisteren', tokens.viewer)).status).toBe(400);
});

test('TP9: a call that tries a line goes step by step through the same webhooks, and never counts', async () => {
  await setLine({ languages: ['nl', 'en'] });
  const before = [await rate(), await histogram()];
  const stored = countRatings(program.dataDir);
  const step = async (body: object) => {
    const reply = await api('POST', `/telephony/lines/${line}/simulated-steps`, body);
    expect(reply.status).toBe(200);
    return reply.body as SimulatedAnswer;
  };
  const callId = randomUUID();
  const menu = await step({ callId: randomUUID() });
  expect(menu.heard.map(({ language }) => language)).toEqual(['nl-NL', 'en-GB']);
  const first = await step({ callId, language: 'nl' });
  readDocument(first.document);
  expect(first.heard.map(({ text }) => text).join(' ')).toContain('Welk cijfer');
  expect(first.gather).toMatchObject({ digits: 2, finishOnKey: '#', timeout: 3 });
  const confirm = await step({ callId, action: first.gather!.action, digits: '8' });
  expect(confirm.heard[0]!.text).toBe('U gaf een acht.');
  const thanks = await step({ callId, action: confirm.gather!.action });
  expect(thanks.gather).toBeNull();
  expect((await step({ callId, hangUp: true })).heard).toEqual([]);
  expect(countRatings(program.dataDir)).toBe(stored + 1);
  expect([await rate(), await histogram()]).toEqual(before);
  const path = `/telephony/lines/${line}/simulated-steps`;
  expect((await api('POST', path, { callId }, tokens.manager)).status).toBe(403);
  expect((await api('POST', path, { callId, digits: 'x' })).status).toBe(400);
  expect((await api('POST', '/telephony/lines/none/simulated-steps', { callId })).status).toBe(404);
  // The key with which calls are tried opens nothing that counts.
  const action = first.gather!.action.replace('&trial=1', '');
  expect((await message(newCall(), action, { Digits: '8' })).status).toBe(200);
});

const histogram = async () =>
  (await get<{ total: { histogram: number[] } }>(here, `/summary?touchpoint=${line}`, tokens.viewer)).body
    .total.histogram;

test('TP9: the command calls a line of the running server, shows what the caller hears and what was kept', async () => {
  await setLine({ languages: ['nl', 'en'], secret });
  const before = await histogram();
  const call = async (...args: string[]) => program.command('call', '--line', line, '--url', here, ...args);
  process.env.PUBLIC_URL = publicUrl;
  try {
    const done = await call('--keys', '8#1');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(
      /Welk cijfer[\s\S]*presses 8#[\s\S]*U gaf een acht[\s\S]*presses 1[\s\S]*Dank u wel/,
    );
    expect(done.stdout).toContain('Kept: 8 (a trial)');
    expect((await call('--keys', '10h', '--language', 'en')).stdout).toMatch(/You gave ten[\s\S]*Kept: 10/);
    expect((await call('--keys', '20', '--menu')).stdout).toMatch(/presses 2\n[\s\S]*Nothing was kept/);
    expect(await histogram()).toEqual(before);
    expect((await call('--keys', '7', '--for-real')).stdout).toMatch(/Kept: 7\n/);
    expect((await histogram())[6]).toBe(before[6]! + 1);
    expect(await call('--line', 'none')).toMatchObject({ code: 1, stderr: expect.stringContaining('none') });
    const nobody = await program.command('call', '--line', line, '--url', 'http://127.0.0.1:9');
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') });
  } finally {
    delete process.env.PUBLIC_URL;
  }
});

test('TP6: the number of a caller is nowhere: database, write-ahead log, log and metrics', async () => {
  const callId = newCall();
  await setLine({ languages: ['nl'], secret });
  const first = await message(callId, begin);
  await message(callId, first.action!, { Digits: '8' });
  await message(callId, `${publicUrl}/api/v1/telephony/twiml/${line}?step=wrong`);
  await message(callId, `${begin}/status`, { CallStatus: 'completed' });
  const folder = dirname(join(program.dataDir, 'x'));
  const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  expect(files).toContain('klantpuls.db-wal');
  const metrics = await fetch(`${here}/metrics`, { headers: as(tokens.admin) });
  const places: [string, Buffer][] = [
    ...files.map((name): [string, Buffer] => [name, readFileSync(join(folder, name))]),
    ['log', Buffer.from(program.output.join('\n'))],
    ['metrics', Buffer.from(await metrics.text())],
  ];
  expect(program.output.join('\n')).toContain('"code"');
  for (const [name, bytes] of places)
    for (const trace of ['31612345678', '612345678', callId, secret])
      expect({ name, trace, found: bytes.includes(trace) }).toEqual({ name, trace, found: false });
});

test('TP11: a link of an earlier survey leads to the form with the grade chosen; opening it writes nothing', async () => {
  const before = countRatings(program.dataDir);
  const link = { touchpoint: 'digitaal-product', product: null, forms: { '204': 'paspoort' }, grades: {} };
  expect((await api('PUT', '/survey-links/13', link)).body).toEqual({ id: '13', ...link });
  expect(
    (await api('PUT', '/survey-links/kf-2', { touchpoint: 'website', grades: { '1': 9, '3': 3 } })).status,
  ).toBe(200);
  const open = async (path: string, method = 'GET') => {
    const reply = await fetch(here + path, { method, redirect: 'manual' });
    return [reply.status, reply.headers.get('location')];
  };
  const table: [string, string][] = [
    ['13?Q_Formid=204&Q_RATINGID=8', '/f/digitaal-product?grade=8&product=paspoort'],
    ['13?Q_Formid=7&Q_RATINGID=10', '/f/digitaal-product?grade=10'],
    ['13?Q_RATINGID=11', '/f/digitaal-product'],
    ['13', '/f/digitaal-product'],
    ['kf-2?Q_RATINGID=1', '/f/website?grade=9'],
    ['kf-2?Q_RATINGID=2', '/f/website'],
  ];
  for (const [path, target] of table)
    for (const method of ['GET', 'HEAD'])
      expect(await open(`/theme/kf/${path}`, method)).toEqual([302, target]);
  const form = await (await fetch(`${here}/theme/kf/13?Q_Formid=204&Q_RATINGID=8`)).text();
  expect(form).toMatch(/value="8"[^>]*checked/);
  expect(form).toContain('name="product" value="paspoort"');
  expect((await open('/theme/kf/14?Q_RATINGID=8'))[0]).toBe(404);
  expect(countRatings(program.dataDir)).toBe(before);

  const wrong = await api('PUT', '/survey-links/14', {
    touchpoint: 'none',
    product: 'none',
    forms: { a: 'no' },
  });
  expect((wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
    '/touchpoint',
    '/product',
    '/forms/a',
  ]);
  expect((await api('PUT', '/survey-links/a%2Fb', link)).status).toBe(400);
  expect((await api('GET', '/survey-links', undefined, tokens.manager)).status).toBe(403);
  const all = (await api('GET', '/survey-links')).body.items as { id: string }[];
  expect(all.map(({ id }) => id)).toEqual(['13', 'kf-2']);
  expect((await api('DELETE', '/survey-links/13')).status).toBe(204);
  expect((await api('DELETE', '/survey-links/13')).status).toBe(404);
  expect((await open('/theme/kf/13'))[0]).toBe(404);
});

test('TP10: yes or no and a choice of the touchpoint’s questionnaire follow the grade; answers are additions', async () => {
  const question = (key: string, type: string, more = {}) => ({
    ...{ key, type, text: { nl: `Vraag over ${key}?`, en: `Question about ${key}?` }, options: [] },
    ...more,
  });
  const options = ['wachten', 'uitleg', 'toon'].map((key) => ({ key, text: { nl: key, en: `${key} (en)` } }));
  const made = await api('POST', '/questionnaires', {
    ...{ touchpoint: line, after: 1, scale: 'grade', question: null, commentQuestion: null, product: null },
    questions: [
      question('verteld', 'text'),
      question('opgelost', 'yes-no'),
      question('meerdere', 'multiple', { options }),
      question('waarover', 'choice', { options, to: 6 }),
      question('derde', 'yes-no'),
    ],
  });
  expect([made.status, made.body.version]).toEqual([201, 2]);
  await setLine({ languages: ['nl'], secret });
  const stored = () =>
    inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT grade, form, answers FROM ratings ORDER BY seq DESC').get(),
    );

  const callId = newCall();
  const first = await message(callId, begin);
  const confirm = await message(callId, first.action!, { Digits: '4' });
  expect(stored()).toEqual({ grade: 4, form: 2, answers: null });
  const solved = await message(callId, confirm.action!, { Digits: '1' });
  expect(solved.said).toBe('Vraag over opgelost? Voor ja, druk op 1. Voor nee, druk op 2.');
  const again = await message(callId, solved.action!, { Digits: '3' });
  expect(again.said).toMatch(/^Die keuze kennen wij niet. Vraag over opgelost/);
  const about = await message(callId, again.action!, { Digits: '2' });
  expect(JSON.parse((stored() as { answers: string }).answers)).toEqual({ opgelost: false });
  expect(about.said).toContain('Voor wachten, druk op 1. Voor uitleg, druk op 2. Voor toon, druk op 3.');
  const end = await message(callId, about.action!, { Digits: '2' });
  expect([end.action, end.said]).toEqual([null, expect.stringMatching(/^Dank u wel/)]);
  const answers = { opgelost: false, waarover: 'uitleg' };
  expect(stored()).toMatchObject({ grade: 4 });
  expect(JSON.parse((stored() as { answers: string }).answers)).toEqual(answers);
  // Every answer once more, the last first: nothing moves.
  for (const [action, Digits] of [
    [about.action, '1'],
    [solved.action, '1'],
    [first.action, '9'],
  ] as const)
    await message(callId, action!, { Digits });
  expect(stored()).toMatchObject({ grade: 4 });
  expect(JSON.parse((stored() as { answers: string }).answers)).toEqual(answers);

  // A high grade is not asked what was wrong: two questions at most, of those that fit; silence ends the call.
  const high = newCall();
  const good = await message(high, first.action!, { Digits: '9' });
  const yes = await message(high, (await message(high, good.action!)).action!, { Digits: '1' });
  expect(yes.said).toContain('Vraag over derde?');
  const silent = await message(high, (await message(high, yes.action!)).action!);
  expect(silent.said).toMatch(/^Dank u wel/);
  expect(JSON.parse((stored() as { answers: string }).answers)).toEqual({ opgelost: true });
});
