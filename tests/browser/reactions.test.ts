import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, send } from '../support/ratings.ts';

const year = yearOfDay(dayOf(Date.now()));
const settings: SettingsFile = {
  indicators: [
    {
      ...{ key: 'balie', name: 'Cijfer voor de balie', objective: '6.1', source: 'Klant in focus' },
      ...{
        unit: 'rapportcijfer 1-10',
        channel: 'balie',
        years: { [String(year)]: { target: 7, realised: null } },
      },
    },
  ],
};
let browser: Browser;
let program: Program;
let anja: Watched;
let bob: Watched;
const rate = (comment: string | undefined, grade: number) =>
  send('POST', `${program.url}/api/v1/ratings`, aRating({ grade, ...(comment ? { comment } : {}) }));
const open = async (token: string, path: string) => {
  const watched = await openPage(browser, {
    viewport: { width: 1280, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  await watched.page.goto(`${program.url}${path}`);
  // What a colleague does is heard from here on.
  await watched.page.getByText('live', { exact: true }).waitFor();
  return watched;
};
/** The follow-up of the comment that is open. */
const detailOf = ({ page }: Watched) => page.getByRole('region', { name: 'Opvolging' });
beforeAll(async () => {
  const tokens = { anja: 'manager', bob: 'admin' };
  const started = await startPrepared({ settings, tokens });
  program = started.program;
  for (let i = 0; i < 11; i++) await rate(`Lange wachttijd bij loket ${i}`, 5);
  await rate('De klachten zijn opgelost, dank u', 9);
  browser = await startBrowser();
  [anja, bob] = await Promise.all([
    open(started.tokens.anja, '/reacties'),
    open(started.tokens.bob, '/reacties?q=klacht'),
  ]);
});
afterAll(async () => {
  expect([...anja.complaints, ...bob.complaints].filter((text) => !/409|400/.test(text))).toEqual([]);
  await browser?.close();
  await program?.stop();
});

it('RE10 the inbox is worked by keyboard alone: down, choose, done, search', async () => {
  const { page } = anja;
  await page.getByRole('heading', { level: 1, name: '12 reacties' }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('button', { name: 'De klachten zijn opgelost', pressed: true }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('button', { name: /loket 10/, pressed: true }).waitFor();
  await page.keyboard.press('k');
  await page.getByRole('button', { name: 'De klachten zijn opgelost', pressed: true }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('1 gekozen').waitFor();
  await page.keyboard.press('e');
  await page.getByRole('article').filter({ hasText: 'loket 10' }).getByText('Gedaan').waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Toetsen' });
  await help.waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  const looksFor = (q: string) => page.waitForURL((url) => url.searchParams.get('q') === q);
  await page.keyboard.type('de ');
  await looksFor('de');
  // Who stops to think goes on where they were.
  await page.keyboard.type('opgelost');
  await looksFor('de opgelost');
  await page.getByRole('heading', { level: 1, name: '1 reactie' }).waitFor();
  await page.getByRole('button', { name: 'Elke status' }).click();
  await page.getByRole('checkbox', { name: 'Gedaan' }).check();
  await page.getByRole('heading', { level: 1, name: 'Geen reacties gevonden' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: '1 reactie' }).waitFor();
  // Theme and kind are filters as well.
  const chosen = async (bar: string, option: string) => {
    await page.getByRole('button', { name: bar }).click();
    await page.getByRole('checkbox', { name: option }).check();
    await page.keyboard.press('Escape');
  };
  await page.getByRole('searchbox').fill('');
  await chosen('Alle thema’s', 'Wachttijd');
  await page.getByRole('heading', { level: 1, name: '11 reacties' }).waitFor();
  await chosen('Elke soort', 'Compliment');
  await page.getByRole('heading', { level: 1, name: 'Geen reacties gevonden' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: '11 reacties' }).waitFor();
  await page.goto(`${program.url}/reacties?q=de%20opgelost`);
  await page.getByText('live', { exact: true }).waitFor();
  await page.getByRole('heading', { level: 1, name: '1 reactie' }).waitFor();
  await page.getByRole('searchbox').focus();
});

it('RE5 RE7 two managers see each other’s follow-up live; a conflict is shown and nothing that was written is lost', async () => {
  // Escape empties a search field.
  await anja.page.keyboard.press('Escape');
  await anja.page.getByRole('heading', { level: 1, name: '12 reacties' }).waitFor();
  for (const { page } of [anja, bob]) await page.getByRole('button', { name: /De klachten/ }).click();
  await bob.page.getByLabel('Notitie voor collega’s').fill('Ik bel deze mevrouw terug');
  await detailOf(anja).getByLabel('Wie pakt het op?').fill('Anja');
  await anja.page.getByRole('button', { name: 'Opslaan' }).click();
  const conflict = bob.page.getByRole('alert').filter({ hasText: 'anja wijzigde dit intussen' });
  await conflict.waitFor();
  expect(await bob.page.getByLabel('Notitie voor collega’s').inputValue()).toBe('Ik bel deze mevrouw terug');
  await conflict.getByRole('button', { name: 'Sla toch op' }).click();
  await conflict.waitFor({ state: 'detached' });
  const note = anja.page.getByLabel('Notitie voor collega’s');
  await expect.poll(() => note.inputValue()).toBe('Ik bel deze mevrouw terug');
  expect(await detailOf(anja).getByLabel('Wie pakt het op?').inputValue()).toBe('Anja');
  await rate('Nog een klacht', 4);
  await bob.page.getByRole('button', { name: '1 nieuwe reactie bekijken' }).click();
  await bob.page.getByRole('heading', { level: 1, name: '2 reacties' }).waitFor();
});

it('RE11 what was done about several comments stands once among what was done, ready to publish', async () => {
  const { page } = bob;
  for (const box of await page.getByRole('checkbox', { name: 'Kies deze reactie' }).all()) await box.check();
  const bulk = page.getByRole('form', { name: 'Gekozen reacties' });
  await bulk.getByLabel('Nieuwe status').selectOption('done');
  await bulk.getByLabel('Wat wij ermee deden').fill('Wij bellen terug binnen een dag.');
  await bulk.getByRole('button', { name: 'Pas toe' }).click();
  await page.getByText('2 bijgewerkt.').waitFor();
  await page.getByRole('button', { name: 'Wat wij deden' }).click();
  await page.getByText('Wij bellen terug binnen een dag.').waitFor();
  expect(await page.getByText('naar aanleiding van 2 reacties').count()).toBe(1);
});

it('YT7 the year table is frozen after a question, and stays; a late rating is shown as such', async () => {
  const { page } = bob;
  await page.goto(`${program.url}/jaarcijfers`);
  const row = page.getByRole('row', { name: /Cijfer voor de balie/ });
  expect(await row.innerText()).toMatch(/7,0[\s\S]*5,2[\s\S]*nee/);
  await page.getByRole('button', { name: 'Wijzig Cijfer voor de balie' }).click();
  await page.getByLabel('Begroting (doel)').fill('elf');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await page.getByRole('link', { name: /Vul een cijfer van 1 tot 10 in/ }).waitFor();
  await page.getByLabel('Begroting (doel)').fill('5,2');
  await page.getByLabel('Toelichting', { exact: true }).fill('Gelijk aan het doel.');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await row.getByText('ja', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Nieuwe indicator' }).click();
  const define = page.getByRole('form', { name: 'Nieuwe indicator' });
  await define.getByRole('button', { name: 'Opslaan' }).click();
  await define.getByRole('link', { name: 'Vul de bron in.' }).waitFor();
  await define.getByLabel('Naam').fill('Dienstverlening aan ondernemers');
  await define.getByLabel('Bron').fill('Ondernemerspeiling');
  await define.getByLabel('Hoe vaak?').selectOption('2');
  await define.getByLabel(`Begroting (doel) van ${year}`).fill('6,9');
  expect(await violationsOf(page)).toEqual([]);
  await define.getByRole('button', { name: 'Opslaan' }).click();
  await page.getByRole('row', { name: /Dienstverlening aan ondernemers.*Ondernemerspeiling/s }).waitFor();
  await page.getByRole('button', { name: `Stel ${year} vast` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stel vast' }).click();
  await page.getByText('Controlegetal klopt').waitFor();
  for (let i = 0; i < 3; i++) await rate(undefined, 10);
  await page.reload();
  await row.getByText('3 later binnengekomen of gewijzigd; daarmee zou het 6,1 zijn').waitFor();
  expect(await row.innerText()).toMatch(/5,2/);
});

it('RE9 an administrator sets the address for threats where one stands', async () => {
  const { page } = bob;
  await rate('Ik kom langs en ik bedreig jullie, slaan zal ik', 1);
  await page.goto(`${program.url}/reacties?kind=aggression`);
  await page.getByRole('button', { name: /Ik kom langs/ }).click();
  await page.getByText('Stel het adres in').click();
  await page.getByLabel('E-mailadres voor meldingen').fill('veiligheid@gemeente');
  const save = page.getByRole('group').getByRole('button', { name: 'Opslaan' });
  await save.click();
  await page.getByText('Vul een e-mailadres in').waitFor();
  await page.getByLabel('E-mailadres voor meldingen').fill('veiligheid@gemeente.example');
  await save.click();
  await page.getByRole('button', { name: 'Melding doorsturen' }).waitFor();
  await page.getByText('Naar veiligheid@gemeente.example.').waitFor();
});

it('RE10 YT7 both pages pass axe in light and dark, and fit 320 px', async () => {
  const { page } = bob;
  for (const path of ['/jaarcijfers', '/reacties?q=klacht']) {
    await page.goto(`${program.url}${path}`);
    await page.getByRole('heading', { level: 1, name: /Jaarcijfers|reacties/ }).waitFor();
    expect(await violationsOf(page), path).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});
