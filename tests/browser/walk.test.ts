import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { type Program, root, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, post as sendRating } from '../support/ratings.ts';

/** Somebody who never saw it, in the demo, with nothing but what can be read on the screen. */
let browser: Browser;
let program: Program;
let watched: Watched;
let page: Page;
/** With most of a year behind it: in the first days of January there is little to see. */
const then = Date.parse('2026-11-23T12:00:00Z');

beforeAll(async () => {
  const clock = join(temporaryFolder(), 'clock');
  writeFileSync(clock, String(then - Date.now()));
  const preload = pathToFileURL(join(root, 'tests/load/faults/clock-preload.ts')).href;
  const environment = { NODE_OPTIONS: `--import=${preload}`, CLOCK_FILE: clock };
  [browser, program] = await Promise.all([
    startBrowser(),
    startProgram({ entry: 'server/demo/main.ts', environment }),
  ]);
  watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  ({ page } = watched);
  await page.clock.install({ time: then });
  await page.goto(program.url);
  await page.getByRole('button', { name: 'Vul in' }).click();
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.getByText('Ingelogd als').waitFor();
});
afterAll(async () => {
  await watched?.context.close();
  await browser?.close();
  await program?.stop();
});

it('WK1 which channel is below target now: the first sentence says it, and the row says how far', async () => {
  await page.getByRole('heading', { level: 1, name: /Digitaal blijft achter/ }).waitFor();
  const row = page.getByRole('listitem').filter({ hasText: 'Digitaal' });
  await expect.poll(() => row.innerText()).toMatch(/Onder de norm\s+1,0 te laag/);
});

it('WK2 since when: the trend of that channel over years shows where it fell', async () => {
  const row = page.getByRole('listitem').filter({ hasText: 'Digitaal' });
  await row.getByRole('link', { name: /Bekijk het verloop/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Digitaal: 6,3/ }).waitFor();
  await page.getByText('Kies…').click();
  await page.getByLabel('van', { exact: true }).fill('2025-01-01');
  await page.getByRole('button', { name: 'Toon' }).click();
  await page.getByText('Contactpunten', { exact: true }).click();
  await page.getByText('Maand', { exact: true }).last().click();
  await page.getByRole('button', { name: 'Tabel' }).click();
  const table = page.getByRole('table');
  const months = async (name: string) => table.getByRole('row', { name }).first().innerText();
  await table.getByText('Verhuizing doorgeven').waitFor();
  await expect.poll(() => months('oktober 2025')).toMatch(/[67],\d/);
  await expect.poll(() => months('november 2025')).toMatch(/[56],\d/);
});

it('WK3 is it real, and where does it sit: the explanation says so with margins', async () => {
  await page.getByRole('link', { name: 'Nu', exact: true }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Digitaal' }).first();
  await page.getByRole('button', { name: 'Wis filters' }).click();
  await page.getByText('Dit jaar', { exact: true }).click();
  await row.getByRole('link', { name: /Waarom/ }).click();
  await page.getByRole('heading', { level: 1, name: /Het cijfer daalde van 6,\d naar 6,\d/ }).waitFor();
  await page.getByText(/^(Verklaard|Deels verklaard)$/).waitFor();
  await page.getByRole('table').getByText('Verhuizing doorgeven').first().waitFor();
});

it('WK4 what do people complain about there: words and themes of who gave a low grade', async () => {
  await page.getByRole('heading', { name: 'Woorden die vaker bij lage cijfers staan' }).waitFor();
  await page.getByRole('heading', { name: 'Waar reacties over gaan' }).waitFor();
  const themes = page.getByRole('table', { name: /Thema’s in de reacties/ });
  await expect.poll(() => themes.getByRole('row').count()).toBeGreaterThan(3);
});

it('WK5 what did we do about it: from the row to its comments, and what was done with them', async () => {
  await page.getByRole('link', { name: 'Nu', exact: true }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Digitaal' }).first();
  await page.getByRole('button', { name: 'Wis filters' }).click();
  await row.getByRole('link', { name: /Lees de reacties/ }).click();
  await page.getByRole('heading', { level: 1, name: /reacties$/ }).waitFor();
  expect(new URL(page.url()).searchParams.getAll('channel')).toEqual(['digitaal']);
  await page.getByText('Kies…').click();
  await page.getByLabel('van', { exact: true }).fill('2025-01-01');
  await page.getByRole('button', { name: 'Toon' }).click();
  await page.getByRole('button', { name: 'Wat wij deden' }).click();
  await page.getByText(/^Een formulier bewaart nu wat u invulde/).waitFor();
  await page.getByText(/naar aanleiding van \d+ reacties/).waitFor();
});

it('WK6 what goes into the year table: every year has its table, with target, figure and whether it was met', async () => {
  await page.getByRole('link', { name: 'Jaarcijfers', exact: true }).click();
  const digital = page.getByRole('row', { name: /digitale producten/ });
  await digital.waitFor();
  await expect.poll(() => digital.innerText()).toMatch(/7,3\s+6,\d[\s\S]*nee/);
  const years = page.getByRole('group', { name: 'Jaar' });
  await years.getByRole('button', { name: '2025' }).click();
  await page.getByRole('heading', { level: 1, name: /Jaarcijfers 2025/ }).waitFor();
  await digital.getByText('nee').waitFor();
  await years.getByRole('button', { name: '2024' }).click();
  await page.getByRole('heading', { level: 1, name: /1 van 4 doelen gehaald/ }).waitFor();
  await expect.poll(() => digital.innerText()).toMatch(/7,3\s+6,6[\s\S]*nee/);
  await page.getByRole('link', { name: 'Excel' }).waitFor();
  expect(watched.complaints).toEqual([]);
});

it('DM3 at the kiosk, the website and the form that the demo names a rating is taken', async () => {
  const named = program.output.join('\n');
  expect(named).toContain('/kiosk?touchpoint=balie-1');
  expect(named).toContain('/q/website');
  for (const touchpoint of ['balie-1', 'website'])
    expect((await sendRating(program.url, aRating({ touchpoint }))).status).toBe(201);
});

describe('what is on every page', () => {
  const charts = '.kp-distribution, .kp-sparkline, .kp-line, .kp-fall, .kp-rhythm';
  const shown = (name: string | RegExp) => page.getByRole('button', { name }).count();
  async function picture(): Promise<string> {
    const download = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^Bewaar als SVG/ })
      .first()
      .click();
    return readFileSync(await (await download).path(), 'utf8');
  }

  it.each([
    ['/', ['Balie', 'Telefoon', '<polyline', '<rect']],
    ['/verloop?group=channel', ['norm 7', '<polyline']],
    ['/ritme', ['9 – 10', '<rect']],
    ['/spreiding', ['Balie', '<rect']],
    ['/waarom?channel=digitaal', ['bewezen', '<rect']],
    ['/servicenormen', ['norm ', '<polyline']],
    ['/signalen', []],
    ['/reacties', []],
    ['/jaarcijfers', []],
  ])(
    'TR4 %s: every chart has its table and its picture, every table its file, every term its words',
    async (path, drawn) => {
      await page.goto(program.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const term = page.getByRole('region', { name: 'Begrippen op deze pagina' }).getByRole('group').first();
      await term.locator('summary').click();
      await term.getByRole('paragraph').waitFor();
      const many = await page.locator(charts).count();
      expect(many > 0).toBe(drawn.length > 0);
      if (drawn.length > 0) {
        expect(await shown(/^Bewaar als PNG/)).toBeGreaterThan(0);
        const svg = await picture();
        for (const part of drawn) expect(svg).toContain(part);
        expect(svg).not.toContain('class=');
      }
      const asTable = page.getByRole('button', { name: 'Tabel' });
      if ((await asTable.count()) > 0) await asTable.click();
      else expect(many === 0 || (await page.locator('main table').count()) > 0).toBe(true);
      for (const folded of await page.getByText('Toon als tabel', { exact: true }).all())
        await folded.click();
      const tables = page.locator('main table').filter({ visible: true });
      if (many > 0) await tables.first().waitFor();
      if (path !== '/jaarcijfers') expect(await shown(/^Bewaar als CSV/)).toBe(await tables.count());
    },
  );
});
