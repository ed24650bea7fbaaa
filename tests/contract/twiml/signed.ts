import { generateKeyPairSync, sign } from 'node:crypto';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { heardIn, parametersOf, sendWebhook, twilioSignature } from '../../support/phone.ts';
import { startPrepared } from '../../support/prepared.ts';
import { send } from '../../support/ratings.ts';
import { addressOf, line, newCall, program, ratings, secret, tokens } from './here.ts';

export function whoIsBelieved(): void {
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
          'telnyx-signature-ed25519': sign(null, Buffer.from(`${time}|${body}`), privateKey).toString(
            'base64',
          ),
        },
        body: alter(body),
      });
      return heardIn(reply);
    };
    expect((await post(0)).said).toContain('U gaf een acht.');
    expect((await post(600)).status).toBe(403);
    expect((await post(0, (body) => body.replace('Digits=8', 'Digits=9'))).status).toBe(403);
    const hashed = await sendWebhook(addressOf('lang=nl', 'line-telnyx'), parametersOf(newCall()), {
      secret,
    });
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
    const polish = await sendWebhook(addressOf('lang=pl', 'no-such-line'), parametersOf(newCall()), {
      secret,
    });
    expect(polish.said).toContain('Przepraszamy');
  });
}
