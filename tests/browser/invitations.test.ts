import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, startBrowser } from '../support/browser.ts';
import { inDatabase } from '../support/database.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

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
      environment: { SMTP_URL: mailbox.url, MAIL_FROM: 'post@gemeente.test' },
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

/** Long enough for whatever a page would do by itself. */
const stay = 2000;

test('IV3: a browser that opens every link of a mail, runs scripts and stays writes nothing, and the press afterwards counts', async () => {
  await send(
    'POST',
    `${program.url}/api/v1/invitations`,
    { email: 'jan@inwoner.test', moment: 'afhandeling', product: 'paspoort' },
    {
      authorization: `Bearer ${machine}`,
    },
  );
  await until('the mail', () => mailbox.letters.length === 1);
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
  expect(await page.locator('input[name=grade]:checked').inputValue()).toBe('8');
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
