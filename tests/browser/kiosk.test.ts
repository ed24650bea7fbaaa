import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mark } from '../../server/storage/port.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { choose, outbox, pass, press, ratingsAt } from './kiosk-support.ts';
import { type Between, startProxy } from './proxy.ts';

const everywhere = Array.from({ length: 12 }, (_, index) => `balie-${index + 1}`);
let browser: Browser;
let program: Program;
let admin: string;
let proxy: Between;
let watched: Watched;
let page: Page;
/** A touchpoint of its own for every test. */
let here: string;
let used = 0;

beforeAll(async () => {
  browser = await startBrowser();
  const touchpoints = everywhere.map((key) => ({
    ...{ key, name: key, channel: 'balie', location: null, scale: 'grade' as const },
    ...{ origins: [], trial: false, retired: false },
  }));
  const prepared = await startPrepared({ settings: { touchpoints }, tokens: { admin: 'admin' } });
  program = prepared.program;
  admin = prepared.tokens.admin;
  proxy = await startProxy(program.url);
});
afterAll(async () => {
  await browser?.close();
  proxy?.close();
  await program?.stop();
});
afterEach(() => watched.context.close());

async function open(prepare?: (page: Page) => Promise<unknown>): Promise<void> {
  here = everywhere[used++]!;
  watched = await openPage(browser, { viewport: { width: 1024, height: 768 } });
  page = watched.page;
  await prepare?.(page);
  await page.goto(`${proxy.url}/kiosk?touchpoint=${here}`);
  await page.waitForSelector('.targets');
}
const grades = () => ratingsAt(program.dataDir, here).map(({ grade }) => grade);
const eventually = (wanted: number[]) =>
  until(`the server has ${wanted}`, () => JSON.stringify(grades().sort()) === JSON.stringify(wanted));
const online = () => page.evaluate(() => dispatchEvent(new Event('online')));
const sent = () => until('nothing waits', async () => (await outbox(page)).length === 0);

describe('the kiosk', () => {
  it('KS1 keeps a press at once, awake and on lasting storage; the last one wins when a finger slipped, also after the thanks and by keyboard alone', async () => {
    await open(async (fresh) => {
      await fresh.clock.install();
      await fresh.addInitScript(() => {
        const asked: string[] = [];
        Object.assign(window, { asked });
        navigator.wakeLock.request = async (type = 'screen') => {
          asked.push(`awake: ${type}`);
          return {} as WakeLockSentinel;
        };
        navigator.storage.persist = async () => {
          asked.push('persist');
          return true;
        };
      });
    });
    const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    expect((await asked()).sort()).toEqual(['awake: screen', 'persist']);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    expect((await asked()).filter((one) => one === 'awake: screen')).toHaveLength(2);

    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);
    await press(page, 6);
    await page.waitForSelector('main.thanks');
    await press(page, 8);
    await eventually([8]);
    // The thanks stand for two seconds; who wants another grade after that gets them back.
    await page.clock.runFor(1_900);
    expect(await page.locator('main.thanks').count()).toBe(1);
    await page.clock.runFor(200);
    await page.getByRole('button', { name: 'Antwoord veranderen' }).click();
    await press(page, 9);
    await eventually([9]);
    await page.clock.runFor(2_100);
    await page.clock.resume();
    await page.getByRole('button', { name: 'Klaar' }).click();
    await page.waitForSelector('main.ask');

    await choose(page, 3, async () => {
      await page.focus('.targets input[value="1"]');
      for (let move = 0; move < 2; move++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
    });
    await eventually([3, 9]);
    await page.waitForSelector('main.steps', { timeout: 8_000 });
    await page.focus('#comment');
    await page.keyboard.type('Met het toetsenbord');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('main.done');
    await expect.poll(() => page.textContent('blockquote')).toBe('Met het toetsenbord');
    expect(watched.complaints).toEqual([]);
  });

  it('KS1 delivers a comment that redaction makes longer than is allowed', async () => {
    await open((fresh) => fresh.clock.install());
    await press(page, 7);
    await page.waitForSelector('main.thanks');
    await page.clock.runFor(3_100);
    await page.fill('textarea', `${'a@b.nl '.repeat(140)}${'x'.repeat(37)}${'\u{1f642}'.repeat(400)}`);
    await page.getByRole('button', { name: 'Verstuur' }).click();
    await page.waitForSelector('main.done');
    await sent();
    const [comment] = inDatabase(program.dataDir, (db) =>
      db.prepare("SELECT text FROM comments WHERE text LIKE '[e-mail%'").pluck().all(),
    ) as string[];
    expect(comment!.length).toBeGreaterThan(1990);
    expect(comment).toMatch(/^\[e-mailadres\] .*\u{1f642}$/u);
  });

  it('KS2 keeps everything when it may not send, and waits as long as the server asks', async () => {
    await open((fresh) => fresh.clock.install());
    await page.route('**/ratings/batch', (route) =>
      route.fulfill({ status: 503, headers: { 'retry-after': '40' }, body: '{}' }),
    );
    await press(page, 7);
    await page.waitForSelector('main.thanks');
    await expect.poll(() => outbox(page)).toHaveLength(1);
    await page.unroute('**/ratings/batch');
    await online();
    await page.clock.runFor(39_000);
    await expect.poll(() => outbox(page)).toHaveLength(1);
    await page.clock.runFor(2_000);
    await eventually([7]);

    await page.route('**/ratings/batch', (route) => route.fulfill({ status: 401, body: '{}' }));
    await page.goto(`${proxy.url}/kiosk`);
    await page.waitForSelector('main.ask');
    await press(page, 4);
    await page.waitForSelector('main.thanks');
    await pass(page);
    await page.waitForSelector('main.pair');
    await expect.poll(() => page.textContent('.kept')).toContain('Hier wachten 1 berichten');
    await expect.poll(() => outbox(page)).toHaveLength(1);
  });

  it('KS3 shows the one of a hundred that the server refused; the other 99 arrive', async () => {
    await open();
    const poison = await page.evaluate(async (touchpoint) => {
      const opening = indexedDB.open('klantpuls-kiosk');
      await new Promise((ready) => {
        opening.onsuccess = ready;
      });
      const store = opening.result.transaction('outbox', 'readwrite').objectStore('outbox');
      const items = Array.from({ length: 100 }, (_, index) => ({
        ...{ id: crypto.randomUUID(), touchpoint, grade: index === 50 ? 99 : 5 },
        givenAt: new Date().toISOString(),
      }));
      for (const item of items) store.add(item);
      await new Promise((ready) => {
        store.transaction.oncomplete = ready;
      });
      opening.result.close();
      return items[50]!.id;
    }, here);
    await online();
    await sent();
    expect(grades()).toEqual(Array(99).fill(5));
    await expect.poll(() => outbox(page, 'rejected')).toHaveLength(1);
    await page.focus('.place');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.textContent('dialog li')).toContain(`${poison.slice(-6)} · /grade`);
  });

  it('KS4 corrects a clock that is three hours off, or at 1970: marked, and none refused', async () => {
    await open((fresh) => fresh.clock.install({ time: 60_000 }));
    await press(page, 2);
    await page.waitForSelector('main.thanks');
    await sent();
    await page.clock.setSystemTime(Date.now() - 3 * 3_600_000);
    await pass(page);
    await press(page, 9);
    await eventually([2, 9]);
    const rows = ratingsAt(program.dataDir, here);
    expect(rows.map(({ marks }) => marks & mark.clock)).toEqual([mark.clock, mark.clock]);
    for (const { givenAt } of rows) expect(Math.abs(Date.now() - givenAt)).toBeLessThan(600_000);
    await expect.poll(() => outbox(page, 'rejected')).toEqual([]);
  });

  it('KS5 says so when a press cannot be kept', async () => {
    await open((fresh) =>
      fresh.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('broken', 'UnknownError');
        };
      }),
    );
    await press(page, 4);
    await page.waitForSelector('main.ask [role="alert"]');
    await expect.poll(() => page.textContent('[role="alert"]')).toContain('niet bewaard');
    expect(grades()).toEqual([]);
  });

  it('KS6 warns before it starts again, waits for whoever is still there, and rests after many grades', async () => {
    await open((fresh) => fresh.clock.install());
    await press(page, 5);
    await page.waitForSelector('main.thanks');
    await page.clock.runFor(16_000);
    await page.getByRole('button', { name: 'Ja, ik ben er nog' }).click();
    await expect.poll(() => page.locator('main.steps').count()).toBe(1);
    await page.clock.runFor(16_000);
    await expect.poll(() => page.textContent('[role="alertdialog"]')).toContain('seconden');
    await page.clock.runFor(21_000);
    await page.waitForSelector('main.ask');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);

    for (let child = 0; child < 4; child++) {
      await page.clock.runFor(800);
      await press(page, 1);
      await page.waitForSelector('main.thanks');
      await page.clock.runFor(3_100);
      await page.getByRole('button', { name: 'Klaar' }).click();
    }
    await page.waitForSelector('main.locked');
    await page.clock.runFor(9_000);
    await page.waitForSelector('main.ask');
    await eventually([1, 1, 1, 1, 5]);
  });

  it('KS7 a new version of itself waits until nobody is answering', async () => {
    await open();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const loaded = await page.evaluate(() => performance.timeOrigin);
    await press(page, 10);
    await page.waitForSelector('main.thanks');
    proxy.rewrite = (path, body) =>
      path === '/kiosk-sw.js'
        ? Buffer.from(`${body.toString().replaceAll('klantpuls-kiosk-', 'klantpuls-kiosk-2-')}`)
        : body;
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
    });
    await until('the new version waits', () =>
      page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null),
    );
    await page.waitForSelector('main.steps', { timeout: 8_000 });
    await page.fill('#comment', 'Ik ben nog bezig');
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
    await page.getByRole('button', { name: 'Klaar' }).click();
    await until('the page is that of the new version', async () =>
      page
        .evaluate(() => performance.timeOrigin)
        .then(
          (origin) => origin !== loaded,
          () => false,
        ),
    );
    await page.waitForSelector('main.ask');
    proxy.rewrite = (_path, body) => body;
    await eventually([10]);
  });

  it('KS8 asks what the touchpoint asks: smileys, and questions by grade whose answers are kept one by one', async () => {
    await open((fresh) => fresh.clock.install());
    const option = (key: string, nl: string) => ({ key, text: { nl } });
    const made = await send(
      'POST',
      `${program.url}/api/v1/questionnaires`,
      {
        ...{
          touchpoint: here,
          after: 1,
          scale: 'smiley',
          question: null,
          commentQuestion: null,
          product: null,
        },
        questions: [
          {
            ...{ key: 'reden', type: 'choice', text: { nl: 'Waar lag het aan?' }, from: 1, to: 5 },
            options: [option('wachten', 'De wachttijd'), option('uitleg', 'De uitleg')],
          },
          {
            ...{ key: 'goed', type: 'multiple', text: { nl: 'Wat ging goed?' }, from: 6, to: 10 },
            options: [option('snel', 'Snel geholpen'), option('aardig', 'Vriendelijk')],
          },
          { key: 'kort', type: 'yes-no', text: { nl: 'Binnen 10 minuten geholpen?' } },
          { key: 'doel', type: 'text', text: { nl: 'Wat kwam u doen?' }, from: 1, to: 10 },
        ],
      },
      { authorization: `Bearer ${admin}` },
    );
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    await page.goto(`${proxy.url}/kiosk`);
    await until('the new questions arrive', () => page.locator('.smileys').count());
    await expect.poll(() => page.getAttribute('input[value="4"]', 'aria-label')).toBe('4 van 5, tevreden');
    await press(page, 4);
    await page.waitForSelector('main.thanks');
    await page.clock.runFor(3_100);
    await page.getByRole('button', { name: 'Vriendelijk' }).click();
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('button', { name: 'Nee' }).click();
    await page.fill('textarea', 'Bellen naar 06-12345678');
    await page.getByRole('button', { name: 'Terug' }).click();
    await expect.poll(() => page.getAttribute('text=Nee', 'aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.waitForSelector('#comment');
    await sent();
    const [row] = ratingsAt(program.dataDir, here);
    expect(row).toMatchObject({ smiley: 4, grade: null });
    expect(JSON.parse(row!.answers!)).toEqual({
      goed: ['aardig'],
      kort: false,
      doel: 'Bellen naar [telefoonnummer]',
    });
    expect(watched.complaints).toEqual([]);
  });

  it('KS9 reads aloud where there is a voice for the language', async () => {
    await open((fresh) =>
      fresh.addInitScript(() => {
        speechSynthesis.getVoices = () => [{ lang: 'nl-NL' } as SpeechSynthesisVoice];
        speechSynthesis.speak = (utterance) =>
          document.documentElement.setAttribute('data-said', utterance.text);
      }),
    );
    await page.getByRole('button', { name: 'Lees voor' }).click();
    await expect
      .poll(() => page.getAttribute('html', 'data-said'))
      .toMatch(/^Welk cijfer geeft u ons.*uitstekend/);
    await page.click('.languages [lang="tr"]');
    await expect.poll(() => page.locator('.listen').count()).toBe(0);
  });
});
