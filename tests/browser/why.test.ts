import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dateOfDay } from '#shared/core/calendar.ts';
import { violationsOf } from '../support/axe.ts';
import { openPage, signedIn, startBrowser, type Watched } from '../support/browser.ts';
import type { Program } from '../support/program.ts';
import { get } from '../support/ratings.ts';
import { account, before, change, periods, startWithHistory, today } from './why-support.ts';

const wide = { width: 1280, height: 900 };

let browser: Browser;
let program: Program;
let tokens: Record<'viewer' | 'controller', string>;
/** The page of the administrator; whoever else it is about has one of their own. */
let own: Watched;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  ({ program, tokens } = await startWithHistory());
  const session = await signedIn(browser, program.url, account);
  own = await openPage(browser, { viewport: wide, storageState: session });
});
afterAll(() => Promise.all([browser?.close(), program?.stop()]));
afterEach(async () => {
  const complaints = watched.complaints.splice(0);
  if (watched === own) {
    await page.emulateMedia({ media: null });
    await page.setViewportSize(wide);
  } else await watched.context.close();
  expect(complaints).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = {}) {
  watched = await openPage(browser, { viewport: wide, ...options });
  page = watched.page;
  await page.goto(`${program.url}${path}`);
}
async function signIn(path: string) {
  watched = own;
  page = watched.page;
  await page.goto(`${program.url}${path}`);
}
/** Somebody with another role: their token goes along with every request. */
const openAs = (token: string, path: string) =>
  open(path, { extraHTTPHeaders: { authorization: `Bearer ${token}` } });
const headline = () => page.getByRole('heading', { level: 1 });
const steps = () => page.getByRole('list', { name: 'Van het oude naar het nieuwe cijfer, in stappen' });

describe('the page Waarom', () => {
  it('EX20 says the verdict first, then draws the way from the old grade to the new one', async () => {
    await signIn(`/waarom?channel=digitaal&${periods}`);
    await page
      .getByRole('heading', { level: 1, name: /^Het cijfer daalde van 7,3 naar 6,1: 1,\d\d punt/ })
      .waitFor();
    await expect.poll(() => page.title()).toBe('Verklaard · Waarom · Klantpuls');
    await expect
      .poll(() => page.getByText('Daarvan zit').innerText())
      .toMatch(/‘Verhuizing doorgeven’ \(van 8,0 naar 6,0\)/);
    await page.getByText('Verklaard', { exact: true }).waitFor();

    const labels = await steps().locator('.kp-fall__label').allInnerTexts();
    expect(labels).toEqual([
      'Was',
      'Andere verdeling over producten',
      'Verhuizing doorgeven',
      'Niet toe te wijzen',
      'Is',
    ]);
    await expect.poll(() => steps().innerText()).toContain('vooral meer Parkeervergunning aanvragen');
    const drawn = await page.locator('.kp-why__sum').innerText();
    const [parts = '', total = ''] = drawn.replaceAll('−', '-').replaceAll(',', '.').split('=');
    const sum = parts
      .trim()
      .split(/\s+/)
      .reduce((sum, part) => sum + Number(part), 0);
    expect(sum.toFixed(2)).toBe(Number(total).toFixed(2));

    await page.getByRole('button', { name: 'Tabel' }).click();
    const table = page.getByRole('table', { name: 'Van het oude naar het nieuwe cijfer, in stappen' });
    const row = table.getByRole('row', { name: /Verhuizing doorgeven/ });
    await expect.poll(() => row.getByRole('cell').nth(3).innerText()).toBe('ja');
    expect(new URL(page.url()).searchParams.get('view')).toBe('table');
  });

  it('EX23 shows the groups by size of effect, marks what is proven with a word, and quotes the new words', async () => {
    await signIn(`/waarom?channel=digitaal&${periods}`);
    const table = page.getByRole('table', { name: 'Wat er veranderde, per product' });
    const first = table.getByRole('row').nth(1);
    await expect.poll(() => first.innerText()).toMatch(/^Verhuizing doorgeven\s+bewezen/);
    await expect
      .poll(() => table.getByRole('row', { name: /Paspoort/ }).innerText())
      .not.toContain('bewezen');
    const words = page.getByRole('region', { name: 'Woorden die vaker bij lage cijfers staan' });
    await expect
      .poll(() => words.locator('q').first().innerText())
      .toMatch(/^Halverwege opnieuw inloggen, regel/);
  });

  it('EX23 shows the words without the comments to who may not read these, and offers no note', async () => {
    await openAs(tokens.viewer, `/waarom?channel=digitaal&${periods}`);
    const words = page.getByRole('region', { name: 'Woorden die vaker bij lage cijfers staan' });
    await expect.poll(() => words.innerText()).toContain('inloggen');
    await expect.poll(() => words.locator('q').count()).toBe(0);
    await expect.poll(() => page.getByRole('button', { name: 'Neem over in toelichting' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Kopieer als tekst' }).waitFor();
  });

  it('EX24 works out the largest group so that it can be checked by hand', async () => {
    await signIn(`/waarom?channel=digitaal&${periods}&by=product`);
    await page.getByText('Hoe is dit berekend?').click();
    await page.getByRole('heading', { name: 'Voorbeeld: Verhuizing doorgeven' }).waitFor();
    const worked = await page.locator('.kp-why__worked').innerText();
    expect(worked).toContain('400 ÷ 900 = 44,44%');
    expect(worked).toContain('400 ÷ 1.200 = 33,33%');
    expect(worked).toContain('(44,44% + 33,33%) ÷ 2 × (6,0000 − 8,0000) = −0,7778');
  });

  it('EX25 does not compare across a change of method, and says what would help', async () => {
    await signIn(`/waarom?channel=web&${periods}`);
    await page.getByRole('heading', { level: 1, name: /niet te vergelijken.*Website/ }).waitFor();
    const remedy = page.getByRole('region', { name: 'Zo kan het wel' });
    await expect.poll(() => remedy.innerText()).toContain('Laat beide manieren naast elkaar lopen');
    await expect.poll(() => steps().count()).toBe(0);
    await expect.poll(() => page.getByRole('table').count()).toBe(0);
  });

  it('EX25 says so where there are too few ratings, and where no change is proven what could have been seen', async () => {
    await signIn(`/waarom?channel=telefoon&${periods}`);
    await page
      .getByRole('heading', { level: 1, name: 'Er zijn te weinig waarderingen om te vergelijken' })
      .waitFor();
    await page.getByText('Kies langere periodes, of wis een filter.').waitFor();
    await expect.poll(() => steps().count()).toBe(0);
    await page.goto(`${program.url}/waarom?channel=balie&${periods}`);
    await page.getByRole('heading', { level: 1, name: 'een verandering is niet aangetoond' }).waitFor();
    await page.getByRole('heading', { name: 'Wat we hadden kunnen zien' }).waitFor();
  });

  it('EX21 keeps periods, filters and what to split by in the address, and goes back', async () => {
    await signIn('/waarom');
    await headline().waitFor();
    await page.getByText('Vóór en na een datum').click();
    await page.getByLabel('Datum van de verandering').fill(dateOfDay(change));
    await page.getByLabel('Even lang ervoor en erna').selectOption('4');
    await page.getByRole('button', { name: 'Vergelijk' }).click();
    await page.getByRole('button', { name: 'Alle kanalen' }).click();
    await page.getByRole('checkbox', { name: 'Digitaal', exact: true }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: /daalde van 7,3 naar 6,1/ }).waitFor();
    await page.getByLabel('dagdeel').check();
    await page.getByRole('table', { name: 'Wat er veranderde, per dagdeel' }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      ...{ compare: 'date', date: dateOfDay(change), weeks: '4', channel: 'digitaal', by: 'daypart' },
    });
    await page.reload();
    await page.getByRole('table', { name: 'Wat er veranderde, per dagdeel' }).waitFor();
    await expect.poll(() => page.getByLabel('Even lang ervoor en erna').inputValue()).toBe('4');
    await page.goBack();
    await page.getByRole('table', { name: 'Wat er veranderde, per dagdeel' }).waitFor({ state: 'detached' });
    await page.goBack();
    await page.goBack();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await expect.poll(() => page.getByLabel('Dit jaar tegen vorig jaar').isChecked()).toBe(true);
  });

  it('EX21 names what is wrong with the periods above the form and at the field', async () => {
    await signIn(`/waarom?${periods}`);
    await headline().waitFor();
    await page.getByLabel('Eerste periode, tot en met').fill(dateOfDay(change + 2));
    await page.getByRole('button', { name: 'Vergelijk' }).click();
    const summary = page.locator('.kp-errors');
    await expect.poll(() => summary.evaluate((node) => node === document.activeElement)).toBe(true);
    await summary.getByRole('link', { name: 'De twee periodes overlappen' }).click();
    const field = page.getByLabel('Eerste periode, tot en met');
    await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true);
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(dateOfDay(change - 1));
    await page.keyboard.press('Enter');
    await summary.waitFor({ state: 'detached' });
    await page.goto(`${program.url}/waarom?${periods.replace(dateOfDay(change - 1), dateOfDay(today))}`);
    await page.locator('.kp-errors').getByText('De twee periodes overlappen').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('EX21 is reached from a change on Nu, with the same periods and filter', async () => {
    const days = `from=${dateOfDay(change)}&to=${dateOfDay(today - 1)}`;
    await signIn(`/?${days}`);
    const row = page.locator('.kp-row', { hasText: 'Digitaal' });
    await row.getByRole('link', { name: 'Waarom?' }).click();
    await page.getByRole('heading', { level: 1, name: /daalde van 7,3 naar 6,1/ }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      ...{ channel: 'digitaal', baseFrom: dateOfDay(before), from: dateOfDay(change) },
    });
    await expect
      .poll(() => page.getByRole('link', { name: 'Waarom', exact: true }).getAttribute('aria-current'))
      .toBe('page');
  });

  it('EX26 puts the sentences on the clipboard, with the periods and how many ratings', async () => {
    await own.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await signIn(`/waarom?channel=digitaal&${periods}`);
    await page.getByRole('button', { name: 'Kopieer als tekst' }).click();
    await page.getByText('De tekst staat op het klembord.').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(/^Het cijfer daalde van 7,3 naar 6,1.*\(n 900\) tegen .* \(n 1\.200\)\.$/);
  });

  it('EX26 lets a controller take them over into the note of an indicator, below what was there', async () => {
    await openAs(tokens.controller, `/waarom?channel=digitaal&${periods}`);
    await page.getByRole('button', { name: 'Neem over in toelichting' }).click();
    const note = page.getByRole('textbox', { name: 'Toelichting' });
    await note.waitFor();
    await expect.poll(() => page.getByLabel('Indicator').inputValue()).toBe('digitale-producten');
    await page.getByLabel('Jaar', { exact: true }).selectOption('2024');
    await expect
      .poll(() => note.inputValue())
      .toMatch(/^Wij hebben nog geen verklaring\.\n\nHet cijfer daalde/);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page.getByText('Bewaard als toelichting bij “Rapportcijfer digitale producten”, 2024.').waitFor();
    const opener = page.getByRole('button', { name: 'Neem over in toelichting' });
    await expect.poll(() => opener.evaluate((node) => node === document.activeElement)).toBe(true);
    const { body } = await get<{ items: { years: Record<string, { note: string; target: number }> }[] }>(
      program.url,
      '/indicators',
      tokens.controller,
    );
    expect(body.items[0]?.years['2024']).toMatchObject({ target: 7.3 });
    expect(body.items[0]?.years['2024']?.note).toContain('Daarvan zit');
  });

  it('EX20 speaks English too', async () => {
    await signIn(`/waarom?channel=digitaal&${periods}`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: /^The grade fell from 7\.3 to 6\.1/ }).waitFor();
    await page.getByRole('table', { name: 'What changed, by product' }).waitFor();
    await page.getByText('Explained', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Nederlands' }).click();
    await page.getByText('Verklaard', { exact: true }).waitFor();
  });

  it('EX20 can be asked with the keyboard alone', async () => {
    await signIn(`/waarom?channel=digitaal&${periods}`);
    const method = page.getByText('Hoe is dit berekend?');
    await method.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Wat u hier niet uit kunt weten' }).waitFor();
    await page.getByLabel('dagdeel').focus();
    await page.keyboard.press('Space');
    await page.getByRole('table', { name: 'Wat er veranderde, per dagdeel' }).waitFor();
    await page.getByLabel('Zelf kiezen').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.has('from')).toBe(false);
    await expect.poll(() => page.getByLabel('Dit jaar tegen vorig jaar').isChecked()).toBe(true);
  });

  it('DB4 has no violation that axe finds, and nothing stands outside the screen, wide or small', async () => {
    await signIn('/waarom');
    for (const search of [
      `channel=digitaal&${periods}&by=product,channel`,
      `channel=digitaal&${periods}&view=table`,
      `channel=balie&${periods}`,
      `channel=web&${periods}`,
      `channel=telefoon&${periods}`,
      'compare=date',
      'product=bestaat-niet',
    ]) {
      await page.goto(`${program.url}/waarom?${search}`);
      await headline().waitFor();
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) (one as HTMLDetailsElement).open = true;
      });
      expect({ search, found: await violationsOf(page) }).toEqual({ search, found: [] });
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect({ search, width, wider: Math.max(0, wider) }).toEqual({ search, width, wider: 0 });
      }
    }
    const expected = watched.complaints.filter((text) => !text.includes('400 (Bad Request)'));
    watched.complaints.splice(0, Number.POSITIVE_INFINITY, ...expected);
  });

  it('DB4 prints as a page that speaks for itself', async () => {
    await signIn(`/waarom?channel=digitaal&${periods}`);
    await headline().waitFor();
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => page.getByRole('button').count()).toBe(0);
    await expect.poll(() => page.getByText('Gemaakt op').isVisible()).toBe(true);
    await expect.poll(() => page.locator('.kp-why__about').innerText()).toBe('Digitaal');
  });
});
