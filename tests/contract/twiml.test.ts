import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import twilio from 'twilio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDatabase } from '../support/database.ts';
import { type Heard, heardIn, parametersOf, sendWebhook, twilioSignature } from '../support/phone.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';

const secret = 'the auth token of the platform';
let program: Program;
let tokens: Record<'viewer' | 'admin', string>;

const aLine = (key: string, fields = {}) => ({
  ...{ key, name: key, channel: 'telefoon', location: null, scale: 'grade' as const },
  ...{ origins: [], trial: false, retired: false, ...fields },
});

beforeAll(async () => {
  const started = await startPrepared({
    environment: { TWIML_AUTH_TOKEN: secret },
    settings: { touchpoints: ['line-own', 'line-telnyx', 'line-two'].map((key) => aLine(key)) },
    tokens: { viewer: 'viewer', admin: 'admin' },
  });
  program = started.program;
  tokens = started.tokens;
});
afterAll(() => program.stop());

const line = 'telefoon-14079';
const addressOf = (query = 'lang=nl', touchpoint = line) =>
  `${program.url}/api/v1/telephony/twiml/${touchpoint}?${query}`;
const newCall = () => `CA${randomUUID().replaceAll('-', '')}`;
const message = (callId: string, address: string, digits?: string): Promise<Heard> =>
  sendWebhook(address, parametersOf(callId, digits === undefined ? {} : { Digits: digits }), { secret });

/** A whole call: each of `keys` is what is sent at the next step; undefined: nothing was pressed. */
async function walk(keys: (string | undefined)[], query = 'lang=nl', touchpoint = line) {
  const callId = newCall();
  const heard = [await message(callId, addressOf(query, touchpoint))];
  for (const digits of keys) heard.push(await message(callId, heard.at(-1)!.action!, digits));
  return { callId, heard, last: heard.at(-1)! };
}

const ratings = (touchpoint = line) =>
  inDatabase(
    program.dataDir,
    (db) =>
      db
        .prepare(
          `SELECT grade, marks, answers, languages.key AS language FROM ratings
           JOIN placements ON placements.id = placement LEFT JOIN languages ON languages.id = language
           WHERE touchpoint = ? ORDER BY seq`,
        )
        .all(touchpoint) as { grade: number; marks: number; answers: string | null; language: string }[],
  );
const added = async (work: () => Promise<unknown>) => {
  const before = ratings().length;
  await work();
  return ratings()
    .slice(before)
    .map(({ grade }) => grade);
};

test('TP2: a caller is greeted and asked, in words of the line’s language, with two keys and # or a pause', async () => {
  const first = await message(newCall(), addressOf('lang=nl'));
  expect(first).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/xml/) });
  expect(first.said).toMatch(/^Goedendag.* Welk cijfer /);
  expect(first.languages).toEqual(['nl-NL', 'nl-NL']);
  expect(first.gather).toMatchObject({
    ...{ numDigits: '2', finishOnKey: '#', timeout: '3', actionOnEmptyResult: 'true', method: 'POST' },
    action: expect.stringMatching(
      /\/api\/v1\/telephony\/twiml\/telefoon-14079\?lang=nl&step=grade&round=1&attempt=1$/,
    ),
  });
});

test.each([
  ['8', 8, 'acht'],
  ['10', 10, 'tien'],
  ['1', 1, 'één'],
])('TP2: %s is read back, kept at once, and confirmed by 1 or by waiting', async (digits, grade, word) => {
  for (const confirm of ['1', undefined]) {
    const kept = await added(async () => {
      const { callId, heard, last } = await walk([digits]);
      expect(heard[1]!.said).toContain(`U gaf een ${word}.`);
      expect(ratings().at(-1)).toMatchObject({ grade, language: 'nl' });
      const thanks = await message(callId, last.action!, confirm);
      expect(thanks).toMatchObject({ said: expect.stringMatching(/^Dank u wel/), action: null });
    });
    expect(kept).toEqual([grade]);
  }
});

test.each([[['0']], [['00']], [['11']], [['99']], [['*8']], [[undefined]]])(
  'TP2: %j is asked again; after two more times thanks, and nothing is stored',
  async ([digits]) => {
    const kept = await added(async () => {
      const { heard, last } = await walk([digits, digits, digits]);
      for (const again of heard.slice(1, 3)) {
        expect(again.said).toMatch(digits === undefined ? /^Wij hebben nog geen/ : /^Dat is geen cijfer/);
        expect(again.gather?.numDigits).toBe('2');
      }
      expect(new Set(heard.map(({ action }) => action)).size).toBe(4);
      expect(last.said).toContain('Dank u wel');
      expect(last.xml).toContain('<Hangup/>');
      expect(last.action).toBeNull();
    });
    expect(kept).toEqual([]);
  },
);

test('TP3: a correction replaces the grade, and the last answer of the call wins', async () => {
  const kept = await added(async () => {
    const { heard, last } = await walk(['3', '2', '11', '9', '1']);
    expect(heard[2]!.said).toContain('Welk cijfer');
    expect(heard[4]!.said).toContain('U gaf een negen.');
    expect(last.said).toContain('Dank u wel');
  });
  expect(kept).toEqual([9]);
  expect(await added(async () => walk(['3', '2', undefined, undefined, undefined]))).toEqual([3]);
});

test('TP3: who hangs up after the grade keeps it, and the call counts as broken off', async () => {
  const before = await rates();
  const { callId } = await walk(['7']);
  const status = await sendWebhook(
    `${program.url}/api/v1/telephony/twiml/${line}/status`,
    parametersOf(callId, { CallStatus: 'completed' }),
    { secret },
  );
  expect(status).toMatchObject({ status: 200, xml: expect.stringContaining('<Response/>') });
  expect(ratings().at(-1)?.grade).toBe(7);
  const after = await rates();
  expect([
    after.calls - before.calls,
    after.rated - before.rated,
    after.brokenOff - before.brokenOff,
  ]).toEqual([1, 1, 1]);
});

interface Rate {
  touchpoint: string;
  offers: number;
  calls: number;
  rated: number;
  brokenOff: number;
  responseRate: number | null;
}
async function rates(touchpoint = line): Promise<Rate> {
  const reply = await get<{ items: Rate[] }>(program.url, '/telephony/response-rates', tokens.viewer);
  const none = { touchpoint, offers: 0, calls: 0, rated: 0, brokenOff: 0, responseRate: null };
  return reply.body.items.find((item) => item.touchpoint === touchpoint) ?? none;
}

test('TP4: the same message five times, in parallel and after a kill, is one rating and the same answer', async () => {
  const callId = newCall();
  const first = await message(callId, addressOf());
  const before = ratings().length;
  const together = await Promise.all(Array.from({ length: 5 }, () => message(callId, first.action!, '8')));
  expect(new Set(together.map(({ xml }) => xml)).size).toBe(1);
  expect(ratings().slice(before)).toHaveLength(1);

  await program.kill();
  program = await program.restart();
  const at = (address: string) => {
    const { pathname, search } = new URL(address);
    return `${program.url}${pathname}${search}`;
  };
  // The port is another one after the restart; the rest of the answer is the same.
  const withoutPort = ({ xml }: Heard) => xml.replaceAll(/127\.0\.0\.1:\d+/g, 'here');
  for (let i = 0; i < 5; i++) {
    const again = await message(callId, at(first.action!), '8');
    expect(withoutPort(again)).toBe(withoutPort(together[0]!));
  }
  const thanks = await message(callId, at(together[0]!.action!), '1');
  expect(thanks.said).toContain('Dank u wel');
  // A late repetition of the grade, also with other digits, is no next answer and no correction.
  for (const digits of ['8', '2', undefined]) {
    const late = await message(callId, at(first.action!), digits);
    expect(withoutPort(late)).toBe(withoutPort(together[0]!));
  }
  expect(
    ratings()
      .slice(before)
      .map(({ grade }) => grade),
  ).toEqual([8]);
});

test('TP4: a repeated first answer after a correction does not bring it back', async () => {
  const callId = newCall();
  const first = await message(callId, addressOf());
  const confirm = await message(callId, first.action!, '3');
  const anew = await message(callId, confirm.action!, '2');
  await message(callId, anew.action!, '9');
  const late = await message(callId, first.action!, '3');
  expect(late.xml).toBe(confirm.xml);
  expect(ratings().at(-1)?.grade).toBe(9);
});

test('TP1: what was tampered with is refused with 403, and nothing is stored; the order of form fields is not signed', async () => {
  const address = addressOf('lang=nl&step=grade&round=1&attempt=1');
  const parameters = parametersOf(newCall(), { Digits: '8', CallerName: ' Jan  ' });
  const before = ratings().length;
  const refusedFor = async (sent: Record<string, string>, signed: string, key = secret) => {
    const body = new URLSearchParams(sent);
    const reply = await sendWebhook(address, Object.fromEntries(body), { secret: key, signed });
    return reply.status;
  };
  /** Signed over `parameters`, sent with others. */
  const sendOther = async (sent: Record<string, string>) => {
    const reply = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilioSignature(secret, address, parameters),
      },
      body: new URLSearchParams(sent).toString(),
    });
    return reply.status;
  };
  expect(await sendOther({ ...parameters, Digits: '9' })).toBe(403);
  expect(await sendOther({ ...parameters, CallerName: 'Jan' })).toBe(403);
  expect(await sendOther({ ...parameters, CallerName: ' Jan ' })).toBe(403);
  expect(await sendOther({ ...parameters, More: '' })).toBe(403);
  const { From: _, ...fewer } = parameters;
  expect(await sendOther(fewer)).toBe(403);
  expect(await refusedFor(parameters, addressOf('step=grade&lang=nl&round=1&attempt=1'))).toBe(403);
  expect(await refusedFor(parameters, addressOf('lang=nl&step=grade&round=1&attempt=2'))).toBe(403);
  expect(await refusedFor(parameters, address.replace('http:', 'https:'))).toBe(403);
  expect(await refusedFor(parameters, address.replace('127.0.0.1', 'klantpuls.example'))).toBe(403);
  expect(await refusedFor(parameters, address.replace(line, 'line-two'))).toBe(403);
  expect(await refusedFor(parameters, address, `${secret} `)).toBe(403);
  const bare = await fetch(address, { method: 'POST', body: new URLSearchParams(parameters) });
  expect(bare.status).toBe(403);
  expect(bare.headers.get('content-type')).toContain('application/problem+json');
  const huge = await fetch(address, { method: 'POST', body: 'x'.repeat(20_000) });
  expect(huge.status).toBe(403);
  expect(ratings()).toHaveLength(before);
  // The scheme sorts the fields of a body before it signs: their order is no part of what is signed, and Twilio's own
  // library accepts another one as well. It refuses, as we do, another order in the address.
  const turned = Object.fromEntries(Object.entries(parameters).reverse());
  const made = twilioSignature(secret, address, parameters);
  expect(twilio.validateRequest(secret, made, address, turned)).toBe(true);
  expect(await sendOther(turned)).toBe(200);
  const reordered = addressOf('step=grade&lang=nl&round=1&attempt=1');
  expect(twilio.validateRequest(secret, made, reordered, parameters)).toBe(false);
  expect(twilio.validateRequest(secret, made, address, { ...parameters, CallerName: 'Jan' })).toBe(false);
});

test('TP1: a line with a secret of its own takes only that; without any secret every call is refused', async () => {
  const settings = { platform: 'twilio', languages: [], voices: {}, recordings: {} };
  const put = (body: object, key = 'line-own') =>
    send('PUT', `${program.url}/api/v1/telephony/lines/${key}`, body, {
      authorization: `Bearer ${tokens.admin}`,
    });
  const kept = await put({ ...settings, secret: 'its own' });
  expect([kept.status, kept.body.secret]).toEqual([200, 'own']);
  expect(JSON.stringify(kept.body)).not.toContain('its own');
  const statusWith = async (key: string) =>
    (await sendWebhook(addressOf('lang=nl', 'line-own'), parametersOf(newCall()), { secret: key })).status;
  expect([await statusWith('its own'), await statusWith(secret)]).toEqual([200, 403]);
  // Other settings leave the secret as it is; null takes it away.
  expect((await put({ ...settings, languages: ['en'] })).body.secret).toBe('own');
  expect(await statusWith('its own')).toBe(200);
  expect((await put({ ...settings, secret: null })).body.secret).toBe('default');
  expect([await statusWith('its own'), await statusWith(secret)]).toEqual([403, 200]);

  const bare = await startPrepared({});
  const address = `${bare.program.url}/api/v1/telephony/twiml/${line}?lang=nl`;
  for (const key of ['', secret])
    expect((await sendWebhook(address, parametersOf(newCall()), { secret: key })).status).toBe(403);
  await bare.program.stop();
});

test('TP1: Telnyx signs with Ed25519 over time and body; an old or altered message is refused', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64');
  const settings = { platform: 'telnyx', languages: ['nl'], voices: {}, recordings: {} };
  const put = (secret: string) =>
    send(
      'PUT',
      `${program.url}/api/v1/telephony/lines/line-telnyx`,
      { ...settings, secret },
      {
        authorization: `Bearer ${tokens.admin}`,
      },
    );
  expect((await put('no key')).body.errors).toEqual([expect.objectContaining({ pointer: '/secret' })]);
  expect((await put(raw)).status).toBe(200);
  const post = async (ageSeconds: number, alter = (body: string) => body) => {
    const body = new URLSearchParams(parametersOf(newCall(), { Digits: '8' })).toString();
    const time = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const reply = await fetch(addressOf('lang=nl&step=grade&round=1&attempt=1', 'line-telnyx'), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'telnyx-timestamp': time,
        'telnyx-signature-ed25519': sign(null, Buffer.from(`${time}|${body}`), privateKey).toString('base64'),
      },
      body: alter(body),
    });
    return heardIn(reply);
  };
  expect((await post(0)).said).toContain('U gaf een acht.');
  expect((await post(600)).status).toBe(403);
  expect((await post(0, (body) => body.replace('Digits=8', 'Digits=9'))).status).toBe(403);
  const hashed = await sendWebhook(addressOf('lang=nl', 'line-telnyx'), parametersOf(newCall()), { secret });
  expect(hashed.status).toBe(403);
  expect(ratings('line-telnyx').map(({ grade }) => grade)).toEqual([8]);
});

test('TP5: what goes wrong on our side is said, and the line hangs up, always with 200', async () => {
  const cases = [
    sendWebhook(addressOf('lang=nl', 'no-such-line'), parametersOf(newCall()), { secret }),
    sendWebhook(addressOf('lang=nl&step=nonsense'), parametersOf(newCall()), { secret }),
    sendWebhook(addressOf('lang=nl&step=grade&attempt=x'), parametersOf(newCall()), { secret }),
    sendWebhook(addressOf('lang=nl'), { From: '+31612345678' }, { secret }),
  ];
  for (const reply of await Promise.all(cases)) {
    expect(reply).toMatchObject({ status: 200, action: null, type: expect.stringMatching(/^text\/xml/) });
    expect(reply.said).toContain('gaat nu iets mis');
    expect(reply.xml).toContain('<Hangup/>');
  }
  const polish = await sendWebhook(addressOf('lang=pl', 'no-such-line'), parametersOf(newCall()), { secret });
  expect(polish.said).toContain('Przepraszamy');
});
