import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { countRatings } from '../support/database.ts';
import { type Program, startProgram } from '../support/program.ts';

const email = 'beheer@voorbeeld.nl';
const password = 'een lang wachtwoord';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let program: Program;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  const environment = { ADMIN_EMAIL: email, ADMIN_PASSWORD: password };
  [program, browser] = await Promise.all([startProgram({ environment }), startBrowser()]);
  watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${program.url}/beheer/telefoon`);
  await page.getByRole('textbox', { name: 'E-mailadres' }).fill(email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Telefoon' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await program.stop();
});

const violations = async (): Promise<string[]> => {
  await watched.page.evaluate(axe);
  return watched.page.evaluate(async () => {
    const tool = (
      window as unknown as {
        axe: { run: (what: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    const { violations } = await tool.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
};

test('TP9: the page calls a line, says what a caller hears and takes keys, by keyboard too; nothing counts', async () => {
  const { page } = watched;
  await page.getByText('Nog niet aangesloten').waitFor();
  await page.getByRole('button', { name: 'Probeer de lijn' }).click();
  await page.getByRole('combobox', { name: 'Taal' }).selectOption('nl');
  await page.getByRole('button', { name: 'Bel', exact: true }).click();
  const said = page.getByRole('listitem');
  await said.filter({ hasText: 'Welk cijfer' }).waitFor();
  await page.getByRole('button', { name: '1', exact: true }).press('Enter');
  await page.getByText('Getoetst: 1').waitFor();
  await page.getByRole('button', { name: '0', exact: true }).press('Enter');
  await said.filter({ hasText: 'U gaf een tien.' }).waitFor();
  await said.filter({ hasText: 'U toetste 10' }).waitFor();
  expect(countRatings(program.dataDir)).toBe(1);
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Wacht', exact: true }).click();
  await said.filter({ hasText: 'De lijn heeft opgehangen.' }).waitFor();
  await page.getByRole('button', { name: 'Sluit' }).click();
});

test('TP8: a line is set on the page; what is wrong is named above the form and at its field', async () => {
  const { page } = watched;
  const before = watched.complaints.length;
  await page.getByRole('button', { name: 'Stel in' }).click();
  await page.getByRole('radio', { name: /Telnyx/ }).check();
  await page.getByLabel('Publieke sleutel van Telnyx').fill('geen sleutel');
  await page.getByRole('checkbox', { name: 'Engels' }).check();
  await page.getByRole('checkbox', { name: 'Nederlands' }).check();
  await page.getByText('(toets 2)').waitFor();
  await page.getByRole('button', { name: 'Bewaar' }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /geen publieke sleutel/ })
    .click();
  const key = page.getByLabel('Publieke sleutel van Telnyx');
  await expect.poll(() => key.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await violations()).toEqual([]);
  await page.getByRole('radio', { name: /Twilio/ }).check();
  await page.getByRole('button', { name: 'Bewaar' }).click();
  await page.getByText('De instellingen van Telefoon 14 079 zijn bewaard.').waitFor();
  await page.getByText('Aangesloten, met een eigen geheim').waitFor();
  await page.getByText('Engels, Nederlands').waitFor();
  // The browser says itself that an answer was 400.
  expect(watched.complaints.splice(before).every((text) => text.includes('400'))).toBe(true);
});

test('TP11: a link is added, opened without writing anything, and removed after a second press', async () => {
  const { page } = watched;
  await page.getByRole('button', { name: 'Voeg een link toe' }).click();
  await page.getByLabel('Nummer of naam in de link').fill('a/b');
  await page.getByLabel('Cijfer per keuze').fill('1 = 11');
  await page.getByRole('button', { name: 'Bewaar' }).click();
  await expect.poll(() => page.getByRole('alert').getByRole('link').allTextContents()).toHaveLength(2);
  await page.getByLabel('Nummer of naam in de link').fill('13');
  await page.getByLabel('Cijfer per keuze').fill('1 = 9\n3 = 3');
  await page.getByLabel('Contactpunt').selectOption('website');
  await page.getByRole('button', { name: 'Bewaar' }).click();
  await page.getByRole('row', { name: /\/theme\/kf\/13.*Website/ }).waitFor();
  expect(await violations()).toEqual([]);
  const before = countRatings(program.dataDir);
  const resident = await openPage(browser);
  await resident.page.goto(`${program.url}/theme/kf/13?Q_Formid=4&Q_RATINGID=1`);
  expect(new URL(resident.page.url()).pathname).toBe('/f/website');
  await expect.poll(() => resident.page.getByRole('radio', { name: /^9 / }).isChecked()).toBe(true);
  expect(countRatings(program.dataDir)).toBe(before);
  await resident.page.getByRole('button', { name: 'Verstuur' }).click();
  await resident.page.waitForURL(/bedankt/);
  expect(countRatings(program.dataDir)).toBe(before + 1);
  expect(resident.complaints).toEqual([]);
  await resident.context.close();
  await page.getByRole('button', { name: 'Verwijder 13' }).click();
  await page.getByRole('button', { name: 'Verwijder 13 echt' }).click();
  await page.getByText('Er zijn nog geen links.').waitFor();
  expect(watched.complaints).toEqual([]);
});
