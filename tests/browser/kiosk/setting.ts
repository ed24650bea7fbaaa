import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser, type Watched } from '../../support/browser.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { outbox, ratingsAt } from '../kiosk-support.ts';
import { type Between, startProxy } from '../proxy.ts';

const everywhere = Array.from({ length: 12 }, (_, index) => `balie-${index + 1}`);
let browser: Browser;
export let program: Program;
export let admin: string;
export let proxy: Between;
export let watched: Watched;
export let page: Page;
/** A touchpoint of its own for every test. */
export let here: string;
let used = 0;

export async function start(): Promise<void> {
  browser = await startBrowser();
  const touchpoints = everywhere.map((key) => ({
    ...{ key, name: key, channel: 'balie', location: null, scale: 'grade' as const },
    ...{ origins: [], trial: false, retired: false },
  }));
  const prepared = await startPrepared({ settings: { touchpoints }, tokens: { admin: 'admin' } });
  program = prepared.program;
  admin = prepared.tokens.admin;
  proxy = await startProxy(program.url);
}

export async function stop(): Promise<void> {
  await browser?.close();
  proxy?.close();
  await program?.stop();
}

export async function open(prepare?: (page: Page) => Promise<unknown>): Promise<void> {
  here = everywhere[used++]!;
  watched = await openPage(browser, { viewport: { width: 1024, height: 768 } });
  page = watched.page;
  await prepare?.(page);
  await page.goto(`${proxy.url}/kiosk?touchpoint=${here}`);
  await page.waitForSelector('.targets');
}
export const grades = () => ratingsAt(program.dataDir, here).map(({ grade }) => grade);
export const eventually = (wanted: number[]) =>
  until(`the server has ${wanted}`, () => JSON.stringify(grades().sort()) === JSON.stringify(wanted));
export const online = () => page.evaluate(() => dispatchEvent(new Event('online')));
/** Resolves when nobody sends, nor is about to. */
export const handsOff = () =>
  until('the outbox is let go of', () =>
    page.evaluate(async () => {
      const { held, pending } = await navigator.locks.query();
      return [...(held ?? []), ...(pending ?? [])].length === 0;
    }),
  );
export const sent = () => until('nothing waits', async () => (await outbox(page)).length === 0);
