import { expect, test } from 'vitest';
import { inDatabase } from '../../support/database.ts';
import { readDocument } from '../../support/phone.ts';
import { send } from '../../support/ratings.ts';
import {
  api,
  begin,
  here,
  line,
  message,
  newCall,
  program,
  publicUrl,
  secret,
  setLine,
  settings,
  tokens,
} from './here.ts';

export function settingsOfALine(): void {
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
}
