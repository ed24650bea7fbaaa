import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { misfits } from './examine.ts';
import { always, choose, confirmOn, notToday } from './kiosk-support.ts';
import { questions } from './questions.ts';

let browser: Browser;
let program: Program;
let admin: string;

beforeAll(async () => {
  browser = await startBrowser();
  const prepared = await startPrepared({ tokens: { admin: 'admin' } });
  program = prepared.program;
  admin = prepared.tokens.admin;
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** Every screen and state, one after the other, in one page. */
async function walk(page: Page, language: 'nl' | 'ar', seen: (state: string) => Promise<void>) {
  const bearer = { authorization: `Bearer ${admin}` };
  const device = await confirmOn(page, program.url, admin, { name: language, touchpoint: 'balie-1' });
  await page.clock.install();
  await page.addInitScript(() => {
    speechSynthesis.getVoices = () => [{ lang: 'nl' }, { lang: 'ar' }] as SpeechSynthesisVoice[];
    // As of a browser that never answers: the status does not wait for it.
    Object.assign(navigator, { getBattery: () => new Promise(() => {}) });
  });
  await page.goto(`${program.url}/kiosk`);
  await page.waitForSelector('main.ask, main.closed');
  const change = (what: object) =>
    send('PATCH', `${program.url}/api/v1/devices/${device().id}`, what, bearer);
  await change({ openingHours: notToday() });
  await page.waitForSelector('main.closed');
  await seen('closed');
  await change({ openingHours: always, pin: '4711', idleSeconds: 300 });
  await page.waitForSelector('main.ask');
  const named = (grade: number) => page.getAttribute(`input[value="${grade}"]`, 'aria-label');
  expect([await named(7), await named(10)]).toEqual(['7 van 10', '10 van 10, uitstekend']);
  await page.click(`.languages [lang="${language}"]`);
  await seen('the question');
  await choose(page, 8);
  await seen('the thanks');
  await page.clock.runFor(3_100);
  const main = () => page.locator('.step button.main').click();
  await page.waitForSelector('.several');
  await seen('several answers');
  await page.locator('.option').first().click();
  await main();
  await page.waitForSelector('#asked');
  await seen('yes or no');
  await main();
  await page.waitForSelector('.step textarea');
  await seen('a text');
  await main();
  await page.waitForSelector('#comment');
  await seen('the comment');
  await page.fill('#comment', 'Bel 06-12345678');
  await main();
  await page.waitForSelector('main.done');
  await seen('the comment as stored');
  await page.focus('.place');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.pin');
  await seen('the PIN');
  await page.fill('#pin', '4711');
  await page.press('#pin', 'Enter');
  await page.waitForSelector('dialog.status');
  await seen('the status');
  await page.click('dialog.status button.main');
  await page.clock.runFor(301_000);
  await page.waitForSelector('[role="alertdialog"]');
  await seen('the warning');
  await page.locator('[role="alertdialog"] button').nth(1).click();
  await page.waitForSelector('main.ask');
  await page.unroute('**/api/v1/device-pairings');
  await send('DELETE', `${program.url}/api/v1/devices/${device().id}/token`, undefined, bearer);
  // The next report tells, and that takes real time: a clock that ran on meanwhile would break every connection again.
  await until(
    'it pairs again',
    async () => {
      await page.clock.runFor(61_000);
      const code = page.waitForSelector('main.pair .code:not(:empty)', { timeout: 15_000 });
      return code.catch(() => null);
    },
    60_000,
  );
  await seen('the pairing');
  const code = await page.textContent('main.pair .code');
  const refusal = await send('DELETE', `${program.url}/api/v1/device-pairings/${code}`, undefined, bearer);
  expect(refusal.status).toBe(204);
  await until('the refusal is shown', async () => {
    await page.clock.runFor(1_000);
    return (await page.textContent('main.pair [role="status"]'))?.includes('geweigerd');
  });
  await expect.poll(() => page.textContent('main.pair .code')).not.toBe(code);
  await seen('a refused code');
  await page.locator('main.pair button').click();
  await page.waitForSelector('main.setup');
  await seen('the set-up');
}

it.each(['nl', 'ar'] as const)(
  'KS12 every screen of the kiosk passes axe, in Dutch in light and dark, has targets of 64 pixels, fits at 320 px and at 200 percent and has its letters: %s',
  async (language) => {
    await send('POST', `${program.url}/api/v1/questionnaires`, questions('balie-1'), {
      authorization: `Bearer ${admin}`,
    });
    const { context, page } = await openPage(browser, {
      ...{ viewport: { width: 1024, height: 768 }, bypassCSP: true },
    });
    const found: Record<string, string[]> = {};
    let states = 0;
    let letters = false;
    onTestFinished(() => context.close());
    await walk(page, language, async (state) => {
      states += 1;
      letters ||= await page.evaluate(() =>
        [...document.fonts].some(({ family, status }) => family.includes('Arabic') && status === 'loaded'),
      );
      const wrong = [
        ...(await violationsOf(page, { dark: language === 'nl' })),
        ...(await misfits(page, 'button, .target, input:not([type="radio"])', 64, [320, 512])),
      ];
      if (wrong.length > 0) found[state] = wrong;
    });
    expect(found).toEqual({});
    expect(states).toBe(14);
    expect(letters).toBe(true);
  },
  120_000,
);
