import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';

const email = 'beheer@gemeente.example';
const password = 'vier rustige woorden samen';

let browser: Browser;
let program: Program;
let watched: Watched;
beforeAll(async () => {
  [browser, program] = await Promise.all([
    startBrowser(),
    startProgram({ environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } }),
  ]);
  watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await watched.page.goto(`${program.url}/waarom?channel=balie`);
  await watched.page.fill('#email', email);
  await watched.page.fill('#password', password);
  await watched.page.keyboard.press('Enter');
  await watched.page.getByText('Ingelogd als').waitFor();
});
afterAll(async () => {
  await watched?.context.close();
  await browser?.close();
  await program?.stop();
});

const focused = () => watched.page.evaluate(() => document.activeElement?.id);
const menu = () => watched.page.getByRole('navigation', { name: 'Hoofdmenu' });
const violations = () => violationsOf(watched.page);

describe('the shell around every page', () => {
  it('SH1 a link of the menu keeps the filters, names the page, and reading goes on from the content', async () => {
    const { page } = watched;
    await menu().getByRole('link', { name: 'Nu' }).click();
    await expect.poll(() => page.title()).toContain('Nu');
    expect(new URL(page.url()).search).toContain('channel=balie');
    await expect
      .poll(() => menu().getByRole('link', { name: 'Nu' }).getAttribute('aria-current'))
      .toBe('page');
    await expect.poll(focused).toBe('main');
    await page.goBack();
    await expect.poll(() => page.title()).toContain('Waarom');
    expect(new URL(page.url()).pathname).toBe('/waarom');
  });

  it('SH2 on a phone the menu folds behind a button that the keyboard opens and Escape closes', async () => {
    const { page } = watched;
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const button = page.getByRole('button', { name: 'Menu' });
      await button.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => button.getAttribute('aria-expanded')).toBe('true');
      await expect.poll(() => menu().getByRole('link', { name: 'Nu' }).isVisible()).toBe(true);
      expect(await violations()).toEqual([]);
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beside).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await expect.poll(() => menu().getByRole('link', { name: 'Nu' }).isVisible()).toBe(false);
      await expect.poll(() => button.evaluate((node) => node === document.activeElement)).toBe(true);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('SH3 an address under /beheer that is no section says so, with the menu around it', async () => {
    const { page } = watched;
    await page.goto(`${program.url}/beheer/bestaat-niet`);
    await page.getByRole('heading', { level: 1, name: 'Deze pagina bestaat niet' }).waitFor();
    await expect.poll(() => menu().getByRole('link', { name: 'Nu' }).isVisible()).toBe(true);
    expect(await violations()).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
