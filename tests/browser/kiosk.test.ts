import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { inDatabase } from '../support/database.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type Counted, startCounted } from './residents-support.ts';

let browser: Browser;
let program: Program;
let received: Counted['received'];
let watched: Watched;
let page: Page;
const eventually = (grades: number[]) => expect.poll(received, { timeout: 10_000 }).toEqual(grades);

beforeEach(async () => {
  ({ program, received } = await startCounted());
  watched = await openPage(browser, { viewport: { width: 1024, height: 768 } });
  page = watched.page;
});
afterEach(async () => {
  await watched.context.close();
  await program.stop();
});

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

describe('the kiosk', () => {
  const open = async () => {
    await page.goto(`${program.url}/kiosk?touchpoint=balie-1`);
    await page.waitForSelector('.targets');
  };
  const press = (grade: number) => page.click(`.targets input[value="${grade}"]`);
  const finish = async () => {
    await page.getByRole('button', { name: 'Klaar' }).click({ timeout: 8_000 });
    await page.waitForSelector('main.ask');
    await page.waitForTimeout(800);
  };
  const outbox = () =>
    page.evaluate(
      () =>
        new Promise<unknown[]>((resolve, reject) => {
          const opening = indexedDB.open('klantpuls-kiosk');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const all = opening.result.transaction('outbox').objectStore('outbox').getAll();
            all.onsuccess = () => resolve(all.result);
          };
        }),
    );

  it('takes a press, and the last one when a finger slipped', async () => {
    await open();
    await press(6);
    await page.waitForSelector('main.thanks');
    await press(8);
    await eventually([8]);
    await finish();
    await press(3);
    await eventually([3, 8]);
    expect(watched.complaints).toEqual([]);
  });

  it('CH3 delivers a comment that redaction makes longer than is allowed', async () => {
    await open();
    await press(7);
    await page.waitForSelector('textarea', { timeout: 8_000 });
    await page.fill('textarea', `${'a@b.nl '.repeat(140)}${'x'.repeat(37)}${'\u{1f642}'.repeat(400)}`);
    await page.getByRole('button', { name: 'Verstuur' }).click();
    await page.waitForSelector('main.done');
    await expect.poll(outbox, { timeout: 10_000 }).toEqual([]);
    const comments = inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT text FROM comments').pluck().all(),
    ) as string[];
    expect(comments).toHaveLength(1);
    expect(comments[0]!.length).toBeGreaterThan(1990);
    expect(comments[0]).toMatch(/^\[e-mailadres\] .*\u{1f642}$/u);
  });

  it('CH3 starts cold without a network, keeps what is given, and sends it once', async () => {
    await open();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await program.kill();
    await page.goto('about:blank');
    await page.goto(`${program.url}/kiosk`);
    await press(9);
    await page.waitForSelector('textarea', { timeout: 8_000 });
    await page.fill('textarea', 'Mail jan@voorbeeld.nl');
    await page.getByRole('button', { name: 'Verstuur' }).click();
    await page.waitForSelector('main.done');
    expect(await page.textContent('.offline')).toContain('Geen verbinding');
    const kept = await outbox();
    expect(kept).toMatchObject([{ grade: 9 }, { addition: true, comment: 'Mail [e-mailadres]' }]);

    const port = new URL(program.url).port;
    program = await startProgram({ dataDir: program.dataDir, environment: { PORT: port } });
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await eventually([9]);
    await expect.poll(outbox).toEqual([]);
  });

  it('CH3 keeps everything when it may not send, and waits as long as the server asks', async () => {
    await open();
    await page.route('**/ratings/batch', (route) => route.fulfill({ status: 401, body: '{}' }));
    await press(7);
    await page.waitForSelector('main.thanks');
    await page.waitForTimeout(300);
    expect(await outbox()).toHaveLength(1);
    await page.unroute('**/ratings/batch');
    let refused = 0;
    await page.route('**/ratings/batch', (route) => {
      refused += 1;
      return refused > 1
        ? route.continue()
        : route.fulfill({ status: 503, headers: { 'retry-after': '2' }, body: '{}' });
    });
    const asked = Date.now();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await eventually([7]);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(2_000);
  });

  it('shows what the server refused, and goes on with the rest', async () => {
    await open();
    await page.route('**/ratings/batch', async (route) => {
      const { ratings } = route.request().postDataJSON() as { ratings: { id: string }[] };
      const errors = [{ pointer: '/grade', code: 'range', detail: 'No.' }];
      const results = ratings.map(({ id }) => ({ id, status: 'rejected', errors }));
      await route.fulfill({ json: { results } });
    });
    await press(7);
    await expect.poll(outbox).toEqual([]);
    await page.focus('.place');
    await page.keyboard.press('Enter');
    expect(await page.textContent('dialog')).toContain('/grade No.');
  });

  it('says so when a press cannot be kept', async () => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('broken', 'UnknownError');
      };
    });
    await open();
    await press(4);
    await page.waitForSelector('main.ask [role="alert"]');
    expect(await page.textContent('[role="alert"]')).toContain('niet bewaard');
    expect(await received()).toEqual([]);
  });

  it('warns before it starts again, and waits for whoever is still there', async () => {
    await page.clock.install();
    await open();
    await press(5);
    await page.waitForSelector('main.thanks');
    await page.clock.runFor(16_000);
    await page.getByRole('button', { name: 'Ja, ik ben er nog' }).click();
    expect(await page.locator('main.steps').count()).toBe(1);
    await page.clock.runFor(16_000);
    expect(await page.textContent('[role="alertdialog"]')).toContain('seconden');
    await page.clock.runFor(21_000);
    await page.waitForSelector('main.ask');
    expect(await page.locator('dialog').count()).toBe(0);
  });

  it('turns around for Arabic and has targets of 64 pixels', async () => {
    await open();
    await page.click('.languages [lang="ar"]');
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    const small = await page
      .locator('button, .target')
      .evaluateAll((all) =>
        all
          .map((one) => one.getBoundingClientRect())
          .filter(({ width, height }) => width < 64 || height < 64),
      );
    expect(small).toEqual([]);
  });
});
