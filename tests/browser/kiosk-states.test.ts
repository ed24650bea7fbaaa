import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { misfits } from './examine.ts';
import { always, choose, confirmOn, goOn, outbox, stopClock } from './kiosk-support.ts';
import { questions } from './questions.ts';

let browser: Browser;
let program: Program;
let admin: string;
const bearer = () => ({ authorization: `Bearer ${admin}` });

beforeAll(async () => {
  browser = await startBrowser();
  const prepared = await startPrepared({ tokens: { admin: 'admin' } });
  program = prepared.program;
  admin = prepared.tokens.admin;
  const asked = questions('balie-1', 'smiley');
  expect((await send('POST', `${program.url}/api/v1/questionnaires`, asked, bearer())).status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** From now on the tablet's disk takes nothing, or again everything. */
const disk = (page: Page, works: boolean) =>
  page.evaluate((well) => {
    const { prototype } = IDBDatabase as unknown as { prototype: Record<string, unknown> };
    prototype.kept ??= prototype.transaction;
    prototype.transaction = well
      ? prototype.kept
      : () => {
          throw new DOMException('broken', 'UnknownError');
        };
  }, works);

/** The tester waits on the clock of the page: it passes by single milliseconds, so that no screen goes meanwhile. */
async function examined(page: Page, dark: boolean): Promise<string[]> {
  let busy = true;
  const found = violationsOf(page, { dark }).finally(() => {
    busy = false;
  });
  while (busy) {
    await page.clock.runFor(1);
    // Asked without a pause, the clock would take the processor from the tester.
    await pause(15);
  }
  return found;
}

/** Past the questions that stand there, to the button that ends the visit. */
async function finish(page: Page): Promise<void> {
  await page.clock.runFor(2_100);
  await page.waitForSelector('.step');
  while ((await page.locator('#comment').count()) === 0) await goOn(page);
  await page.locator('.step .actions button:not(.main, .plain)').click();
  await page.clock.runFor(800);
}

/** The states in which something is wrong or unusual, one after the other, in one page. */
async function walk(page: Page, language: 'nl' | 'ar', seen: (state: string) => Promise<void>) {
  const { url } = program;
  const device = await confirmOn(page, url, admin, { name: `staat ${language}`, touchpoint: 'balie-1' });
  await page.clock.install();
  await page.goto(`${url}/kiosk`);
  await page.waitForSelector('main.ask, main.closed');
  const change = { openingHours: always, pin: '4711', idleSeconds: 300 };
  const trial = (on: boolean) => send('PATCH', `${url}/api/v1/touchpoints/balie-1`, { trial: on }, bearer());
  await send('PATCH', `${url}/api/v1/devices/${device().id}`, change, bearer());
  await trial(true);
  await page.waitForSelector('main.ask');
  await page.waitForSelector('.trial');
  await stopClock(page);
  await page.click(`.languages [lang="${language}"]`);
  await seen('smileys, on trial');
  await page.context().setOffline(true);
  await page.waitForSelector('.offline:not(:empty)');
  await seen('without a network');

  await disk(page, false);
  await page.click('.targets input[value="2"]');
  await page.waitForSelector('main.ask [role="alert"]');
  await seen('a press that cannot be kept');
  await disk(page, true);
  await choose(page, 4);
  await seen('the thanks for a smiley');
  await page.clock.runFor(2_100);
  await page.waitForSelector('.several');
  await page.locator('.option').first().click();
  await disk(page, false);
  await page.locator('.step button.main').click();
  await page.waitForSelector('.step [role="alert"]');
  await seen('an answer that cannot be kept');
  await page.locator('.step button.plain').click();
  await page.waitForSelector('main.thanks');
  await seen('the smileys again');
  await page.click('.targets input[value="5"]');
  await page.waitForSelector('main.thanks [role="alert"]');
  await seen('a correction that cannot be kept');
  await disk(page, true);
  await page.click('.targets input[value="4"]');
  await page.waitForSelector('.step');
  for (let step = 0; step < 3; step++) await goOn(page);
  await page.fill('#comment', 'Dank');
  await disk(page, false);
  await page.locator('.step button.main').click();
  await page.waitForSelector('.step [role="alert"]');
  await seen('a comment that cannot be kept');
  await disk(page, true);
  await finish(page);
  for (let child = 0; child < 3; child++) {
    await choose(page, 5);
    await finish(page);
  }
  await page.waitForSelector('main.locked');
  await seen('the rest after many grades');
  await page.clock.runFor(9_000);
  await page.clock.resume();
  await page.waitForSelector('main.ask');

  await page.evaluate(async () => {
    const opening = indexedDB.open('klantpuls-kiosk');
    await new Promise((ready) => {
      opening.onsuccess = ready;
    });
    const store = opening.result.transaction('outbox', 'readwrite').objectStore('outbox');
    const givenAt = new Date().toISOString();
    store.add({ id: crypto.randomUUID(), touchpoint: 'balie-1', grade: 99, givenAt });
    await new Promise((ready) => {
      store.transaction.oncomplete = ready;
    });
    opening.result.close();
  });
  await page.context().setOffline(false);
  await until('the refusal is known', async () => {
    await page.clock.runFor(61_000);
    return (await outbox(page, 'rejected')).length;
  });
  await page.click(`.languages [lang="${language}"]`);
  await page.focus('.place');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.pin');
  await page.fill('#pin', '0000');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.pin .problem:not(:empty)');
  await seen('a wrong PIN');
  await page.fill('#pin', '4711');
  await page.keyboard.press('Enter');
  await until('the status is shown', async () => {
    await page.clock.runFor(100);
    return page.locator('dialog.status li').count();
  });
  await seen('the status with a refusal');
  await page.context().setOffline(true);
  await page.locator('dialog.status button.plain').click();
  await page.waitForSelector('main.pair');
  await seen('pairing without a network');
  await page.locator('main.pair button').click();
  await page.waitForSelector('main.setup');
  await page.fill('#touchpoint', 'nergens');
  await page.context().setOffline(false);
  await page.locator('main.setup button.main').click();
  await page.waitForSelector('main.setup .problem:not(:empty)');
  await seen('an unknown touchpoint');
  await trial(false);
}

it.each(['nl', 'ar'] as const)(
  'KS12 every state in which something is wrong passes axe, in Dutch in light and dark, has targets of 64 pixels and fits at 320 px and at 200 percent: %s',
  async (language) => {
    const { context, page } = await openPage(browser, {
      ...{ viewport: { width: 1024, height: 768 }, bypassCSP: true },
    });
    const found: Record<string, string[]> = {};
    let states = 0;
    await walk(page, language, async (state) => {
      states += 1;
      const wrong = [
        ...(await examined(page, language === 'nl')),
        ...(await misfits(page, 'button, .target, input:not([type="radio"])', 64, [320, 512])),
      ];
      if (wrong.length > 0) found[state] = wrong;
    });
    expect(found).toEqual({});
    expect(states).toBe(13);
    await context.close();
  },
  180_000,
);
