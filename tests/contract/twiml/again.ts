import { expect, test } from 'vitest';
import type { Heard } from '../../support/phone.ts';
import { addressOf, message, newCall, program, ratings, restart } from './here.ts';

export function whatComesAgain(): void {
  test('TP4: the same message five times, in parallel and after a kill, is one rating and the same answer', async () => {
    const callId = newCall();
    const first = await message(callId, addressOf());
    const before = ratings().length;
    const together = await Promise.all(Array.from({ length: 5 }, () => message(callId, first.action!, '8')));
    expect(new Set(together.map(({ xml }) => xml)).size).toBe(1);
    expect(ratings().slice(before)).toHaveLength(1);

    await program.kill();
    await restart();
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
}
