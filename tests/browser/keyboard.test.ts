import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Device, DevicePairing } from '#shared/contract/device.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { act, tabTo, write } from './keyboard-support.ts';
import { ratingsAt, stopClock } from './kiosk-support.ts';
import { questions } from './questions.ts';

const email = 'beheer@gemeente.example';
const password = 'vier rustige woorden samen';
let browser: Browser;
let program: Program;
let admin: string;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  const prepared = await startPrepared({
    tokens: { admin: 'admin' },
    environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password },
  });
  program = prepared.program;
  admin = prepared.tokens.admin;
  const bearer = { authorization: `Bearer ${admin}` };
  for (const asked of [questions('balie-1'), questions('website'), questions('digitaal-product', 'smiley')])
    expect((await send('POST', `${program.url}/api/v1/questionnaires`, asked, bearer)).status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});
beforeEach(async () => {
  const watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  page = watched.page;
  onTestFinished(() => watched.context.close());
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const kept = (touchpoint: string) => ratingsAt(program.dataDir, touchpoint);
/** The rating that has these answers. */
const answered = (touchpoint: string, answers: object) =>
  until(`the answers arrive at ${touchpoint}`, () =>
    kept(touchpoint).find((row) => isDeepStrictEqual(JSON.parse(row.answers ?? '{}'), answers)),
  );

it('KS13 the whole path of the kiosk is walked with a keyboard alone: set-up, grade, correction, questions, comment, warning, status and pairing', async () => {
  await page.clock.install();
  await page.goto(`${program.url}/kiosk`);
  await page.waitForSelector('main.pair .code:not(:empty)');
  await stopClock(page);
  await act(page, button('Gebruik zonder koppelen'), 'Enter');
  await write(page, page.locator('#touchpoint'), 'balie-1');
  await page.keyboard.press('Enter');
  await page.waitForSelector('main.ask');
  await act(page, page.locator('.targets input'), 'ArrowRight', 'ArrowRight', 'Enter');
  await page.waitForSelector('main.thanks');
  // Who is choosing is not hurried.
  await act(page, page.locator('.targets input'), 'ArrowRight');
  await page.clock.runFor(5_000);
  await page.keyboard.press('Enter');
  await until('the correction is thanked for', async () =>
    (await page.textContent('.given'))?.includes('een 4'),
  );
  await page.clock.runFor(2_100);
  await page.waitForSelector('main.steps');

  await act(page, button('Antwoord veranderen'), 'Enter');
  await act(
    page,
    page.locator('.targets input'),
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'Space',
  );
  await until('the grade is another', async () => (await page.textContent('.given'))?.includes('een 8'));
  await page.clock.runFor(2_100);
  await act(page, button('Antwoord veranderen'), 'Enter');
  await act(page, button('Verder'), 'Enter');
  await act(page, button('Vriendelijk'), 'Space');
  await act(page, button('Verder'), 'Enter');
  await act(page, button('Nee'), 'Enter');
  await write(page, page.locator('.step textarea'), 'Mijn paspoort');
  await act(page, button('Terug'), 'Enter');
  await page.waitForSelector('text=Nee');
  await act(page, button('Verder'), 'Enter');
  await page.waitForSelector('.step textarea');
  await act(page, button('Verder'), 'Enter');
  await page.waitForSelector('#comment');
  await page.clock.runFor(16_000);
  await page.waitForSelector('[role="alertdialog"]');
  await act(page, button('Ja, ik ben er nog'), 'Enter');
  await write(page, page.locator('#comment'), 'Zonder muis');
  await act(page, button('Verstuur'), 'Enter');
  await page.waitForSelector('main.done');
  await act(page, button('Klaar'), 'Enter');
  await page.waitForSelector('main.ask');
  expect(await answered('balie-1', { goed: ['aardig'], kort: false, doel: 'Mijn paspoort' })).toMatchObject({
    grade: 8,
  });

  await act(page, button('English'), 'Enter');
  await expect.poll(() => page.textContent('h1')).toContain('grade');
  // The same button has the focus still, in the screen that was drawn again.
  await tabTo(page, button('English'), 0);
  await act(page, page.locator('.place'), 'Enter');
  await page.waitForSelector('dialog.status');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog.status', { state: 'detached' });
  await tabTo(page, page.locator('.place'), 0);
  await page.keyboard.press('Enter');
  await act(page, button('Pair'), 'Enter');
  await page.waitForSelector('main.pair .code:not(:empty)');
});

it('WG3 the widget is walked with a keyboard alone, in the page and in its dialog', async () => {
  await page.goto(`${program.url}/widget-example`);
  const inline = page.locator('klantpuls-rating:not([mode])');
  await inline.locator('.row input').first().waitFor();
  await act(page, inline.locator('.row input'), 'ArrowRight', 'Enter');
  await until('the grade arrives', () => kept('website').some(({ grade }) => grade === 2));
  await act(page, inline.locator('input[name="reden"]'), 'ArrowDown');
  await act(page, inline.locator('input[name="kort"]'), 'Space');
  await write(page, inline.locator('textarea[name="doel"]'), 'Verhuizen');
  await write(page, inline.locator('#comment'), 'Zonder muis');
  await act(page, inline.locator('.main'), 'Enter');
  await until('the comment is shown as stored', async () =>
    (await inline.locator('blockquote').textContent())?.includes('Zonder muis'),
  );
  await answered('website', { reden: 'uitleg', kort: true, doel: 'Verhuizen' });
  // What was sent says so where the focus is.
  await expect
    .poll(() => inline.locator('[role="status"]').evaluate((one) => one.matches(':focus')))
    .toBe(true);
  await act(page, inline.locator('.row input'), 'ArrowRight', 'Space');
  await until('the correction arrives', () => kept('website').some(({ grade }) => grade === 3));

  const quiet = page.locator('klantpuls-rating[mode="button"]');
  await act(page, quiet.locator('.open'), 'Enter');
  await tabTo(page, quiet.locator('.row input'), 0);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
  await until('the grade of the dialog arrives', () => kept('website').some(({ grade }) => grade === 4));
  await write(page, quiet.locator('#comment'), 'In het venster');
  await act(page, quiet.locator('.main'), 'Enter');
  await until('the comment of the dialog is shown', async () =>
    (await quiet.locator('blockquote').textContent())?.includes('In het venster'),
  );
  await page.keyboard.press('Escape');
  await tabTo(page, quiet.locator('.open'), 0);
  await page.keyboard.press('Enter');
  await act(page, quiet.locator('.close'), 'Enter');
  await tabTo(page, quiet.locator('.open'), 0);
});

it('CH2 the plain form and the poster are walked with a keyboard alone', async () => {
  await page.goto(`${program.url}/q/digitaal-product`);
  await act(page, page.locator('.skip'), 'Enter');
  await act(page, page.locator('main button'), 'Enter');
  await page.waitForSelector('.summary');
  await act(page, page.locator('.summary a'), 'Enter');
  await tabTo(page, page.locator('#grade-1'), 0);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await act(page, page.locator('input[value="aardig"]'), 'Space');
  await act(page, page.locator('input[name="q.kort"]'), 'ArrowRight');
  await write(page, page.locator('textarea[name="q.doel"]'), 'Rijbewijs');
  await write(page, page.locator('#comment'), 'Zonder muis');
  await act(page, page.locator('main button'), 'Enter');
  await page.waitForURL('**/bedankt?*');
  expect(
    await answered('digitaal-product', { goed: ['aardig'], kort: false, doel: 'Rijbewijs' }),
  ).toMatchObject({
    smiley: 4,
  });
  await act(page, page.getByRole('link', { name: 'Antwoord veranderen' }), 'Enter');
  await page.waitForURL('**/f/digitaal-product?*');
  await act(page, page.locator('#grade-4'), 'ArrowRight', 'Enter');
  await page.waitForURL('**/bedankt?*');
  await until('the correction arrives', () => kept('digitaal-product').some(({ smiley }) => smiley === 5));

  await page.goto(`${program.url}/q/website/poster`);
  await act(page, page.getByRole('link', { name: 'العربية' }), 'Enter');
  await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('rtl');
});

it('DV8 QN8 a tablet is paired, changed and revoked, and a questionnaire is made, with a keyboard alone', async () => {
  await page.goto(`${program.url}/beheer/apparaten`);
  await write(page, page.locator('#email'), email);
  await write(page, page.locator('#password'), password);
  await page.keyboard.press('Enter');
  await page.getByText('Ingelogd als').waitFor();
  const { body: pairing } = await send<DevicePairing>('POST', `${program.url}/api/v1/device-pairings`);
  await act(page, button('Apparaat koppelen'), 'Enter');
  const form = page.getByRole('region', { name: 'Apparaat koppelen' });
  await write(page, form.getByLabel('Code op het scherm'), pairing.user_code);
  await write(page, form.getByLabel('Naam'), 'Loket 2');
  await act(page, form.getByRole('button', { name: 'Apparaat koppelen' }), 'Enter');
  await page.getByText('Loket 2 is gekoppeld').waitFor();
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  await send('POST', `${program.url}/api/v1/device-tokens`, {
    ...{ grant_type: grant, device_code: pairing.device_code },
  });
  await page.reload();
  await act(page, button('Wijzig: Loket 2'), 'Enter');
  await write(page, page.getByLabel('Naam'), 'Loket 3');
  await write(page, page.getByLabel('maandag van'), '8.30');
  await act(page, button('Bewaar'), 'Enter');
  await page.getByText('Bewaard.').waitFor();
  await act(page, button('Trek de toegang in'), 'Enter');
  await act(page, button('Ja, doe dit'), 'Enter');
  await page.getByRole('heading', { level: 1, name: 'Loket 3 moet opnieuw worden gekoppeld' }).waitFor();
  const { body } = await get<{ items: Device[] }>(program.url, '/devices', admin);
  expect(body.items).toMatchObject([{ name: 'Loket 3', state: 'revoked' }]);
  expect(body.items[0]!.openingHours[0]).toMatchObject([{ from: '08:30' }]);

  await page.goto(`${program.url}/beheer/vragenlijsten?touchpoint=website`);
  await page.getByRole('heading', { level: 1, name: 'Vragenlijst van Website' }).waitFor();
  await act(page, button('Vraag erbij'), 'Enter');
  const question = page.getByRole('group', { name: 'Vraag 5', exact: true });
  await write(page, question.getByLabel('Vraag', { exact: true }), 'Waar zocht u?');
  await act(page, question.getByLabel('Tot en met cijfer'), 'ArrowUp');
  await write(page, question.getByLabel('Vraag 5, Keuze 1'), 'Op de site');
  await write(page, question.getByLabel('Vraag 5, Keuze 2'), 'Elders');
  await act(page, question.getByRole('button', { name: 'Omhoog' }), 'Enter');
  await tabTo(
    page,
    page.getByRole('group', { name: 'Vraag 4', exact: true }).getByRole('button', { name: 'Omhoog' }),
    0,
  );
  await act(page, button('Bewaar als versie 3'), 'Enter');
  await page.getByText('Dit is versie 3.').waitFor();
  const asked = await get<Form>(program.url, '/touchpoints/website/form?language=nl');
  expect(asked.body.questions[3]).toMatchObject({ key: 'waar-zocht-u', to: 9 });
});
