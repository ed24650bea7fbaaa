import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildGallery } from '../../client/build.ts';
import { violationsOf } from '../support/axe.ts';
import { openPage, signedIn, startBrowser, type Watched } from '../support/browser.ts';
import { type Program, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, post } from '../support/ratings.ts';

const email = 'beheer@gemeente.example';
const password = 'vier rustige woorden samen';

const wide = { width: 1280, height: 900 };

let browser: Browser;
let program: Program;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());
/** The page of the administrator, for all that needs no page of its own. */
let own: Watched | null = null;
afterEach(async () => {
  if (watched === own) await page.setViewportSize(wide);
  else await watched?.context.close();
});

const rate = async (fields: Record<string, unknown>, times = 1) => {
  for (let time = 0; time < times; time++) {
    expect((await post(program.url, aRating(fields))).status).toBe(201);
  }
};
async function open(path: string, options: BrowserContextOptions = {}) {
  watched = await openPage(browser, { viewport: wide, ...options });
  page = watched.page;
  await page.goto(`${program.url}${path}`);
}
async function signIn(path = '/') {
  await open(path);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.getByText('Ingelogd als').waitFor();
}
const complaints = () => watched.complaints;
const grade = () => page.locator('.kp-hero .kp-grade > .kp-hidden');

const violations = () => violationsOf(page);

describe('a new municipality', () => {
  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(() => program?.stop());

  it('AC1 makes its first administrator through the link, and is told what is missing', async () => {
    const link = program.output.join('\n').match(/https?:\/\/\S+\/setup#\S+/)?.[0];
    await open(new URL(link!).pathname + new URL(link!).hash);
    await page.fill('#name', 'Sanne de Vries');
    await page.fill('#password', 'kort');
    await page.keyboard.press('Enter');
    const summary = page.locator('.kp-errors');
    await expect.poll(() => summary.evaluate((node) => node === document.activeElement)).toBe(true);
    await summary.getByRole('link').first().click();
    await expect
      .poll(() => page.locator('#email').evaluate((node) => node === document.activeElement))
      .toBe(true);
    await expect.poll(() => page.getAttribute('#email', 'aria-describedby')).toBe('email-error');
    expect(await violations()).toEqual([]);

    await page.fill('#email', email);
    await page.fill('#password', password);
    await page.fill('#again', password);
    await page.getByRole('button', { name: 'Maak account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nog geen waarderingen' }).waitFor();
    expect(complaints()).toEqual([]);

    await page.goto(link!);
    await page.reload();
    await page.fill('#name', 'Iemand anders');
    await page.fill('#email', 'ander@gemeente.example');
    await page.fill('#password', password);
    await page.fill('#again', password);
    await page.getByRole('button', { name: 'Maak account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Deze link werkt niet meer' }).waitFor();
  });

  it('DB1 moves the figures the moment a rating arrives, without being asked', async () => {
    await signIn();
    await page.getByRole('heading', { level: 1, name: 'Nog geen waarderingen' }).waitFor();
    // What is there before it listens is no dot.
    await page.locator('.kp-connection', { hasText: 'live' }).waitFor();
    await rate({ grade: 8 }, 9);
    await page.getByText('9 waarderingen in').waitFor();
    await expect.poll(() => grade().innerText()).toBe('n.b.');
    await rate({ grade: 7 });
    await expect.poll(() => grade().innerText()).toBe('7,9');
    await expect.poll(() => page.title()).toBe('7,9 · Nu · Klantpuls');
    await expect.poll(() => page.locator('.kp-hero').innerText()).toContain('indicatief');
    await rate({ touchpoint: 'website', grade: 4 });
    const web = page.locator('.kp-row', { hasText: 'Website' });
    await web.getByText('Te weinig waarderingen').waitFor();
    await page.getByText('laatste waardering').waitFor();
    await expect.poll(() => page.locator('.kp-pulse__dot').count()).toBe(11);
    expect(complaints()).toEqual([]);
  });

  it('AC3 says the same to a wrong password as to an unknown address', async () => {
    await open('/');
    for (const [who, secret] of [
      [email, 'iets anders'],
      ['niemand@gemeente.example', password],
    ]) {
      await page.fill('#email', who!);
      await page.fill('#password', secret!);
      await page.keyboard.press('Enter');
      await page.locator('.kp-errors').getByText('horen niet bij elkaar').waitFor();
    }
    expect(await violations()).toEqual([]);
  });
});

describe('the page Nu', () => {
  let session: Awaited<ReturnType<typeof signedIn>>;
  beforeAll(async () => {
    program = await startProgram({ environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } });
    session = await signedIn(browser, program.url, { email, password });
    await rate({ grade: 8 }, 40);
    await rate({ touchpoint: 'website', grade: 6 }, 20);
  });
  afterAll(async () => {
    await own?.context.close();
    await program?.stop();
  });
  const openAs = async (path = '/') => {
    own ??= await openPage(browser, { viewport: wide, storageState: session });
    watched = own;
    page = own.page;
    own.complaints.length = 0;
    await page.goto(`${program.url}${path}`);
  };

  it('says so when an old address names a filter that does not exist', async () => {
    await openAs('/?product=bestaat-niet');
    await page.getByRole('heading', { level: 1, name: 'Een filter in dit adres bestaat niet' }).waitFor();
    await page.getByRole('link', { name: 'Wis filters' }).click();
    await expect.poll(() => grade().innerText()).toBe('7,3');
  });

  it('DB2 says when the connection is gone and is right again after it', async () => {
    const touchpoint = 'digitaal-product';
    await rate({ touchpoint, grade: 8 }, 12);
    await openAs('/?channel=digitaal');
    await page.locator('.kp-connection', { hasText: 'live' }).waitFor();
    await watched.context.setOffline(true);
    await page.locator('.kp-connection', { hasText: 'verbinding weg' }).waitFor();
    await page.getByText('Er is geen verbinding met de server').waitFor();
    await rate({ touchpoint, grade: 2 }, 12);
    await expect.poll(() => grade().innerText()).toBe('8,0');
    await watched.context.setOffline(false);
    await page.locator('.kp-connection', { hasText: 'live' }).waitFor();
    await expect.poll(() => grade().innerText()).toBe('5,0');
  });

  it('LV7 leads to the sign-in page with a sentence when the session ended', async () => {
    await signIn();
    await page.locator('.kp-row').first().waitFor();
    const other = await watched.context.newPage();
    await other.goto(`${program.url}/`);
    await other.getByRole('button', { name: 'Uitloggen' }).click();
    await other.getByText('U bent uitgelogd').waitFor();
    await page.getByText('Uw sessie is verlopen. Log opnieuw in.').waitFor();
  });

  it('DB3 keeps period, filters, view and language in the address', async () => {
    // The language is kept by the browser.
    await open('/', { storageState: session });
    await page.getByRole('link', { name: 'Balie', exact: true }).click();
    await expect.poll(() => page.url()).toContain('channel=balie');
    await expect.poll(() => grade().innerText()).toBe('8,0');
    await page.getByRole('heading', { name: 'Per contactpunt' }).waitFor();
    await page.getByText('Maand', { exact: true }).click();
    await page.getByRole('button', { name: 'Tabel' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await expect
      .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
      .toEqual({ channel: 'balie', period: 'month', view: 'table', taal: 'en' });
    await page.reload();
    await expect.poll(() => grade().innerText()).toBe('8.0');
    await expect.poll(() => page.getByRole('table').first().innerText()).toContain('8.0');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('view=table');
  });

  it('opens and closes filters and reads charts with the keyboard alone', async () => {
    await openAs();
    const channels = page.getByRole('button', { name: 'Alle kanalen' });
    await channels.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toContain('channel=balie');
    expect(
      await page
        .locator('.kp-choice .kp-choice__button')
        .first()
        .evaluate((node) => node === document.activeElement),
    ).toBe(true);
    const bars = page.getByRole('slider', { name: /^Verdeling/ }).first();
    await bars.focus();
    await page.keyboard.press('Home');
    for (let step = 1; step < 8; step++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => bars.getAttribute('aria-valuetext')).toBe('8: 40 waarderingen, 100%');
  });

  it('LV8 shows the wallboard without controls, and only figures that moved by five', async () => {
    await openAs('/?wallboard&channel=web');
    // Who listens later begins with what there is then.
    await page.locator('.kp-connection', { hasText: 'live' }).waitFor();
    const total = page.locator('.kp-wall__total .kp-grade > .kp-hidden');
    await expect.poll(() => total.innerText()).toBe('6,0');
    await expect.poll(() => page.locator('a, button, input, [tabindex]').count()).toBe(0);
    await rate({ touchpoint: 'website', grade: 2 }, 4);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expect.poll(() => total.innerText()).toBe('6,0');
    await rate({ touchpoint: 'website', grade: 2 });
    await expect.poll(() => total.innerText()).toBe('5,2');
    expect(complaints()).toEqual([]);
  });

  it('DB4 has no violation that axe finds, in light or dark', async () => {
    await openAs();
    for (const path of [
      '/',
      '/?view=table',
      '/?channel=balie&period=today',
      '/?wallboard',
      '/?from=2020-01-01&to=2020-12-31',
    ]) {
      await page.goto(`${program.url}${path}`);
      await page.locator('.kp-connection', { hasText: 'live' }).waitFor();
      expect({ path, found: await violations() }).toEqual({ path, found: [] });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect({ path, wider: Math.max(0, wider) }).toEqual({ path, wider: 0 });
    }
    expect(complaints()).toEqual([]);
  });

  it('DB4 fits a screen of 320 pixels', async () => {
    await openAs();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['/', '/?view=table', '/?from=2026-01-01&to=2026-03-31']) {
      await page.goto(`${program.url}${path}`);
      await page.locator('.kp-connection', { hasText: 'live' }).waitFor();
      await page.getByRole('button', { name: 'Filters' }).click();
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect({ path, wider: Math.max(0, wider) }).toEqual({ path, wider: 0 });
    }
    expect(await violations()).toEqual([]);
  });
});

describe('every state of every component', () => {
  it('DB4 has no violation that axe finds, in light or dark', async () => {
    const folder = temporaryFolder();
    await buildGallery(folder);
    watched = await openPage(browser, { viewport: wide });
    page = watched.page;
    await page.route('http://gallery.example/**', (route) =>
      route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
    );
    await page.goto('http://gallery.example/gallery.html');
    await page.getByRole('heading', { name: 'Form' }).waitFor();
    await expect.poll(() => page.locator('.kp-gallery__example').count()).toBeGreaterThan(35);
    expect(await violations()).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
