import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import type { Program } from '../support/program.ts';
import { type Counted, startCounted } from './residents-support.ts';

let browser: Browser;
let counted: Counted;
let program: Program;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  [browser, counted] = await Promise.all([startBrowser(), startCounted()]);
  program = counted.program;
  // The policy would keep the tester's own script out; that pages keep to it is looked at elsewhere.
  watched = await openPage(browser, { bypassCSP: true });
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await counted?.program.stop();
});

describe('the plain form', () => {
  beforeEach(() => counted.forget());
  const received = () => counted.received();

  it('CH2 works without JavaScript, says what is missing and keeps what was typed', async () => {
    const { context, page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(`${program.url}/f/website?language=nl`);
    await page.fill('#comment', '<b>Mail a@b.nl</b>');
    await page.click('main button');
    await expect.poll(() => page.locator('.summary:focus a').getAttribute('href')).toBe('#grade-1');
    await expect.poll(() => page.inputValue('#comment')).toBe('<b>Mail a@b.nl</b>');
    expect(await received()).toEqual([]);
    await page.check('#grade-7');
    await page.click('main button');
    await page.waitForURL('**/f/website/bedankt?*');
    await expect.poll(() => page.textContent('main')).toContain('persoonsgegevens');
    expect(await received()).toEqual([7]);
    await context.close();
  });

  it('CH2 only shows the grade of a link, and takes a correction from whoever goes back', async () => {
    await page.goto(`${program.url}/q/website?grade=8&language=en`);
    await expect.poll(() => page.isChecked('#grade-8')).toBe(true);
    expect(await received()).toEqual([]);
    const submit = async () => {
      await page.click('main button');
      await page.waitForURL('**/bedankt?*');
    };
    await submit();
    expect(await received()).toEqual([8]);
    for (const grade of [3, 8, 8]) {
      await page.goBack();
      await page.check(`#grade-${grade}`);
      await submit();
      expect(await received()).toEqual([grade]);
    }
    await page.goto(`${program.url}/f/website?language=en`);
    await page.check('#grade-5');
    await submit();
    expect(await received()).toEqual([5, 8]);
  });

  it('CH2 answers an unknown touchpoint with a page', async () => {
    const answer = await fetch(`${program.url}/f/nergens`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('Dit adres bestaat niet');
  });
});

/** The widget and the kiosk are looked at state by state in tests of their own. */
describe('every page for residents', () => {
  it.each([
    ['the form', '/f/website', false],
    ['a mistake in the form', '/f/website', true],
    ['a mistake in Arabic', '/f/website?language=ar', true],
    ['the thanks', '/f/website/bedankt?language=ar', false],
    ['privacy', '/privacy', false],
    ['accessibility', '/toegankelijkheid', false],
  ])('DB4 passes axe: %s', async (_name, path, mistaken) => {
    await page.goto(program.url + path);
    if (mistaken) await page.click('main button');
    if (mistaken) await page.waitForSelector('.summary');
    expect(await violationsOf(page)).toEqual([]);
  });
});
