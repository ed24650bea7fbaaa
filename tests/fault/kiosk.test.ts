import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { outbox, pass, press, ratingsAt } from '../browser/kiosk-support.ts';
import { startProxy } from '../browser/proxy.ts';
import { openProfile } from '../support/profile.ts';
import { startProgram, temporaryFolder } from '../support/program.ts';
import { until } from '../support/until.ts';

const hundred = 100;

/** One visitor after another; the clock is the test's, so that nobody waits. */
async function give(page: Page, count: number): Promise<void> {
  for (let visitor = 0; visitor < count; visitor++) {
    await press(page, 1 + (visitor % 10));
    await page.waitForSelector('main.thanks');
    await pass(page);
  }
}

it('KS10 a tablet that was started once takes a hundred grades without a network, is killed twice, and delivers each once', async () => {
  const program = await startProgram();
  const proxy = await startProxy(program.url);
  const folder = join(temporaryFolder(), 'profile');
  const kiosk = `${proxy.url}/kiosk`;

  let tablet = await openProfile(folder);
  const first = await tablet.context.newPage();
  await first.goto(`${kiosk}?touchpoint=balie-1`);
  await first.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await first.waitForSelector('.targets');
  proxy.target = undefined;
  await program.stop();
  await tablet.kill();

  tablet = await openProfile(folder);
  const tabs = [await tablet.context.newPage(), await tablet.context.newPage()] as const;
  for (const [index, tab] of tabs.entries()) {
    // Behind the real one, because the test moves it ahead.
    await tab.clock.install({ time: Date.now() - (2 - index) * 3_600_000 });
    await tab.goto(kiosk);
    await tab.waitForSelector('.targets');
    await give(tab, index === 0 ? hundred - 20 : 20);
  }
  expect(await tabs[0].textContent('.offline')).toContain('Geen verbinding');
  expect(await outbox(tabs[0])).toHaveLength(hundred);
  await tablet.kill();

  const again = await program.restart();
  let replies = 0;
  let lost = 0;
  proxy.loses = (path) => {
    if (!path.endsWith('/ratings/batch')) return false;
    const loses = replies++ % 3 === 0;
    if (loses) lost += 1;
    return loses;
  };
  proxy.target = again.url;
  tablet = await openProfile(folder);
  const pages = [await tablet.context.newPage(), await tablet.context.newPage()] as const;
  await Promise.all(pages.map((page) => page.goto(kiosk)));
  await until('nothing waits', async () => (await outbox(pages[0])).length === 0, 60_000);
  await press(pages[1], 3);
  const rows = await until('the last one arrives as well', () => {
    const all = ratingsAt(again.dataDir, 'balie-1');
    return all.length > hundred && all;
  });
  expect(lost).toBeGreaterThan(0);
  expect(rows).toHaveLength(hundred + 1);
  expect(new Set(rows.map(({ givenAt }) => givenAt)).size).toBe(hundred + 1);
  const grades = rows.slice(0, hundred).map(({ grade }) => grade);
  for (let grade = 1; grade <= 10; grade++) expect(grades.filter((one) => one === grade)).toHaveLength(10);
  await tablet.kill();
  proxy.close();
  await again.stop();
}, 180_000);
