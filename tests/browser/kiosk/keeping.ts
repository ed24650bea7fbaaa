import { expect, it } from 'vitest';
import { mark } from '../../../server/storage/port.ts';
import { inDatabase } from '../../support/database.ts';
import { send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import { choose, outbox, pass, press, ratingsAt, stopClock } from '../kiosk-support.ts';
import {
  admin,
  eventually,
  grades,
  handsOff,
  here,
  online,
  open,
  page,
  program,
  proxy,
  sent,
  watched,
} from './setting.ts';

/** What is given reaches the disk, and from there the server. */
export function keeping(): void {
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

    await stopClock(page);
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
    await page.waitForSelector('main.steps');
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
    await stopClock(page);
    const refusal = page.waitForResponse('**/ratings/batch');
    await press(page, 7);
    await page.waitForSelector('main.thanks');
    await refusal;
    // Then it knows how long to wait.
    await handsOff();
    await page.unroute('**/ratings/batch');
    await online();
    // In steps that are shorter than the patience with a request, which would end unanswered otherwise.
    for (let step = 0; step < 3; step++) {
      await page.clock.runFor(13_000);
      await handsOff();
      expect(await outbox(page)).toHaveLength(1);
    }
    await page.clock.runFor(2_000);
    await eventually([7]);

    await page.route('**/ratings/batch', (route) => route.fulfill({ status: 401, body: '{}' }));
    // What the server says of the place comes late, and takes nobody away from the code.
    let answer = () => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/form?*', (route) => late.then(() => route.continue()));
    await page.goto(`${proxy.url}/kiosk`);
    await page.waitForSelector('main.ask');
    await press(page, 4);
    await page.waitForSelector('main.thanks');
    await pass(page);
    await page.waitForSelector('main.pair .code:not(:empty)');
    const asked = { trial: true };
    await send('PATCH', `${program.url}/api/v1/touchpoints/${here}`, asked, {
      authorization: `Bearer ${admin}`,
    });
    answer();
    await until('the tablet knows the place as it is now', async () =>
      JSON.stringify(await outbox(page, 'settings')).includes('"trial":true'),
    );
    await until('the code stands there', () => page.locator('main.pair').count());
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

  it('KS4 corrects a clock that is three hours behind or ahead, or at 1970: marked, and none refused', async () => {
    await open((fresh) => fresh.clock.install({ time: 60_000 }));
    await press(page, 2);
    await page.waitForSelector('main.thanks');
    await sent();
    await page.clock.setSystemTime(Date.now() - 3 * 3_600_000);
    await pass(page);
    await press(page, 9);
    // The last one waits half an hour for the network, by a clock that is ahead.
    await pass(page);
    await page.clock.setSystemTime(Date.now() + 3 * 3_600_000);
    await page.route('**/ratings/batch', (route) => route.abort());
    await press(page, 7);
    await page.waitForSelector('main.thanks');
    await page.clock.fastForward(1_800_000);
    await page.unroute('**/ratings/batch');
    await online();
    await eventually([2, 7, 9]);
    const rows = ratingsAt(program.dataDir, here);
    expect(rows.map(({ marks }) => marks & mark.clock)).toEqual([mark.clock, mark.clock, mark.clock]);
    for (const { grade, givenAt } of rows) {
      const waited = grade === 7 ? 1_800_000 : 0;
      expect(Math.abs(Date.now() - waited - givenAt)).toBeLessThan(600_000);
    }
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
}
