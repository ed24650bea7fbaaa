import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { type Program, root } from '../support/program.ts';
import { type Counted, startCounted } from './residents-support.ts';

let browser: Browser;
let counted: Counted;
let program: Program;
let watched: Watched;
let page: Page;
const received = () => counted.received();
const eventually = (grades: number[]) => expect.poll(received).toEqual(grades);

beforeEach(() => counted.forget());
afterEach(async () => {
  page.removeAllListeners('request');
  await page.unrouteAll({ behavior: 'wait' });
});

let website: Server;
let host: string;

/** A municipality's own page: another origin, a policy that allows only us, and a style sheet that undoes everything. */
function hostPage(path: string): { policy: string; body: string } {
  const query = new URL(path, 'http://host').searchParams;
  const style = query.has('undone') ? "'self'" : "'none'";
  const policy = `default-src 'none'; script-src ${program.url}; connect-src ${program.url}; style-src ${style}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
  const element = `<klantpuls-rating touchpoint="website"><a href="${program.url}/f/website">Cijfer</a></klantpuls-rating>`;
  const body = `<!doctype html><html lang="${query.get('lang') ?? 'nl'}"${query.has('rtl') ? ' dir="rtl"' : ''}><title>Gemeente</title><link rel="icon" href="data:,">
${query.has('undone') ? '<link rel="stylesheet" href="/undone.css">' : ''}<script src="${program.url}/widget.js" defer></script>
${element}${element}`;
  return { policy, body };
}

beforeAll(async () => {
  website = createServer((request, response) => {
    if (request.url === '/undone.css') {
      response.setHeader('content-type', 'text/css').end('* { all: unset !important }');
      return;
    }
    const { policy, body } = hostPage(request.url ?? '/');
    response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html').end(body);
  });
  await new Promise<void>((ready) => website.listen(0, '127.0.0.1', ready));
  host = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
  browser = await startBrowser();
  const origin = { name: 'Website', channel: 'web', location: null, scale: 'grade' as const };
  counted = await startCounted({
    touchpoints: [{ ...origin, key: 'website', origins: [host], trial: false, retired: false }],
  });
  program = counted.program;
  watched = await openPage(browser, { viewport: { width: 1024, height: 768 } });
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  website?.close();
  await program?.stop();
});

describe('the widget', () => {
  const first = () => page.locator('klantpuls-rating').first();
  const square = (grade: number) => first().locator(`input[value="${grade}"]`);
  const status = () => first().locator('[role="status"]');

  it('CH1 is at most 6,144 bytes with gzip -9', () => {
    const built = readFileSync(join(root, 'client/dist/widget.js'));
    expect(gzipSync(built, { level: 9 }).length).toBeLessThanOrEqual(6_144);
  });

  it.each(['/', '/?undone', '/?rtl'])(
    'CH1 takes a grade, a correction and a comment on a strict page (%s)',
    async (path) => {
      const asked = new Set<string>();
      page.on('request', (request) => asked.add(new URL(request.url()).origin));
      await page.goto(host + path);
      await square(6).click();
      await eventually([6]);
      await square(9).click();
      await eventually([9]);
      await first().locator('textarea').fill('Bel mij op 06-12345678');
      await first().locator('.main').click();
      await expect
        .poll(() => first().locator('blockquote').textContent())
        .toBe('Bel mij op [telefoonnummer]');
      await page.locator('klantpuls-rating').nth(1).locator('input[value="2"]').click();
      await eventually([2, 9]);
      expect((await square(3).boundingBox())?.width).toBeGreaterThanOrEqual(48);
      // Its own language decides its direction.
      expect((await square(3).boundingBox())!.x).toBeLessThan((await square(4).boundingBox())!.x);
      expect([...asked].filter((origin) => origin !== 'null').sort()).toEqual([host, program.url].sort());
      expect(watched.complaints).toEqual([]);
    },
  );

  it('sends nothing while the arrow keys move, and sends on Enter and on Space', async () => {
    await page.goto(host);
    await square(1).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(300);
    expect(await received()).toEqual([]);
    await page.keyboard.press('Enter');
    await eventually([4]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await eventually([5]);
  });

  it('CH1 keeps nothing on the device', async () => {
    await page.goto(host);
    await square(7).click();
    await eventually([7]);
    const kept = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
    }));
    expect(kept).toEqual({ local: 0, session: 0, databases: 0 });
    expect(await watched.context.cookies()).toEqual([]);
  });

  it('IN3 counts once when the reply of the first attempt was lost', async () => {
    await page.goto(host);
    let attempts = 0;
    let letGo = () => {};
    const seen = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/api/v1/ratings', async (route) => {
      attempts += 1;
      // The second waits until somebody has seen that the first did not arrive.
      if (attempts > 1) return seen.then(() => route.continue());
      await route.fetch();
      return route.abort();
    });
    await square(8).click();
    await expect.poll(() => status().textContent()).toContain('Nog niet verstuurd');
    letGo();
    await expect.poll(() => status().textContent()).toContain('Dank u wel');
    expect(attempts).toBe(2);
    expect(await received()).toEqual([8]);
  });

  it('speaks the language of the page', async () => {
    await page.goto(`${host}/?lang=ar`);
    await expect.poll(() => first().locator('legend').textContent()).toContain('الدرجة');
    await expect.poll(() => first().locator('.panel').getAttribute('dir')).toBe('rtl');
    await square(10).click();
    await eventually([10]);
  });

  it('IN12 says so when the website is not listed', async () => {
    await page.goto(host.replace('127.0.0.1', 'localhost'));
    await square(8).click();
    await expect.poll(() => status().textContent()).not.toBe('');
    expect(await received()).toEqual([]);
  });
});
