import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { misfits } from './examine.ts';
import { ratingsAt } from './kiosk-support.ts';
import { questions } from './questions.ts';

let browser: Browser;
let program: Program;

beforeAll(async () => {
  browser = await startBrowser();
  const prepared = await startPrepared({ tokens: { admin: 'admin' } });
  program = prepared.program;
  const bearer = { authorization: `Bearer ${prepared.tokens.admin}` };
  for (const wanted of [questions('website'), questions('digitaal-product', 'smiley')]) {
    const { status, body } = await send('POST', `${program.url}/api/v1/questionnaires`, wanted, bearer);
    expect(status, JSON.stringify(body)).toBe(201);
  }
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const widget = (page: Page, touchpoint: string) =>
  page.locator(`#mine klantpuls-rating[touchpoint="${touchpoint}"]`);
/** Two widgets in a page of ours, one of them behind a button. */
const place = (page: Page, language: string) =>
  page.evaluate((spoken) => {
    const main = document.querySelector('main')!;
    const mine = document.createElement('div');
    mine.id = 'mine';
    for (const [touchpoint, mode] of [['website'], ['digitaal-product', 'button']] as const) {
      const element = document.createElement('klantpuls-rating');
      element.setAttribute('touchpoint', touchpoint);
      element.setAttribute('language', spoken);
      if (mode) element.setAttribute('mode', mode);
      mine.append(element);
    }
    main.replaceChildren(document.querySelector('h1')!, mine);
  }, language);

it.each(['nl', 'ar'])(
  'WG1 follow-up questions, smileys and a dialog: every state passes axe, in Dutch in light and dark, has targets of 48 pixels and fits at 320 px: %s',
  async (language) => {
    const { context, page, complaints } = await openPage(browser, { bypassCSP: true });
    await page.goto(`${program.url}/widget-example`);
    await place(page, language);
    const before = ratingsAt(program.dataDir, 'website').length;
    const found: Record<string, string[]> = {};
    const seen = async (state: string) => {
      const controls = 'klantpuls-rating :is(button, .row label, .options label)';
      const wrong = [
        ...(await violationsOf(page, { dark: language === 'nl' })),
        ...(await misfits(page, controls, 48, [320, 640])),
      ];
      if (wrong.length > 0) found[state] = wrong;
    };
    const inline = widget(page, 'website');
    await inline.locator('input[value="8"]').first().waitFor();
    await seen('the question');
    const named = (value: number) =>
      inline.locator(`.row input[value="${value}"]`).getAttribute('aria-label');
    if (language === 'nl') expect(await named(7)).toBe('7 van 10');
    if (language === 'nl') expect(await named(10)).toBe('10 van 10, uitstekend');
    await page.route('**/api/v1/ratings', (route) => route.abort());
    await inline.locator('.row input[value="8"]').click();
    await inline.locator('input[value="snel"]').waitFor();
    await inline.locator('[role="status"]:not(:empty)').waitFor();
    await seen('waiting for the network');
    await page.unroute('**/api/v1/ratings');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await until('the grade arrives', () => ratingsAt(program.dataDir, 'website').length === before + 1);
    await expect.poll(() => inline.locator('input[value="wachten"]').isVisible()).toBe(false);
    await inline.locator('input[value="snel"]').check();
    await inline.locator('input[value="yes"]').check();
    await seen('the follow-up');
    await inline.locator('#comment').fill('Mail a@b.nl');
    await inline.locator('.main').click();
    await until('the comment is shown as stored', async () =>
      (await inline.locator('blockquote').textContent())?.includes('[e-mailadres]'),
    );
    await seen('the thanks');
    const rows = ratingsAt(program.dataDir, 'website');
    expect(rows).toHaveLength(before + 1);
    expect(rows.at(-1)!.grade).toBe(8);
    expect(JSON.parse(rows.at(-1)!.answers!)).toEqual({ goed: ['snel'], kort: true });

    const quiet = widget(page, 'digitaal-product');
    const told = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.addEventListener('klantpuls:rated', (event) => resolve((event as CustomEvent).detail)),
        ),
    );
    await quiet.locator('.open').click();
    await seen('the dialog');
    const shape = page.viewportSize()!;
    await page.setViewportSize({ width: 320, height: 700 });
    const places = await quiet
      .locator('.row label')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).offsetTop));
    expect(new Set(places).size).toBe(1);
    await page.setViewportSize(shape);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await told).toMatchObject({ touchpoint: 'digitaal-product', smiley: 2 });
    await quiet.locator('input[value="wachten"]').waitFor();
    await quiet.locator('.row input[value="1"]').click();
    await until('the correction arrives', () =>
      ratingsAt(program.dataDir, 'digitaal-product').some(({ smiley }) => smiley === 1),
    );
    await page.route('**/api/v1/ratings/*', (route) => route.fulfill({ status: 410, body: '{}' }));
    const before410 = await quiet.locator('[role="status"]').textContent();
    await quiet.locator('.row input[value="3"]').click();
    await until('it says that it is too late', async () => {
      const told = await quiet.locator('[role="status"]').textContent();
      return told && told !== before410;
    });
    await seen('too late');
    await page.unroute('**/api/v1/ratings/*');
    await page.keyboard.press('Escape');
    await page.route('**/form?*', (route) => route.abort());
    await place(page, language);
    await inline.locator('input[value="8"]').first().waitFor();
    await seen('without its form');
    await page.route('**/api/v1/ratings', (route) => route.fulfill({ status: 400, body: '{}' }));
    await inline.locator('.row input[value="8"]').click();
    await inline.locator('[role="status"]:not(:empty)').waitFor();
    await seen('a grade that is refused');
    expect(found).toEqual({});
    // Only the failures that the test made itself.
    expect(complaints.filter((one) => !/ERR_FAILED|status of 4(?:10|00)/.test(one))).toEqual([]);
    await context.close();
  },
);

it('AB4 what fills in the field that nobody sees goes without the token of its form, whoever does not goes with it', async () => {
  const { context, page } = await openPage(browser);
  await page.goto(`${program.url}/widget-example`);
  await place(page, 'nl');
  const inline = widget(page, 'website');
  const sent = async (choose: () => Promise<unknown>) => {
    const [request] = await Promise.all([page.waitForRequest('**/api/v1/ratings'), choose()]);
    return JSON.parse(request.postData()!);
  };
  const person = await sent(() => inline.locator('.row input[value="7"]').click());
  expect(person).toMatchObject({ grade: 7, formToken: expect.stringMatching(/^[0-9a-z]+\.[\w-]{22}$/) });
  const trap = inline.locator('.trap');
  expect(await trap.getAttribute('aria-hidden')).toBe('true');
  expect(await trap.getAttribute('tabindex')).toBe('-1');
  expect(await trap.evaluate((field) => getComputedStyle(field).clipPath)).toBe('inset(50%)');

  await place(page, 'nl');
  await inline.locator('input[value="8"]').first().waitFor();
  // As a robot does it: every field of the page, whatever can be seen.
  await inline.locator('.trap').evaluate((field: HTMLInputElement) => {
    field.value = 'http://spam.example';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const robot = await sent(() => inline.locator('.row input[value="2"]').click());
  expect(robot).toMatchObject({ grade: 2 });
  expect(robot).not.toHaveProperty('formToken');
  await context.close();
});

it('WG2 one version stands at an address of its own that never changes, with a hash that a page can insist on', async () => {
  const { path, integrity } = (await (await fetch(`${program.url}/widget.json`)).json()) as Record<
    string,
    string
  >;
  const answer = await fetch(program.url + path);
  const code = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(`sha384-${createHash('sha384').update(code).digest('base64')}`).toBe(integrity);
  expect(code.equals(Buffer.from(await (await fetch(`${program.url}/widget.js`)).arrayBuffer()))).toBe(true);
  expect(await (await fetch(`${program.url}/widget-example`)).text()).toContain(integrity);
});

it.each(['nl', 'ar'])(
  'CH2 the plain form with its questions passes axe, in Dutch in light and dark, and fits at 320 px: %s',
  async (language) => {
    const { context, page } = await openPage(browser, { bypassCSP: true });
    for (const [touchpoint, value] of [
      ['website', 8],
      ['digitaal-product', 2],
    ] as const) {
      await page.goto(`${program.url}/f/${touchpoint}?language=${language}`);
      await page.check(`#grade-${value}`);
      expect(await page.locator('.question:visible').count()).toBe(3);
      expect(await violationsOf(page, { dark: language === 'nl' })).toEqual([]);
      expect(await misfits(page, 'main button, .grades label, .options label', 44, [320, 640])).toEqual([]);
    }
    await context.close();
  },
);

it('CH2 the plain form asks the same without JavaScript, and takes a correction from the thanks', async () => {
  const { context, page } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${program.url}/f/digitaal-product?language=nl`);
  await expect.poll(() => page.locator('.question:visible').count()).toBe(0);
  await page.check('#grade-2');
  await expect.poll(() => page.locator('.question:visible').count()).toBe(3);
  await page.check('input[value="wachten"]');
  await page.check('input[value="no"]');
  await page.click('main button');
  await page.click('text=Antwoord veranderen');
  await expect.poll(() => page.isChecked('#grade-2')).toBe(true);
  await page.check('#grade-5');
  await page.check('input[value="aardig"]');
  await page.fill('textarea[name="q.doel"]', 'Mijn paspoort');
  await page.click('main button');
  const row = ratingsAt(program.dataDir, 'digitaal-product').find(({ smiley }) => smiley === 5);
  expect(JSON.parse(row!.answers!)).toEqual({ goed: ['aardig'], doel: 'Mijn paspoort' });
  await page.goto(`${program.url}/f/digitaal-product?language=ar`);
  await page.click('main button');
  await expect.poll(() => page.locator('.summary').textContent()).toContain('الوجوه الخمسة');
  await context.close();
});
