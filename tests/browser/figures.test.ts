import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dateOfDay, dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { aSignal } from '../contract/store/signals.ts';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { prepare } from '../support/prepared.ts';
import { type Program, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, send } from '../support/ratings.ts';

const email = 'beheer@gemeente.example';
const password = 'vier rustige woorden samen';
const day = 86_400_000;

let browser: Browser;
let program: Program;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  const dataDir = join(temporaryFolder(), 'data');
  await prepare(dataDir, {
    settings: {
      answerKeys: ['wachttijd'],
      targets: [0, 1].map((ago) => ({
        ...{ scope: 'channel' as const, key: 'balie', grade: 7.2 },
        year: yearOfDay(dayOf(Date.now())) - ago,
      })),
      serviceNorms: [
        {
          ...{ key: 'snel', promise: 'Binnen 10 minuten geholpen', question: 'wachttijd' },
          ...{ confirms: ['kort'], target: 0.6, retired: false },
        },
      ],
    },
  });
  const store = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
  const today = Math.floor(Date.now() / day);
  await store.keepWatch(
    {},
    [
      aSignal({ ...{ raisedAt: Date.now(), since: Date.now() - 3 * day, meanBefore: 7.9, meanSince: 6.4 } }),
    ].map((signal) => ({ ...signal, baseFrom: today - 100, baseTo: today - 10 })),
  );
  await store.close();
  [browser, program] = await Promise.all([
    startBrowser(),
    startProgram({ dataDir, environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } }),
  ]);
  // Eight days, so that there are days and hours with enough ratings and some with too few.
  const ratings = Array.from({ length: 8 }, (_, back) =>
    Array.from({ length: 45 }, (_, i) =>
      aRating({
        givenAt: new Date(Date.now() - back * day).toISOString(),
        touchpoint: i % 3 === 0 ? 'website' : 'balie-1',
        grade: 5 + (i % 5),
        answers: { wachttijd: i % 4 === 0 ? 'lang' : 'kort' },
      }),
    ),
  ).flat();
  await send('POST', `${program.url}/api/v1/ratings/batch`, {
    sentAt: new Date().toISOString(),
    ratings: [...ratings, aRating({ touchpoint: 'digitaal-product' })],
  });
  watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  ({ page } = watched);
  await page.goto(program.url);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.getByText('Ingelogd als').waitFor();
});
afterAll(async () => {
  await watched?.context.close();
  await browser?.close();
  await program?.stop();
});
afterEach(() => expect(watched.complaints).toEqual([]));

/** The days that were rated, whatever day of the month or the year it is. */
const days = `from=${dateOfDay(dayOf(Date.now()) - 8)}&to=${dateOfDay(dayOf(Date.now()))}`;
const open = (path: string) => page.goto(program.url + path);
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
async function saved(button: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).first().click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

describe('the trend', () => {
  it('TR1 says the same with the pointer, the keyboard and the table, and holds the target', async () => {
    await open(`/verloop?channel=balie&${days}&interval=day`);
    await heading(/^Balie: 7,0 /);
    const chart = page.getByRole('slider').first();
    await chart.focus();
    await page.keyboard.press('End');
    const spoken = await chart.getAttribute('aria-valuetext');
    expect(spoken).toMatch(/: 7,0, marge \d,\d tot \d,\d \(30 waarderingen\), loopt nog$/);
    const box = (await chart.boundingBox())!;
    await chart.hover({ position: { x: box.width - 2, y: 80 } });
    await expect.poll(() => page.locator('.kp-readout').innerText()).toBe(spoken);
    await page.getByText('norm 7,2').first().waitFor();
    await page.mouse.move(0, 0);
    await page.getByRole('button', { name: 'Tabel' }).click();
    const row = page.getByRole('table').getByRole('row').nth(2);
    await expect.poll(() => row.innerText()).toMatch(/7,0\s+\d,\d tot \d,\d\s+30/);
    expect(new URL(page.url()).search).toContain('view=table');
    await page.goBack();
    await page.getByRole('slider').first().waitFor();
  });

  it('TR3 saves a table as it stands, and a chart as a picture that stands alone', async () => {
    await open(`/verloop?channel=balie&${days}&interval=day`);
    await heading(/^Balie/);
    const svg = await saved('Bewaar als SVG');
    expect(svg.name).toMatch(/\.svg$/);
    expect(svg.bytes.toString()).toMatch(/^<svg[^>]*xmlns[\s\S]*Cijfer van Balie per dag[\s\S]*<polyline/);
    expect(svg.bytes.toString()).not.toContain('class=');
    const png = await saved('Bewaar als PNG');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.length).toBeGreaterThan(5_000);
    await page.getByRole('button', { name: 'Tabel' }).click();
    const csv = await saved('Bewaar als CSV');
    expect(csv.name).toMatch(/\.csv$/);
    expect(csv.bytes.toString()).toMatch(/^\uFEFFWanneer;Balie;;\r\nCijfer;Marge;Aantal\r\n[^\r]*;7,0;/);
  });

  it('TR1 puts channels side by side, and goes from one to what is under it and back', async () => {
    await open(`/verloop?${days}&group=channel`);
    await page.getByRole('region', { name: 'Balie' }).getByRole('slider').waitFor();
    await page.getByRole('region', { name: 'Website' }).getByRole('slider').waitFor();
    await page.getByRole('link', { name: 'Balie', exact: true }).click();
    await heading(/^Balie/);
    await page.getByRole('region', { name: 'Balie 1' }).waitFor();
    await page.goBack();
    await heading(/^Alle kanalen/);
  });
});

describe('spread, rhythm, signals and norms', () => {
  it('TR2 hides a group of one rating and what would tell it by difference', async () => {
    await open(`/spreiding?${days}`);
    await heading(/gaf een onvoldoende/);
    const rows = page.getByRole('table').locator('tbody tr');
    const texts = await rows.allInnerTexts();
    const hidden = texts.filter((text) => text.includes('niet getoond')).map((text) => text.split(/\s/)[0]);
    // The one of Digitaal, and the smaller of the others, from which it could be worked out.
    expect(hidden.sort()).toEqual(['Digitaal', 'Website']);
  });

  it('RH1 shows hours with their figures and a dash for those with too few', async () => {
    await open(`/ritme?${days}`);
    await page.getByRole('table').getByText('7,0').first().waitFor();
    await expect.poll(() => page.getByRole('table').locator('td').count()).toBeGreaterThan(6);
  });

  it('SG10 a signal is on the first page until somebody looked at it, and leads to its explanation', async () => {
    await open('/');
    await page.getByText('Het cijfer van Balie 1 daalde').waitFor();
    await page.getByRole('link', { name: 'Bekijk de signalen' }).click();
    await heading('1 open signaal: het cijfer van Balie 1 daalde');
    await page.getByText('Van 7,9 naar 6,4').waitFor();
    await expect
      .poll(() => page.getByRole('link', { name: 'Bekijk de verklaring' }).getAttribute('href'))
      .toMatch(/^\/waarom\?.*from=.*baseFrom=.*touchpoint=balie-1/);
    await page.getByRole('button', { name: 'Ik heb dit bekeken' }).click();
    await page.getByText('bekeken op').waitFor();
    await page.getByLabel('Valse alarmen per jaar').fill('2,5');
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page.getByText('hoogstens 2,5 valse alarmen per jaar').waitFor();
    await page.getByRole('link', { name: 'Nu', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Per kanaal' }).waitFor();
    await expect.poll(() => page.getByText('Het cijfer van Balie 1 daalde').count()).toBe(0);
  });

  it('SN4 a norm shows its share with margin and verdict, and is changed by who may', async () => {
    await open(`/servicenormen?${days}`);
    await heading('1 van de 1 servicenormen gehaald');
    await page.getByText('360 antwoorden').waitFor();
    await page.getByRole('button', { name: 'Wijzig' }).click();
    await page.getByLabel('Norm in procenten').fill('90');
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await heading('0 van de 1 servicenormen gehaald');
    await page.getByText('Niet gehaald', { exact: true }).waitFor();
  });

  it('DB4 no page has a violation that axe finds, in light or dark', async () => {
    for (const path of ['/verloop?group=channel', '/ritme', '/spreiding', '/signalen', '/servicenormen']) {
      await open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect({ path, found: await violationsOf(page) }).toEqual({ path, found: [] });
    }
  });

  it('DB4 fits a screen of 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    for (const path of [
      '/verloop',
      '/verloop?view=table',
      '/ritme',
      '/spreiding',
      '/signalen',
      '/servicenormen',
    ]) {
      await open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ path, beside }).toEqual({ path, beside: 0 });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

describe('the first view', () => {
  it('SP1 EX20 comes with at most 200 kB of script, and without the charts of other pages, which come when they are opened', async () => {
    const { gzipSync } = await import('node:zlib');
    const dist = join(import.meta.dirname, '../../client/dist');
    const html = readFileSync(join(dist, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
    expect(scripts.length).toBeGreaterThan(0);
    const sizes = scripts.map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200 * 1024);
    expect(scripts.filter((file) => /LineChart|WhyPage|TrendPage/.test(file))).toEqual([]);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open('/');
    await page.getByRole('heading', { level: 2, name: 'Per kanaal' }).waitFor();
    expect(
      asked.filter((path) => /LineChart|(?:Why|Trend|Rhythm|Spread|Signals|Norms)Page/.test(path)),
    ).toEqual([]);
    await page.getByRole('link', { name: 'Waarom', exact: true }).click();
    await expect.poll(() => asked.filter((path) => /WhyPage.*\.js$/.test(path))).toHaveLength(1);
    await page.getByRole('heading', { level: 1 }).waitFor();
    page.removeAllListeners('request');
  });

  it('SP2 pushes nothing away while it comes in, with packed scripts and a session that is asked ahead', async () => {
    await page.addInitScript(() => {
      const seen: PerformanceEntry[] = [];
      new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({
        ...{ type: 'layout-shift', buffered: true },
      });
      Object.assign(window, { seen });
    });
    for (const width of [412, 1280])
      for (const path of ['/', '/verloop']) {
        await page.setViewportSize({ width, height: 800 });
        await open(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        const shift = await page.evaluate(() =>
          (window as unknown as { seen: { value: number }[] }).seen.reduce(
            (sum, { value }) => sum + value,
            0,
          ),
        );
        expect({ width, path, much: shift > 0.1 ? shift : false }).toEqual({ width, path, much: false });
      }
    const asked = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path === '/api/v1/meta' || path.endsWith('.js')),
    );
    // Once: what the page asks is what the HTML asked already.
    expect(asked.filter((path) => path === '/api/v1/meta')).toHaveLength(1);
    const script = asked.find((path) => path.includes('/first-'));
    for (const encoding of ['br', 'gzip']) {
      const { headers } = await fetch(program.url + script, { headers: { 'accept-encoding': encoding } });
      expect({
        ...{ encoding: headers.get('content-encoding'), type: headers.get('content-type') },
        ...{ kept: headers.get('cache-control'), vary: headers.get('vary') },
      }).toEqual({
        ...{ encoding, type: 'text/javascript; charset=utf-8' },
        ...{ kept: 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' },
      });
    }
  });
});
