import { expect, test } from 'vitest';
import { inDatabase } from '../../support/database.ts';
import { traces, tracesInFiles } from '../../support/traces.ts';
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
  tokens,
} from './here.ts';

export function whatACallLeaves(): void {
  test('TP6: the number of a caller is nowhere, before, during and after the call: database, write-ahead log, log, metrics', async () => {
    const callId = newCall();
    await setLine({ languages: ['nl'], secret });
    const nowhere = async (when: string) => {
      const found = await traces({ ...program, url: here }, tokens.admin, [
        '31612345678',
        '612345678',
        callId,
        secret,
      ]);
      expect({ when, found }).toEqual({ when, found: [] });
    };
    await nowhere('before');
    const first = await message(callId, begin);
    await nowhere('asked');
    // While its messages are being answered, too.
    const under = Promise.all(
      Array.from({ length: 5 }, () => message(callId, first.action!, { Digits: '8' })),
    );
    await nowhere('under way');
    const [confirm] = await under;
    await nowhere('graded');
    await message(callId, confirm!.action!, { Digits: '2' });
    await nowhere('corrected');
    await message(callId, `${publicUrl}/api/v1/telephony/twiml/${line}?step=wrong`);
    await message(callId, `${begin}/status`, { CallStatus: 'completed' });
    await nowhere('after');
    // What is there is found: the line in the database and its write-ahead log, the failed step in the log.
    const files = tracesInFiles(program, [line]);
    expect(files).toEqual(expect.arrayContaining(['klantpuls.db-wal']));
    expect(tracesInFiles(program, ['"code"'])).toContain('the log');
  });

  test('TP10: yes or no and a choice of the touchpoint’s questionnaire follow the grade; answers are additions', async () => {
    const question = (key: string, type: string, more = {}) => ({
      ...{ key, type, text: { nl: `Vraag over ${key}?`, en: `Question about ${key}?` }, options: [] },
      ...more,
    });
    const options = ['wachten', 'uitleg', 'toon'].map((key) => ({
      key,
      text: { nl: key, en: `${key} (en)` },
    }));
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
}
