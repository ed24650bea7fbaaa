import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Device } from '#shared/contract/device.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { always, choose, confirmOn, notToday, outbox, ratingsAt } from './kiosk-support.ts';

let browser: Browser;
let program: Program;
let admin: string;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  const prepared = await startPrepared({ tokens: { admin: 'admin' } });
  program = prepared.program;
  admin = prepared.tokens.admin;
  watched = await openPage(browser, { viewport: { width: 1024, height: 768 } });
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const bearer = () => ({ authorization: `Bearer ${admin}` });
const change = async (device: number, what: object) => {
  const { status, body } = await send('PATCH', `${program.url}/api/v1/devices/${device}`, what, bearer());
  expect(status, JSON.stringify(body)).toBe(200);
};
const arrived = () => ratingsAt(program.dataDir, 'balie-1').map(({ grade }) => grade);
const show = (selector: string) => page.waitForSelector(selector);

it('KS11 a tablet is paired by a code, hears what changes, and after it was revoked keeps its queue until it is paired again', async () => {
  const device = await confirmOn(page, program.url, admin, { name: 'Balie 1, links', touchpoint: 'balie-1' });
  const code = page.waitForResponse('**/device-pairings');
  await page.goto(`${program.url}/kiosk`);
  await code;
  await show('main.ask, main.closed');
  const { id } = device();
  await expect.poll(() => page.textContent('.place')).toContain('Balie 1, links');

  // What an administrator changes arrives while the screen rests, and not while somebody is answering.
  await change(id, { openingHours: notToday() });
  await show('main.closed');
  await expect.poll(() => page.textContent('main')).toContain('09:00');
  await page.click('main.closed button');
  await show('main.ask');
  await change(id, { openingHours: always, name: 'Balie 1, rechts', pin: '4711' });
  await choose(page, 9);
  await expect.poll(() => page.textContent('.place')).toContain('links');
  await page.getByRole('button', { name: 'Klaar' }).click();
  await show('main.ask');
  await expect.poll(() => page.textContent('.place')).toContain('rechts');
  await until('the grade arrives', () => arrived().length === 1);
  const heard = async () => {
    const { body } = await send<Device>('GET', `${program.url}/api/v1/devices/${id}`, undefined, bearer());
    return body;
  };
  await until('the tablet reports itself', async () => (await heard()).heartbeat);
  expect((await heard()).heartbeat).toMatchObject({ queue: 0, rejected: 0 });

  // The status is behind a long press and a PIN.
  await page.hover('.place');
  await page.mouse.down();
  await show('dialog.pin');
  await page.mouse.up();
  await page.fill('#pin', '0000');
  await page.keyboard.press('Enter');
  await show('dialog.pin .problem:not(:empty)');
  for (const key of '4711') await page.click(`dialog.pin .keys button:text-is("${key}")`);
  await page.click('dialog.pin button.main');
  await show('dialog.status');
  await expect.poll(() => page.textContent('dialog.status')).toContain('Balie 1, rechts');

  // Nor does a change take away who pairs it anew.
  await page.unroute('**/api/v1/device-pairings');
  await page.click('dialog.status button.plain');
  await show('main.pair .code:not(:empty)');
  await change(id, { name: 'Balie 1, achter' });
  await until('the tablet has heard it', async () =>
    JSON.stringify(await outbox(page, 'settings')).includes('achter'),
  );
  expect(await page.locator('main.pair').count()).toBe(1);
  await page.reload();
  await show('main.ask');
  await expect.poll(() => page.textContent('.place')).toContain('achter');

  // Revoked while something waits.
  await page.route('**/ratings/batch', (route) => route.abort());
  await choose(page, 2);
  const revoked = await send('DELETE', `${program.url}/api/v1/devices/${id}/token`, undefined, bearer());
  expect(revoked.status).toBe(204);
  // Whoever is answering may finish.
  await show('main.steps');
  await page.fill('#comment', 'Koppel mij');
  await page.getByRole('button', { name: 'Verstuur' }).click();
  await show('main.done');
  await expect.poll(() => outbox(page)).toHaveLength(2);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await show('main.pair .code:not(:empty)');
  await page.unroute('**/ratings/batch');
  await page.reload();
  await show('main.pair .kept');
  await expect.poll(() => page.textContent('.kept')).toContain('2 berichten');
  await expect.poll(() => outbox(page)).toHaveLength(2);
  expect(arrived()).toEqual([9]);

  await confirmOn(page, program.url, admin, { device: id });
  await page.reload();
  await show('main.ask');
  await until('all that waited arrives', () => arrived().length === 2);
  await until('nothing waits', async () => (await outbox(page)).length === 0);
  await expect.poll(() => outbox(page, 'rejected')).toEqual([]);

  // Only the refusals that the test made itself are complained of.
  const complaints = watched.complaints.filter((one) => !/ERR_FAILED|status of 40[01]/.test(one));
  expect(complaints).toEqual([]);
});
