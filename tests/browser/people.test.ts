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
  // The other pages of the administration, as they stand; those of collecting are looked at where they are used.
  for (const name of ['privacy', 'gezondheid']) {
    await page.goto(`${program.url}/beheer/${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('status').filter({ hasText: 'laden' }).waitFor({ state: 'detached' });
    expect(await violationsOf(page), name).toEqual([]);
  }
  expect(complaints).toEqual([]);
});

test('AC13 DB4: a passkey is made on the page of the account, lets in without password or code, and is worth nothing once removed', async () => {
  // A passkey is for a host with a name.
  const home = program.url.replace('127.0.0.1', 'localhost');
  const person = await openPage(browser, { viewport: { width: 390, height: 844 } });
  const { page } = person;
  const devtools = await person.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  const verifies = (isUserVerified: boolean) =>
    devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  const passkeyButton = page.getByRole('button', { name: 'Gebruik een passkey' });
  await page.goto(`${home}/account`);
  await page.fill('#email', admin.email);
  await page.fill('#password', admin.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor();
  const add = page.getByRole('button', { name: 'Passkey toevoegen' });
  await add.click();
  await page.getByRole('link', { name: 'Geef de passkey een naam.' }).waitFor();
  await page.fill('#passkey-name', 'Laptop werk');
  await page.fill('#passkey-password', 'niet mijn wachtwoord');
  await add.click();
  await page.getByRole('link', { name: 'Dit is niet uw wachtwoord van nu.' }).waitFor();
  await page.fill('#passkey-password', admin.password);
  await add.click();
  await page.getByText('Laptop werk is toegevoegd.').waitFor();
  await page.getByText('Nog niet gebruikt').waitFor();
  expect(await violationsOf(page)).toEqual([]);

  const signOut = async () => {
    await person.context.clearCookies();
    await page.goto(`${home}/`);
    await passkeyButton.waitFor();
  };
  await signOut();
  expect(await violationsOf(page)).toEqual([]);
  // Not without the person's finger or face.
  await verifies(false);
  await passkeyButton.click();
  await page.getByText('Gebruik een passkey lukte niet.').waitFor();
  await verifies(true);
  const [entering] = await Promise.all([
    page.waitForRequest(
      (request) => request.url().endsWith('/api/v1/session') && request.method() === 'POST',
    ),
    passkeyButton.click(),
  ]);
  await page.getByText('Ingelogd als Beheerder').waitFor();

  // The same answer once more, altered, from elsewhere, or of a passkey that nobody has, lets nobody in.
  const enter = async (body: unknown, origin = home) => {
    const headers = { 'content-type': 'application/json', origin };
    const reply = await fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return reply.status;
  };
  const { passkey } = entering.postDataJSON() as { passkey: { id: string; response: object } };
  expect(await enter({ passkey })).toBe(401);
  expect(await enter({ passkey }, program.url)).toBe(401);
  expect(await enter({ passkey: { ...passkey, id: 'AAAA' } })).toBe(401);
  expect(await enter({ passkey: { ...passkey, response: { clientDataJSON: 'e30' } } })).toBe(401);
  expect(await enter({ passkey: {} })).toBe(400);

  await page.goto(`${home}/account`);
  await page.getByText('Laatst gebruikt op').waitFor();
  await page.getByRole('button', { name: 'Laptop werk verwijderen' }).click();
  await expect.poll(() => page.getByText('Laptop werk', { exact: true }).count()).toBe(0);
  await signOut();
  await passkeyButton.click();
  await page.getByText('Gebruik een passkey lukte niet.').waitFor();
  // What was refused was answered 400 or 401, which a browser writes on its console.
  expect(person.complaints.filter((one) => !/40[01]/.test(one))).toEqual([]);
  await person.context.close();
});
