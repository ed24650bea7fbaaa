import { expect, test } from 'vitest';
import { parametersOf, sendWebhook } from '../../support/phone.ts';
import { get } from '../../support/ratings.ts';
import { added, addressOf, line, message, newCall, program, ratings, secret, tokens, walk } from './here.ts';

export function theGrade(): void {
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
}
