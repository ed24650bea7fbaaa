import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { startPrepared } from '../support/prepared.ts';
import { temporaryFolder } from '../support/program.ts';

export const account = { email: 'beheer@gemeente.example', password: 'vier rustige woorden samen' };
export const today = dayOf(Date.now());
/** Two periods of four weeks, and the way of asking of the website changes on the day between them. */
const length = 28;
export const before = today - 2 * length;
export const change = today - length;
export const periods = `baseFrom=${dateOfDay(before)}&baseTo=${dateOfDay(change - 1)}&from=${dateOfDay(change)}&to=${dateOfDay(today - 1)}`;

/** Moving house fell from 8 to 6, parking was always low and came more often, the desk stayed as it was. */
function history(): string {
  const lines = ['touchpoint;product;grade;givenAt;method;comment'];
  const add = (first: number, touchpoint: string, product: string, grades: number[], n: number) => {
    for (let i = 0; i < n; i++) {
      const at = `${dateOfDay(first + (i % length))}T10:00:${String(i % 60).padStart(2, '0')}`;
      const grade = grades[i % grades.length]!;
      const later = first === change;
      const method = touchpoint === 'website' ? (later ? 'nieuw' : 'oud') : '';
      const login = later && product === 'verhuizing' && grade <= 5;
      const comment = login
        ? `Halverwege opnieuw inloggen, regel ${i}.`
        : grade <= 5
          ? `Te duur, regel ${i}.`
          : '';
      lines.push([touchpoint, product, grade, at, method, comment].join(';'));
    }
  };
  for (const first of [before, change]) {
    const later = first === change;
    add(first, 'digitaal-product', 'verhuizing', later ? [5, 6, 6, 7] : [7, 8, 8, 9], 400);
    add(first, 'digitaal-product', 'parkeren', [4, 5, 6, 5], later ? 500 : 200);
    add(first, 'digitaal-product', 'paspoort', [7, 8, 8, 9], 300);
    add(first, 'balie-1', 'paspoort', [7, 8, 8, 9], 300);
    add(first, 'website', '', [7, 8], 40);
    add(first, 'telefoon-14079', '', [7], later ? 3 : 30);
  }
  return `${lines.join('\n')}\n`;
}

const settings: SettingsFile = {
  products: [
    { key: 'verhuizing', name: 'Verhuizing doorgeven', upl: null, retired: false },
    { key: 'parkeren', name: 'Parkeervergunning aanvragen', upl: null, retired: false },
    { key: 'paspoort', name: 'Paspoort aanvragen', upl: null, retired: false },
  ],
  indicators: [
    {
      ...{ key: 'digitale-producten', name: 'Rapportcijfer digitale producten', objective: '6.1' },
      ...{ source: 'Klant in focus', unit: 'rapportcijfer 1-10', channel: 'digitaal' },
      years: { '2024': { target: 7.3, realised: 6.6, note: 'Wij hebben nog geen verklaring.' } },
    },
  ],
};

/** The real program with this history imported, an administrator, and tokens of two other roles. */
export async function startWithHistory() {
  const started = await startPrepared({
    environment: { ADMIN_EMAIL: account.email, ADMIN_PASSWORD: account.password },
    tokens: { viewer: 'viewer', controller: 'controller' },
    settings,
  });
  const file = join(temporaryFolder(), 'history.csv');
  writeFileSync(file, history());
  const { stdout, stderr } = await started.program.command('import', file);
  if (!/ 0 rejected/.test(stdout)) throw new Error(stdout + stderr);
  return started;
}
