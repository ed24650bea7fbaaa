import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';

const admin = { email: 'beheer@gemeente.example', password: 'een lang wachtwoord 1' };
let program: Program;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [{ program }, browser] = await Promise.all([
    startPrepared({ environment: { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password } }),
    startBrowser(),
  ]);
  ({ page, complaints } = await openPage(browser));
  await page.goto(program.url);
  await page.fill('#email', admin.email);
  await page.fill('#password', admin.password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Ingelogd als Beheerder');
});
afterAll(async () => {
  await browser.close();
  await program.stop();
});

test('DB10 DB4 an administrator invites a colleague, who chooses a password and comes in', async () => {
  await page.goto(`${program.url}/beheer/gebruikers`);
  await page.click('text=Collega uitnodigen');
  await page.click('button:has-text("Uitnodigen")');
  await page.waitForSelector('.kp-errors');
  await page.fill('#new-name', 'Ali Yılmaz');
  await page.fill('#new-email', 'ali@gemeente.example');
  await page.selectOption('#new-role', 'manager');
  await page.click('button:has-text("Uitnodigen")');
  const link = (await page.textContent('.kp-once__secret'))!;
  expect(await violationsOf(page)).toEqual([]);
  const guest = await openPage(browser, { viewport: { width: 390, height: 844 } });
  await guest.page.goto(link);
  await guest.page.waitForSelector('#password');
  expect(await violationsOf(guest.page)).toEqual([]);
  await guest.page.fill('#password', 'Wachtwoord2026!');
  await guest.page.click('button[type=submit]');
  await guest.page.waitForSelector('text=te makkelijk te raden');
  await guest.page.fill('#password', 'vier losse kiezels wandelen');
  await guest.page.click('button[type=submit]');
  await guest.page.click('text=Naar inloggen');
  await guest.page.fill('#email', 'ali@gemeente.example');
  await guest.page.fill('#password', 'vier losse kiezels wandelen');
  await guest.page.keyboard.press('Enter');
  await guest.page.waitForSelector('text=Ingelogd als Ali Yılmaz');
  await guest.page.goto(`${program.url}/account`);
  await guest.page.getByRole('heading', { level: 1 }).waitFor();
  expect(await violationsOf(guest.page)).toEqual([]);
  await guest.context.close();
  // The password that was refused was answered 400, which a browser writes on its console.
  expect(guest.complaints.filter((one) => !one.includes('400'))).toEqual([]);
});

test('DB4 DB10 the audit log shows who did it, and a token is shown once', async () => {
  await page.goto(`${program.url}/beheer/logboek`);
  await page.waitForSelector('.kp-log tbody tr');
  expect(await page.textContent('.kp-log')).toMatch(/Ali Yılmaz[\s\S]*Ingelogd[\s\S]*Beheerder/);
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${program.url}/beheer/sleutels`);
  await page.click('text=Sleutel maken');
  await page.fill('#token-name', 'Wallboard hal');
  await page.click('form button:has-text("Sleutel maken")');
  const secret = (await page.textContent('.kp-once__secret'))!;
  expect(secret).toMatch(/^[\w-]{43}$/);
  await page.reload();
  await page.waitForSelector('text=Wallboard hal');
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.content()).not.toContain(secret);
  // The other pages of the administration, as they stand.
  for (const name of ['privacy', 'gezondheid', 'apparaten', 'producten', 'contactpunten']) {
    await page.goto(`${program.url}/beheer/${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('status').filter({ hasText: 'laden' }).waitFor({ state: 'detached' });
    expect(await violationsOf(page), name).toEqual([]);
  }
  expect(complaints).toEqual([]);
});
