import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device, DeviceConfiguration, DevicePairing, DeviceToken } from '#shared/contract/device.ts';
import type { Problem } from '#shared/contract/errors.ts';
import type { Summary } from '#shared/contract/figures.ts';
import type { Form, Questionnaire } from '#shared/contract/questionnaire.ts';
import { referencesOf } from '../../server/storage/reference.ts';
import { inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, type Reply, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

const secret = 'een geheim van ten minste tweeendertig tekens';
let program: Program;
let tokens: Record<'admin' | 'manager' | 'viewer', string>;
beforeAll(async () => {
  const settings = {
    channels: [{ key: 'balie', name: 'Balie' }],
    touchpoints: ['balie-2', 'balie-3', 'proef', 'vragen'].map((key) => ({
      ...{ key, name: key, channel: 'balie', location: null, origins: [], retired: false },
      trial: key === 'proef',
    })),
    products: [{ key: 'paspoort', name: 'Paspoort', upl: null, retired: false }],
  };
  const roles = { admin: 'admin', manager: 'manager', viewer: 'viewer' };
  ({ program, tokens } = await startPrepared({
    settings,
    tokens: roles,
    environment: { SECRET_KEY: secret },
  }));
});
afterAll(() => program.stop());

const call = <Body>(method: string, path: string, body?: unknown, token: string | null = tokens.admin) =>
  send<Body>(method, `${program.url}/api/v1${path}`, body, token ? { authorization: `Bearer ${token}` } : {});
const rate = (fields: Record<string, unknown>, token: string | null = null) =>
  call<{ id: string; status: string | number }>('POST', '/ratings', aRating(fields), token);
const pointers = (reply: Reply<unknown>) =>
  (reply.body as Problem).errors.map(({ pointer, code }) => `${pointer} ${code}`);
const grant = 'urn:ietf:params:oauth:grant-type:device_code';
const ask = (code: string) =>
  call<DeviceToken & { error?: string }>(
    'POST',
    '/device-tokens',
    { grant_type: grant, device_code: code },
    null,
  );

async function startPairing(): Promise<DevicePairing> {
  const { status, body } = await call<DevicePairing>('POST', '/device-pairings', undefined, null);
  expect(status).toBe(201);
  return body;
}
async function pair(
  confirmation: object,
): Promise<{ device: Device; token: string; configuration: DeviceConfiguration }> {
  const { user_code, device_code } = await startPairing();
  const confirmed = await call<Device>('PUT', `/device-pairings/${user_code}`, confirmation);
  expect(confirmed.status).toBe(200);
  const { status, body } = await ask(device_code);
  expect(status).toBe(200);
  return { device: confirmed.body, token: body.access_token, configuration: body.configuration };
}
const heartbeat = (fields: object = {}) => ({
  ...{ queue: 2, oldestAge: 60, rejected: 0, version: '1a2b', configuration: null, persisted: true },
  ...{ battery: 0.4, charging: false, sentAt: new Date().toISOString() },
  ...fields,
});

describe('pairing', () => {
  test('DV1: a code is shown, confirmed by an administrator, and becomes a token; a lost reply costs nothing', async () => {
    const pairing = await startPairing();
    expect(pairing).toMatchObject({
      verification_uri: `${program.url}/beheer/apparaten`,
      verification_uri_complete: `${program.url}/beheer/apparaten?code=${pairing.user_code}`,
    });
    expect(Buffer.from(pairing.qr.split(',')[1]!, 'base64').toString()).toContain('<svg');
    const pending = await ask(pairing.device_code);
    expect([pending.status, pending.body.error]).toEqual([400, 'authorization_pending']);
    expect((await ask(pairing.device_code)).body.error).toBe('slow_down');
    expect(
      (await call('GET', `/device-pairings/${pairing.user_code}`, undefined, tokens.manager)).status,
    ).toBe(403);
    const typed = pairing.user_code.toLowerCase().replace('-', '');
    expect((await call('GET', `/device-pairings/${typed}`)).body).toMatchObject({
      userCode: pairing.user_code,
    });
    const wrong = await call('PUT', `/device-pairings/${typed}`, { name: 'Hal', touchpoint: 'nergens' });
    expect([wrong.status, pointers(wrong)]).toEqual([400, ['/touchpoint unknown-value']]);
    const confirmed = await call<Device>('PUT', `/device-pairings/${typed}`, {
      name: 'Hal',
      touchpoint: 'balie-2',
    });
    expect(confirmed.body).toMatchObject({ name: 'Hal', touchpoint: 'balie-2', state: 'new' });
    const [first, second] = [await ask(pairing.device_code), await ask(pairing.device_code)];
    expect(second.body).toEqual(first.body);
    expect(first.body).toMatchObject({ token_type: 'Bearer', scope: `device:${confirmed.body.id}` });
    expect(first.body.configuration).toMatchObject({ touchpoint: 'balie-2', idleSeconds: 15, pin: null });
    expect(Object.keys(first.body.configuration.forms)).toEqual(['nl', 'en', 'de', 'tr', 'ar', 'pl', 'uk']);
    expect((await call('GET', `/devices/${confirmed.body.id}`)).body).toMatchObject({ state: 'active' });
  });

  test('DV1: what is not a request for a token is told so, and a refused code ends', async () => {
    const errorOf = async (body: object) =>
      (await call<{ error: string }>('POST', '/device-tokens', body, null)).body.error;
    expect(await errorOf({ grant_type: 'password', device_code: 'x' })).toBe('unsupported_grant_type');
    expect(await errorOf({ device_code: 'x' })).toBe('invalid_request');
    expect(await errorOf({ grant_type: grant, device_code: 'x' })).toBe('expired_token');
    const { user_code, device_code } = await startPairing();
    expect((await call('DELETE', `/device-pairings/${user_code}`)).status).toBe(204);
    expect((await ask(device_code)).body.error).toBe('access_denied');
    expect((await call('DELETE', `/device-pairings/${user_code}`)).status).toBe(404);
  });

  test('DV2: once a tablet is paired its touchpoint takes ratings by token only; the token is for nothing else', async () => {
    expect((await rate({ touchpoint: 'balie-3' })).status).toBe(201);
    const { token, device } = await pair({ name: 'Balie 3', touchpoint: 'balie-3' });
    expect((await rate({ touchpoint: 'balie-3' })).status).toBe(401);
    const mine = await rate({ touchpoint: 'balie-3' }, token);
    expect(mine.status).toBe(201);
    expect((await rate({ touchpoint: 'balie-2' }, token)).status).toBe(401);
    expect((await call('PATCH', `/ratings/${mine.body.id}`, { grade: 3 }, null)).status).toBe(404);
    expect((await call('PATCH', `/ratings/${mine.body.id}`, { grade: 3 }, token)).status).toBe(200);
    for (const path of ['/summary', '/devices', '/audit-events'])
      expect((await call('GET', path, undefined, token)).status).toBe(403);
    expect((await call('GET', '/devices/self')).status).toBe(403);
    expect((await call('DELETE', `/devices/${device.id}`)).status).toBe(204);
    expect((await rate({ touchpoint: 'balie-3' })).status).toBe(201);
  });

  test('DV3: a revoked tablet is refused until it is paired again, and then delivers all that it kept', async () => {
    const { device, token } = await pair({ name: 'Balie 1', touchpoint: 'balie-1' });
    const ratings = [1, 2, 3].map(() =>
      aRating({ touchpoint: 'balie-1', givenAt: new Date().toISOString() }),
    );
    const batch = (bearer: string) =>
      call<{ results: { status: string }[] }>(
        'POST',
        '/ratings/batch',
        { sentAt: new Date().toISOString(), ratings },
        bearer,
      );
    expect((await call('DELETE', `/devices/${device.id}/token`)).status).toBe(204);
    expect((await batch(token)).status).toBe(401);
    expect((await call('GET', '/devices/self', undefined, token)).status).toBe(401);
    expect((await call('GET', `/devices/${device.id}`)).body).toMatchObject({ state: 'revoked' });
    expect((await rate({ touchpoint: 'balie-1' })).status).toBe(401);
    // It stands somewhere else from now on. Before its first pairing it stood, unpaired, where anybody may rate.
    const before = aRating({ touchpoint: 'website', givenAt: new Date().toISOString() });
    ratings.push(before);
    await call('PATCH', `/devices/${device.id}`, { touchpoint: 'balie-2' });
    const again = await pair({ device: device.id });
    expect(again.device.id).toBe(device.id);
    const { body } = await batch(again.token);
    expect(body.results.map(({ status }) => status)).toEqual(Array(4).fill('accepted'));
    const addition = { id: before.id, addition: true, grade: 2 };
    const added = await call<{ results: { status: string }[] }>(
      'POST',
      '/ratings/batch',
      { sentAt: new Date().toISOString(), ratings: [addition] },
      again.token,
    );
    expect(added.body.results.map(({ status }) => status)).toEqual(['accepted']);
    await call('DELETE', `/devices/${device.id}`);
  });

  test('DV4: a heartbeat is shown, an unusable one harms nothing, and a changed configuration is told', async () => {
    const { device, token, configuration } = await pair({ name: 'Hartslag', touchpoint: 'balie-2' });
    const beat = (body: object) =>
      call<{ configuration: string }>('POST', '/devices/self/heartbeats', body, token);
    const ahead = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const reply = await beat(heartbeat({ configuration: configuration.version, sentAt: ahead }));
    expect(reply).toMatchObject({ status: 200, body: { configuration: configuration.version } });
    const look = async () => (await call<Device>('GET', `/devices/${device.id}`)).body;
    expect(await look()).toMatchObject({ upToDate: true, heartbeat: { queue: 2, battery: 0.4 } });
    expect((await look()).clockOff).toBeGreaterThan(3 * 3600 - 60);
    const bad = await beat({ ...heartbeat(), queue: -1, battery: 40, extra: 1 });
    expect([bad.status, pointers(bad)]).toEqual([
      400,
      ['/queue range', '/battery range', '/extra unknown-field'],
    ]);

    const changed = await call<Device>('PATCH', `/devices/${device.id}`, {
      name: 'Hal',
      idleSeconds: 40,
      pin: '4711',
    });
    expect(changed.body).toMatchObject({ name: 'Hal', idleSeconds: 40, hasPin: true, upToDate: false });
    const now = await call<DeviceConfiguration>('GET', '/devices/self', undefined, token);
    expect(now.body).toMatchObject({ idleSeconds: 40, device: { name: 'Hal' } });
    expect(now.body.version).not.toBe(configuration.version);
    expect((await beat(heartbeat())).body.configuration).toBe(now.body.version);
    const { salt, hash, iterations } = now.body.pin!;
    const { pbkdf2Sync } = await import('node:crypto');
    expect(pbkdf2Sync('4711', Buffer.from(salt, 'base64'), iterations, 32, 'sha256').toString('base64')).toBe(
      hash,
    );
    expect(JSON.stringify((await call('GET', '/devices')).body)).not.toContain(hash);
    const refused = await call('PATCH', `/devices/${device.id}`, {
      idleSeconds: 5,
      pin: '12',
      openingHours: [],
    });
    expect(pointers(refused)).toEqual(['/idleSeconds range', '/openingHours range', '/pin format']);
    await call('DELETE', `/devices/${device.id}`);
  });

  test('DV6: a tablet hears its whole configuration at the start, after every change, and when its token ends', async () => {
    const { device, token } = await pair({ name: 'Live', touchpoint: 'balie-2' });
    const heard: (DeviceConfiguration | 'revoked')[] = [];
    const socket: Socket = io(`${program.url}/device`, {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
    });
    socket.on('configuration', (configuration: DeviceConfiguration) => heard.push(configuration));
    socket.on('revoked', () => heard.push('revoked'));
    await until('the first configuration', () => heard.length === 1);
    await call('PUT', '/closed-days', { items: ['2027-02-01'] });
    await until('the closed day', () => heard.length === 2);
    expect((heard[1] as DeviceConfiguration).holidays).toContain('2027-02-01');
    // Nothing that concerns it.
    await call('POST', '/products', { key: 'akte', name: 'Akte' });
    await call('PATCH', `/devices/${device.id}`, { name: 'Live 2' });
    await until('the new name', () => heard.length === 3);
    expect(heard[2]).toMatchObject({ device: { name: 'Live 2' } });
    await call('DELETE', `/devices/${device.id}/token`);
    await until('the end', () => heard.at(-1) === 'revoked' && socket.disconnected);

    const stranger: Socket = io(`${program.url}/device`, {
      auth: { token: tokens.admin },
      transports: ['websocket'],
      reconnection: false,
    });
    const refusal = await new Promise<Error>((resolve) => stranger.on('connect_error', resolve));
    expect(refusal.message).toBe('not-signed-in');
    await call('DELETE', `/devices/${device.id}`);
  });
});

describe('questionnaires', () => {
  const questions = [
    {
      key: 'reden',
      type: 'multiple',
      text: { nl: 'Waarom?', en: 'Why?' },
      to: 5,
      options: [
        { key: 'tijd', text: { nl: 'Wachttijd', en: 'Waiting' } },
        { key: 'uitleg', text: { nl: 'Uitleg' } },
      ],
    },
    { key: 'geholpen', type: 'yes-no', text: { nl: 'Bent u geholpen?' } },
  ];
  const input = (fields: object = {}) => ({
    ...{
      touchpoint: 'vragen',
      after: 1,
      scale: 'grade',
      question: null,
      commentQuestion: { nl: 'Wat kan beter?' },
    },
    ...{ product: 'paspoort', questions },
    ...fields,
  });
  const form = async (language: string, query = '') =>
    (await call<Form>('GET', `/touchpoints/vragen/form?language=${language}${query}`, undefined, null)).body;

  test('QN3: a rating is held against the version that it names, and a new version changes no old answer', async () => {
    expect((await form('nl')).version).toBe(1);
    const early = await rate({ touchpoint: 'vragen', answers: {} });
    const made = await call<Questionnaire>('POST', '/questionnaires', input());
    expect(made).toMatchObject({ status: 201, body: { version: 2, method: 'Rapportcijfer 1 tot 10' } });
    const dutch = await form('nl');
    expect(dutch).toMatchObject({
      version: 2,
      commentLabel: 'Wat kan beter?',
      product: 'paspoort',
      trial: false,
    });
    expect(dutch.questions.map(({ key, from, to, text }) => [key, from, to, text])).toEqual([
      ['reden', 1, 5, 'Waarom?'],
      ['geholpen', 1, 10, 'Bent u geholpen?'],
    ]);
    const english = await form('en');
    expect(english.questions[0]!.options.map(({ text }) => text)).toEqual(['Waiting', 'Uitleg']);
    expect(english.commentLabel).not.toBe('Wat kan beter?');

    const answers = { reden: ['tijd'], geholpen: false };
    const given = await rate({ touchpoint: 'vragen', grade: 4, form: 2, answers });
    expect(given.status).toBe(201);
    const wrong = await rate({
      touchpoint: 'vragen',
      form: 2,
      answers: { reden: ['x'], geholpen: 'ja', oud: 'x' },
    });
    expect([wrong.status, pointers(wrong)]).toEqual([400, ['/answers/oud unknown-value']]);
    const typed = await rate({ touchpoint: 'vragen', form: 2, answers: { reden: ['x'], geholpen: 'ja' } });
    expect(pointers(typed)).toEqual(['/answers/reden unknown-value', '/answers/geholpen type']);
    expect(pointers(await rate({ touchpoint: 'vragen', form: 9 }))).toEqual(['/form unknown-value']);
    expect(pointers(await rate({ touchpoint: 'vragen', form: 2, smiley: 3 }))).toEqual(['/grade scale']);
    const patch = (body: object) => call('PATCH', `/ratings/${given.body.id}`, body, null);
    expect((await patch({ answers: { geholpen: true } })).status).toBe(200);
    expect(pointers(await patch({ answers: { reden: 'tijd' } }))).toEqual(['/answers/reden type']);

    const next = await call<Questionnaire>(
      'POST',
      '/questionnaires',
      input({ after: 2, questions: [], product: null }),
    );
    expect(next.body).toMatchObject({ version: 3, method: 'Rapportcijfer 1 tot 10' });
    expect((await call('POST', '/questionnaires', input({ after: 2 }))).status).toBe(409);
    const old = { touchpoint: 'vragen', form: 2, answers: { geholpen: true } };
    expect((await rate(old)).status).toBe(201);
    expect((await rate({ ...old, form: 3 })).status).toBe(400);
    // Without a version: the one that was valid when it was given.
    expect((await rate({ touchpoint: 'vragen', answers: { geholpen: true } })).status).toBe(400);
    const then = new Date(Date.parse(made.body.validFrom!) + 1).toISOString();
    expect((await rate({ touchpoint: 'vragen', answers: { geholpen: true }, givenAt: then })).status).toBe(
      201,
    );
    const kept = inDatabase(program.dataDir, (db) =>
      db
        .prepare(
          "SELECT r.form, r.answers, r.product FROM ratings r WHERE r.placement IN (SELECT id FROM placements WHERE touchpoint = 'vragen') ORDER BY seq",
        )
        .all(),
    );
    expect(kept.slice(0, 2)).toMatchObject([
      { form: null },
      { form: 2, answers: '{"geholpen":true}', product: 1 },
    ]);
    expect(early.status).toBe(201);
    const { body } = await call<{ items: Questionnaire[] }>('GET', '/questionnaires?touchpoint=vragen');
    expect(body.items.map(({ version, validFrom }) => [version, validFrom === null])).toEqual([
      [3, false],
      [2, false],
      [1, true],
    ]);
  });

  test('QN2: other words or another scale make a break in the series, other questions do not', async () => {
    const breaks = async () =>
      (
        await call<{ breaks: { label: string }[] }>('GET', '/series?interval=day&touchpoint=vragen')
      ).body.breaks.map(({ label }) => label);
    expect(await breaks()).toEqual([]);
    const asked = input({ after: 3, question: { nl: 'Hoe tevreden bent u over ons?' }, questions: [] });
    const { body } = await call<Questionnaire>('POST', '/questionnaires', asked);
    expect(body.method).toBe('Rapportcijfer 1 tot 10: “Hoe tevreden bent u over ons?”');
    for (let i = 0; i < 2; i++) expect((await rate({ touchpoint: 'vragen', form: 4 })).status).toBe(201);
    expect((await call<Summary>('GET', '/summary?touchpoint=vragen')).body.total.mixedMethods).toBe(true);
    expect(await breaks()).toHaveLength(1);
    // A tablet without a network still asks as before.
    const methods = () =>
      inDatabase(program.dataDir, (db) =>
        db.prepare("SELECT count(*) FROM placements WHERE touchpoint = 'vragen'").pluck().get(),
      );
    const before = methods();
    expect((await rate({ touchpoint: 'vragen', form: 3 })).status).toBe(201);
    expect(methods()).toBe(before);
    const faces = await call<Questionnaire>(
      'POST',
      '/questionnaires',
      input({ after: 4, scale: 'smiley', questions: [] }),
    );
    expect(faces.body.method).toBe('Vijf smileys');
    expect((await form('nl')).scale).toBe('smiley');
    expect((await rate({ touchpoint: 'vragen', form: 5, smiley: 4 })).status).toBe(201);
  });

  test('QN6: every mistake in a questionnaire is told at its place, and nothing is made of it', async () => {
    const bad = input({
      ...{ touchpoint: 'balie-2', question: { nl: ' ' }, product: 'paspoort' },
      questions: [
        { key: 'A b', type: 'choice', text: {}, options: [{ key: 'x', text: { nl: 'x' } }] },
        { key: 'c', type: 'text', text: { nl: 'x' }, from: 8, to: 2 },
      ],
    });
    const reply = await call('POST', '/questionnaires', bad);
    expect(reply.status).toBe(400);
    expect(pointers(reply)).toEqual(
      expect.arrayContaining(['/question/nl range', '/questions/0/key format', '/questions/0/text required']),
    );
    expect(pointers(await call('POST', '/questionnaires', input({ touchpoint: 'nergens' })))).toEqual([
      '/touchpoint unknown-value',
    ]);
    expect(pointers(await call('POST', '/questionnaires', input({ after: 5, product: 'geen' })))).toEqual([
      '/product unknown-value',
    ]);
    expect((await call('POST', '/questionnaires', input({ after: 5 }), tokens.manager)).status).toBe(403);
    const six = Array.from({ length: 6 }, (_, i) => ({ key: `q${i}`, type: 'text', text: { nl: 'x' } }));
    expect(pointers(await call('POST', '/questionnaires', input({ questions: six })))).toEqual([
      '/questions too-many',
    ]);
  });

  test('AB3: a form asked for a rating comes with a token that is bound to it', async () => {
    const id = randomUUID();
    const asked = await form('nl', `&rating=${id}`);
    expect(asked.formToken).toMatch(/^[0-9a-z]+\.[\w-]{22}$/);
    expect((await form('nl')).formToken).toBeUndefined();
    expect((await rate({ id, formToken: asked.formToken })).status).toBe(201);
  });
});

describe('administration', () => {
  test('AD1: channels, touchpoints and products are made, changed and retired; what is taken or unknown is told', async () => {
    expect((await call('POST', '/channels', { key: 'wijk', name: 'Wijk' })).status).toBe(201);
    expect((await call('POST', '/channels', { key: 'wijk', name: 'Wijk' })).status).toBe(409);
    expect((await call('PATCH', '/channels/wijk', { name: 'In de wijk' })).body).toEqual({
      key: 'wijk',
      name: 'In de wijk',
    });
    const point = { key: 'markt', name: 'Markt', channel: 'wijk' };
    const made = await call('POST', '/touchpoints', {
      ...point,
      origins: ['https://www.gemeente.nl/pagina'],
    });
    expect(made).toMatchObject({
      status: 201,
      body: { ...point, origins: ['https://www.gemeente.nl'], scale: 'grade' },
    });
    expect(pointers(await call('POST', '/touchpoints', { ...point, key: 'x', channel: 'nergens' }))).toEqual([
      '/channel unknown-value',
    ]);
    expect((await call('POST', '/touchpoints', point)).status).toBe(409);
    expect(pointers(await call('PATCH', '/touchpoints/markt', { channel: 'web' }))).toEqual([
      '/channel unknown-field',
    ]);
    expect((await call('PATCH', '/touchpoints/markt', { location: 'Noord' })).body).toMatchObject({
      location: 'Noord',
    });
    expect((await call('DELETE', '/touchpoints/markt')).status).toBe(204);
    expect((await call<{ items: object[] }>('GET', '/touchpoints')).body.items).toContainEqual(
      expect.objectContaining({ key: 'markt', retired: true, name: 'Markt' }),
    );
    expect((await call('PATCH', '/products/paspoort', { name: 'Paspoort of ID-kaart' })).status).toBe(200);
    expect((await call('PATCH', '/products/geen', { name: 'x' })).status).toBe(404);
    for (const role of ['manager', 'viewer'] as const)
      expect((await call('POST', '/channels', { key: 'x', name: 'x' }, tokens[role])).status).toBe(403);
    expect(pointers(await call('PUT', '/closed-days', { items: ['1 mei'] }))).toEqual(['/items/0 format']);
  });

  test('AD2: on trial everything is shown and nothing counts, also after the trial', async () => {
    const shown = async () =>
      (
        await call<{ items: { comment: string | null; grade: number }[] }>(
          'GET',
          '/touchpoints/proef/trial-ratings',
        )
      ).body.items;
    await rate({ touchpoint: 'proef', grade: 3, comment: 'Bel 0612345678' });
    expect(await shown()).toMatchObject([{ grade: 3, comment: expect.not.stringContaining('0612345678') }]);
    await call('PATCH', '/touchpoints/proef', { trial: false });
    await rate({ touchpoint: 'proef', grade: 9 });
    const { body } = await call<Summary>('GET', '/summary?touchpoint=proef');
    expect([body.total.n, body.total.histogram[8]]).toEqual([1, 1]);
    expect(await shown()).toHaveLength(1);
    expect((await call('GET', '/touchpoints/proef/trial-ratings', undefined, tokens.viewer)).status).toBe(
      403,
    );
  });

  test('VD1: a manager voids a rating by its reference and takes that back; figures follow, a recount agrees', async () => {
    const n = async () => (await call<Summary>('GET', '/summary?touchpoint=digitaal-product')).body.total.n;
    await rate({ touchpoint: 'digitaal-product', grade: 1 });
    const number = inDatabase(
      program.dataDir,
      (db) => db.prepare('SELECT max(seq) FROM ratings').pluck().get() as number,
    );
    const reference = referencesOf(secret).of(number);
    const path = `/ratings/${reference}/void`;
    expect(await n()).toBe(1);
    expect((await call('POST', path, { reason: 'Proef van de monteur' }, tokens.viewer)).status).toBe(403);
    expect(pointers(await call('POST', path, { reason: ' ' }, tokens.manager))).toEqual(['/reason range']);
    const done = await call('POST', path, { reason: 'Proef van de monteur' }, tokens.manager);
    expect(done).toMatchObject({ status: 200, body: { reference, voided: true } });
    expect(await n()).toBe(0);
    expect((await call('GET', path, undefined, tokens.manager)).body).toMatchObject({
      reason: 'Proef van de monteur',
      by: 'manager',
    });
    expect((await program.command('recount')).stdout).toContain('0 differences');
    expect((await call('DELETE', path, undefined, tokens.manager)).body).toMatchObject({ voided: false });
    expect(await n()).toBe(1);
    expect((await program.command('recount')).stdout).toContain('0 differences');
    for (const made of [
      'A'.repeat(22),
      referencesOf(secret).of(10_000_000),
      referencesOf('ander').of(number),
    ])
      expect((await call('POST', `/ratings/${made}/void`, { reason: 'x' }, tokens.manager)).status).toBe(404);
  });

  test('AB2: a burst of one tablet is marked, counts, and is left out with marked=exclude', async () => {
    const { device, token } = await pair({ name: 'Druk', touchpoint: 'digitaal-product' });
    const before = (await call<Summary>('GET', '/summary?touchpoint=digitaal-product')).body.total.n;
    const at = Date.now() - 3_600_000;
    const ratings = Array.from({ length: 6 }, (_, i) =>
      aRating({ touchpoint: 'digitaal-product', givenAt: new Date(at + i * 3000).toISOString() }),
    );
    const body = { sentAt: new Date().toISOString(), ratings };
    expect((await call('POST', '/ratings/batch', body, token)).status).toBe(200);
    expect((await call('POST', '/ratings/batch', body, token)).body).toMatchObject({
      results: Array(6).fill({ status: 'duplicate' }),
    });
    const n = async (query: string) =>
      (await call<Summary>('GET', `/summary?touchpoint=digitaal-product${query}`)).body.total.n;
    expect([await n(''), await n('&marked=exclude')]).toEqual([before + 6, before + 4]);
    await call('DELETE', `/devices/${device.id}`);
  });
});
