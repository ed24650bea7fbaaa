import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PasswordRules } from '../../server/access/passwords.ts';
import { temporaryFolder } from '../support/program.ts';

const rules = new PasswordRules(undefined);
const about = ['Bea Heer', 'b.heer@gemeente.example', 'Zonnestad'];

describe('which passwords are too easy', () => {
  test.each([
    ...['Wachtwoord2026!', 'W4chtw00rd!!', 'zomer2025zomer', '123456789012', '987654321098', 'aaaaaaaaaaaaa'],
    ...[
      'abcabcabcabc',
      'Qwertyuiop123',
      'welkom welkom',
      'Gemeente-2026-!',
      'P@$$w0rd12345',
      'Zonnestad2026!',
    ],
    ...['beaheer123456', 'ikhouvanjou!!', 'correct horse battery staple'],
  ])('AC9: %s is', (password) => {
    expect(rules.isCommon(password, about)).toBe(true);
  });

  test.each([
    ...[
      'een lang wachtwoord 1',
      'vier losse kiezels wandelen',
      'aB3$xQ9!mmTz',
      '836482736452',
      'снегопад в июле',
    ],
    ...['zes gele fietsen in de regen', 'ﬁets vijver trap'],
  ])('AC9: %s is not, whatever characters it has', (password) => {
    expect(rules.isCommon(password, about)).toBe(false);
  });

  test('AC9: a list of its own is refused besides', () => {
    const list = join(temporaryFolder(), 'list.txt');
    writeFileSync(list, '# gelekt\nVier losse kiezels wandelen\r\n');
    expect(new PasswordRules(list).isCommon('vier losse kiezels wandelen', about)).toBe(true);
    expect(new PasswordRules(list).isCommon('gelekt vijf losse kiezels', about)).toBe(false);
  });
});
