import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { inDatabase } from '../support/database.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

const email = 'beheer@gemeente.example';
const password = 'vier rustige woorden samen';

let program: Program;
let mailbox: Mailbox;
let browser: Browser;
let machine: string;

beforeAll(async () => {
  mailbox = await startMailbox();
  const [started, opened] = await Promise.all([
    startPrepared({
      tokens: { machine: 'machine invitations' },
      settings: { products: [{ key: 'paspoort', name: 'Paspoort aanvragen', upl: null, retired: false }] },
      environment: {
        ...{ SMTP_URL: mailbox.url, MAIL_FROM: 'post@gemeente.test', WEBHOOK_PRIVATE: '127.0.0.1' },
        ...{ ADMIN_EMAIL: email, ADMIN_PASSWORD: password },
      },
    }),
    startBrowser(),
  ]);
  program = started.program;
  machine = started.tokens.machine;
  browser = opened;
});
afterAll(async () => {
  await browser.close();
  await program.stop();
  await mailbox.close();
});

const kept = () =>
  inDatabase(program.dataDir, (db) =>
    ['ratings', 'comments', 'invitations', 'spared_addresses', 'changes'].map((name) =>
      db.prepare(`SELECT * FROM ${name}`).all(),
    ),
  );

/** Long enough for whatever a page would do by itself; all links wait side by side. */
const stay = 15_000;

test('IV3: a browser that opens every link of a mail, runs scripts and stays writes nothing, and the press afterwards counts', async () => {
  await send(
    'POST',
    `${program.url}/api/v1/invitations`,
    { email: 'jan@inwoner.test', moment: 'afhandeling', product: 'paspoort' },
    {
      authorization: `Bearer ${machine}`,
    },
  );
  await until('the mail is sent, and that is written down', () =>
    inDatabase(
      program.dataDir,
      (db) => db.prepare("SELECT 1 FROM mail WHERE state = 'sent'").get() !== undefined,
    ),
  );
  const [letter] = await mailbox.parsed();
  const links = [...String(letter!.html).matchAll(/href="([^"]+)"/g)].map(([, link]) =>
    link!.replaceAll('&#38;', '&'),
  );
  expect(links.filter((link) => link.includes('/i/'))).toHaveLength(10);
  expect(links).toHaveLength(11);
  const before = kept();

  // A scanner: every link at once, with scripts, and it stays.
  const scanner = await browser.newContext();
  await Promise.all(
    links.map(async (link) => {
      const page = await scanner.newPage();
      expect((await page.goto(link))!.status()).toBe(200);
      await page.mouse.move(200, 200);
    }),
  );
  await pause(stay);
  await scanner.close();
  expect(kept()).toEqual(before);

  // The person, without JavaScript.
  const { context, page, complaints } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(links[7]!);
  await expect.poll(() => page.locator('input[name=grade]:checked').inputValue()).toBe('8');
  await page.locator('textarea').fill('Het ging snel');
  await page.getByRole('button', { name: 'Verstuur' }).click();
  await page.waitForURL(/bedankt/);
  const ratings = () =>
    inDatabase(program.dataDir, (db) => db.prepare('SELECT grade, product FROM ratings').all());
  expect(ratings()).toEqual([{ grade: 8, product: 1 }]);

  // Once more, on second thoughts.
  await page.goto(links[2]!);
  await page.getByRole('button', { name: 'Verstuur' }).click();
  await page.waitForURL(/bedankt/);
  expect(ratings()).toEqual([{ grade: 3, product: 1 }]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('IV2: a person unsubscribes on the page behind the mail, by keyboard and without JavaScript', async () => {
  const [letter] = await mailbox.parsed();
  const link = /https?:\S+\/afmelden\/\S+/.exec(letter!.text!)![0];
  const { context, page, complaints } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(link);
  await page.getByRole('button', { name: 'Meld mij af' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'U bent afgemeld' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('DB4: the pages of invitations and webhooks pass axe in light and dark and fit a screen of 320 pixels', async () => {
  const { context, page, complaints } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  const isFine = async (what: string) => {
    expect(await violationsOf(page), what).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    const beside = await page.evaluate(() =>
      document.documentElement.scrollWidth <= innerWidth
        ? []
        : [...document.querySelectorAll('main *')]
            .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('[tabindex="0"]'))
            .map(({ outerHTML }) => outerHTML.slice(0, 200)),
    );
    expect(beside, what).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await page.goto(`${program.url}/beheer/uitnodigingen`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Uitnodigingen' }).waitFor();
  // With the invitation of above in it, answered.
  await page.getByRole('cell', { name: 'na de afhandeling' }).waitFor();
  await isFine('invitations');
  // Of this month as well; not of days before anybody was invited.
  await page.getByRole('radio', { name: 'Maand' }).check();
  await page.getByRole('cell', { name: 'na de afhandeling' }).waitFor();
  await page.getByRole('radio', { name: 'Kies…' }).check();
  await page.getByLabel('van', { exact: true }).fill('2020-01-01');
  await page.getByLabel('tot en met').fill('2020-12-31');
  await page.getByRole('button', { name: 'Toon' }).click();
  await page.getByText('In deze periode is niemand uitgenodigd.').waitFor();
  await isFine('invitations of some days');

  await page.goto(`${program.url}/beheer/webhooks`);
  await page.getByText('Er luistert nog niemand').waitFor();
  await isFine('no webhook');
  await page.getByLabel('Naam', { exact: true }).fill('Zaaksysteem van de gemeente');
  await page.getByLabel('Adres', { exact: true }).fill(`http://127.0.0.1:9/${'een-lang-adres/'.repeat(8)}`);
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await page.locator('code', { hasText: 'whsec_' }).waitFor();
  await page.getByRole('heading', { level: 2, name: 'Zaaksysteem van de gemeente' }).waitFor();
  await send('POST', `${program.url}/api/v1/ratings`, aRating());
  await until('tried', () =>
    inDatabase(
      program.dataDir,
      (db) => db.prepare('SELECT 1 FROM webhook_deliveries WHERE attempts > 0').get() !== undefined,
    ),
  );
  await page.locator('summary', { hasText: 'Laatste leveringen' }).click();
  await page.getByRole('cell', { name: 'Een waardering' }).waitFor();
  await isFine('a webhook');
  expect(complaints).toEqual([]);
  await context.close();
});
