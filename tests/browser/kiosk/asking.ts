import { expect, it } from 'vitest';
import { send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import { goOn, press, ratingsAt, stopClock } from '../kiosk-support.ts';
import { admin, eventually, here, open, page, program, proxy, sent, watched } from './setting.ts';

/** What visitors see, and when. */
export function asking(): void {
  it('KS6 warns before it starts again, waits for whoever is still there, and rests after many grades', async () => {
    await open((fresh) => fresh.clock.install());
    await stopClock(page);
    await press(page, 5);
    await page.waitForSelector('main.thanks');
    await page.clock.runFor(2_100);
    await page.waitForSelector('main.steps');
    await page.clock.runFor(15_100);
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
    await page.waitForSelector('main.steps');
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
    await goOn(page);
    await goOn(page);
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

  it('KS14 the status is behind a long press, also when the screen is drawn again under the finger, and not behind a short one', async () => {
    await open((fresh) => fresh.clock.install());
    const drawnAgain = async () => {
      const drawn = await page.waitForSelector('.place');
      await page.evaluate(() => speechSynthesis.dispatchEvent(new Event('voiceschanged')));
      expect(await drawn.evaluate((one) => one.isConnected)).toBe(false);
    };
    await stopClock(page);
    await page.hover('.place');
    await page.mouse.down();
    await drawnAgain();
    await page.mouse.up();
    await page.clock.runFor(3_000);
    await page.mouse.down();
    await page.clock.runFor(1_400);
    // Only what is asked of the second press may answer.
    expect(await page.locator('dialog').count()).toBe(0);
    await drawnAgain();
    await page.clock.runFor(200);
    await page.mouse.up();
    await until('the status is shown', async () => {
      await page.clock.runFor(100);
      return page.locator('dialog.status').count();
    });
    expect(await page.locator('dialog').count()).toBe(1);
  });
}
