import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device, DevicePairing, DeviceToken } from '#shared/contract/device.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { violationsOf } from '../support/axe.ts';
import { openPage, startBrowser, type Watched } from '../support/browser.ts';
import { inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';

const email = 'beheer@gemeente.example';
const password = 'vier rustige woorden samen';

let browser: Browser;
let program: Program;
let admin: string;
let watched: Watched;
let page: Page;
beforeAll(async () => {
  const environment = { ADMIN_EMAIL: email, ADMIN_PASSWORD: password };
  const [opened, started] = await Promise.all([
    startBrowser(),
    startPrepared({ environment, tokens: { admin: 'admin' } }),
  ]);
  browser = opened;
  program = started.program;
  admin = started.tokens.admin;
  watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  page = watched.page;
  await page.goto(`${program.url}/beheer/apparaten`);
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

const api = <Body>(method: string, path: string, body?: unknown, token?: string) =>
  send<Body>(method, `${program.url}/api/v1${path}`, body, token ? { authorization: `Bearer ${token}` } : {});
/** What everybody must be able to use: light and dark, and a phone without anything beside its screen. */
async function isFine(): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 900 });
}
const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('tablets', () => {
  it('DV7 an administrator pairs a tablet by its code, sees it, and is told when it is silent', async () => {
    await page.getByRole('heading', { level: 1, name: 'Er is nog geen apparaat' }).waitFor();
    await isFine();
    const { body: pairing } = await api<DevicePairing>('POST', '/device-pairings');
    await button('Apparaat koppelen').click();
    await page.getByLabel('Code op het scherm').fill('QQQQ-QQQQ');
    await page.getByLabel('Naam').fill('Loket 1');
    const pair = page.getByRole('region', { name: 'Apparaat koppelen' });
    await pair.getByRole('button', { name: 'Apparaat koppelen' }).click();
    await page.getByText('Geen enkel scherm toont deze code').waitFor();
    // Asked for as it was typed, and once more.
    expect(watched.complaints.splice(0).every((text) => text.includes('404'))).toBe(true);
    await page.getByLabel('Code op het scherm').fill(pairing.user_code.toLowerCase());
    await pair.getByRole('button', { name: 'Apparaat koppelen' }).click();
    await page.getByText('Loket 1 is gekoppeld').waitFor();
    const grant = 'urn:ietf:params:oauth:grant-type:device_code';
    const { body } = await api<DeviceToken>('POST', '/device-tokens', {
      ...{ grant_type: grant, device_code: pairing.device_code },
    });
    await api(
      'POST',
      '/devices/self/heartbeats',
      {
        ...{ queue: 3, oldestAge: 600, rejected: 1, version: '1a2b', persisted: false, battery: 0.2 },
        ...{ configuration: null, charging: false, sentAt: new Date().toISOString() },
      },
      body.access_token,
    );
    await page.clock.install();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Het apparaat doet het' }).waitFor();
    const row = page.locator('.kp-collect__row');
    for (const words of ['3 antwoorden wachten', 'batterij 20%', '1 geweigerd', 'opslag niet beschermd'])
      await row.getByText(words).waitFor();

    await button('Wijzig: Loket 1').click();
    for (const day of ['zaterdag', 'zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag']) {
      await page.getByLabel(`${day} van`).fill('00:00');
      await page.getByLabel(`${day} tot`).fill('24:00');
    }
    await page.getByLabel('Pincode voor het statusscherm').fill('4711');
    await page.getByLabel('Naam').fill('Loket Noord');
    await isFine();
    await button('Bewaar').click();
    await page.getByText('Bewaard.').waitFor();
    inDatabase(program.dataDir, (db) =>
      db.prepare('UPDATE devices SET last_seen = last_seen - 240000').run(),
    );
    // Without a touch: the page looks again by itself.
    await page.clock.fastForward(30_000);
    await page.getByRole('heading', { level: 1, name: 'Loket Noord is stil' }).waitFor();
    await row.getByText('Stil', { exact: true }).waitFor();

    await button('Trek de toegang in').click();
    await button('Ja, doe dit').click();
    await page
      .getByRole('heading', { level: 1, name: 'Loket Noord moet opnieuw worden gekoppeld' })
      .waitFor();
    await isFine();
    const { body: devices } = await get<{ items: Device[] }>(program.url, '/devices', admin);
    expect(devices.items).toMatchObject([{ state: 'revoked', hasPin: true, name: 'Loket Noord' }]);
    expect(watched.complaints).toEqual([]);
  });
});

describe('a burst', () => {
  it('AB2 of one tablet counts, and is left out of the figures by a filter', async () => {
    const { body: pairing } = await api<DevicePairing>('POST', '/device-pairings');
    const confirmation = { name: 'Hal', touchpoint: 'balie-1' };
    await api('PUT', `/device-pairings/${pairing.user_code}`, confirmation, admin);
    const grant = 'urn:ietf:params:oauth:grant-type:device_code';
    const { body } = await api<DeviceToken>('POST', '/device-tokens', {
      ...{ grant_type: grant, device_code: pairing.device_code },
    });
    const sentAt = new Date().toISOString();
    const ratings = Array.from({ length: 7 }, () =>
      aRating({ touchpoint: 'balie-1', grade: 8, givenAt: sentAt }),
    );
    const batch = await api('POST', '/ratings/batch', { sentAt, ratings }, body.access_token);
    expect(batch.status).toBe(200);
    await page.goto(program.url);
    const counted = (n: number) => page.locator('.kp-row__count', { hasText: `${n} waarderingen` });
    await counted(7).waitFor();
    await button('Meer').click();
    await page.getByLabel('Zonder twijfelgevallen').check();
    await counted(4).waitFor();
    expect(new URL(page.url()).searchParams.get('marked')).toBe('exclude');
    await button('Wis filters').click();
    await counted(7).waitFor();
    expect(watched.complaints).toEqual([]);
    await page.goto(`${program.url}/beheer/apparaten`);
  });
});

describe('wallboards', () => {
  it('DV8 a screen on the wall shows a code, then its figures, and a code again when it is unpaired', async () => {
    const wall = await openPage(browser, { viewport: { width: 1280, height: 720 } });
    await wall.page.goto(`${program.url}/wandscherm`);
    await wall.page.getByRole('heading', { level: 1, name: 'Koppel dit wandscherm' }).waitFor();
    const shown = wall.page.locator('.kp-wall-pair__code');
    await expect.poll(() => shown.innerText()).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(await violationsOf(wall.page)).toEqual([]);
    await page.goto(`${program.url}/beheer/apparaten?code=${await shown.innerText()}`);
    const pair = page.getByRole('region', { name: 'Apparaat koppelen' });
    await pair.getByRole('checkbox', { name: 'Balie' }).check();
    await pair.getByLabel('Naam').fill('Publiekshal');
    await isFine();
    await pair.getByRole('button', { name: 'Apparaat koppelen' }).click();
    await page.getByText('Publiekshal is gekoppeld').waitFor();
    const list = page.getByRole('region', { name: 'Wandschermen' });
    await list.getByText('Balie').waitFor();
    await wall.page.getByRole('region', { name: 'Totaal' }).waitFor();
    // After a power failure as well.
    await wall.page.reload();
    await wall.page.getByRole('heading', { level: 2, name: 'Balie' }).waitFor();
    expect(await wall.page.getByRole('heading', { level: 2, name: 'Website' }).count()).toBe(0);
    await page.goto(`${program.url}/beheer/apparaten`);
    await list.getByRole('button', { name: 'Ontkoppel: Publiekshal' }).click();
    await list.waitFor({ state: 'detached' });
    await wall.page.getByRole('heading', { level: 1, name: 'Koppel dit wandscherm opnieuw' }).waitFor();
    // While it waits it is told so each time, as RFC 8628 has it.
    expect(wall.complaints.filter((text) => !text.includes('400'))).toEqual([]);
    await wall.context.close();
  });
});

describe('touchpoints', () => {
  it('AD1 AD2 AD3 a touchpoint is made, tried out and asked at by QR code, poster and widget', async () => {
    await page.getByRole('link', { name: 'Contactpunten' }).click();
    await button('Nieuw contactpunt bij Website').click();
    await page.getByLabel('Naam').fill('Afspraak maken');
    await expect.poll(() => page.getByLabel('Sleutel').inputValue()).toBe('afspraak-maken');
    await button('Bewaar').click();
    await button('Wijzig: Afspraak maken').click();
    await page.getByLabel('Proef: alles werkt, niets telt mee').check();
    await page.getByLabel('Websites die de widget tonen').fill('https://www.gemeente.nl/contact');
    await button('Bewaar').click();
    await page.getByText('Bewaard.').waitFor();
    expect((await api('POST', '/ratings', aRating({ touchpoint: 'afspraak-maken', grade: 7 }))).status).toBe(
      201,
    );
    await button('Kijk opnieuw').click();
    await page.getByRole('cell', { name: '7', exact: true }).waitFor();
    await isFine();

    const snippet = (await page.locator('.kp-collect__snippet code').textContent())!;
    const [, path, , algorithm, hash] = /src="([^"]+)"\s+(integrity="(sha384)-([^"]+)")/.exec(snippet)!;
    const script = await fetch(path!);
    expect(script.headers.get('access-control-allow-origin')).toBe('*');
    expect(script.headers.get('cache-control')).toContain('immutable');
    const body = Buffer.from(await script.arrayBuffer());
    expect(createHash(algorithm!).update(body).digest('base64')).toBe(hash);

    const [svg, png] = await Promise.all(
      ['svg', 'png'].map((kind) => fetch(`${program.url}/q/afspraak-maken.${kind}`)),
    );
    expect([svg!.headers.get('content-type'), png!.headers.get('content-type')]).toEqual([
      'image/svg+xml; charset=utf-8',
      'image/png',
    ]);
    expect((await fetch(`${program.url}/q/nergens.svg`)).status).toBe(404);
    for (const language of ['nl', 'ar']) {
      await page.goto(`${program.url}/q/afspraak-maken/poster?language=${language}`);
      await isFine();
    }
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/);
    expect(watched.complaints).toEqual([]);
  });
});

describe('questionnaires', () => {
  it('QN7 what is written is seen as residents will, and a break is told before it is made', async () => {
    await page.goto(`${program.url}/beheer/vragenlijsten?touchpoint=website`);
    await page.getByRole('heading', { level: 1, name: 'Vragenlijst van Website' }).waitFor();
    await button('Vraag erbij').click();
    const question = page.getByRole('group', { name: 'Vraag 1', exact: true });
    await question.getByLabel('Vraag', { exact: true }).fill('Waar lag dat aan?');
    await question.getByLabel('Tot en met cijfer').selectOption('5');
    await question.getByLabel('Vraag 1, Keuze 1').fill('Wachttijd');
    await button('Bewaar als versie 2').click();
    await page.getByText('Geef vraag 1 ten minste twee keuzes.').waitFor();
    await question.getByLabel('Vraag 1, Keuze 2').fill('Uitleg');
    const preview = page.getByRole('region', { name: 'Zo ziet het eruit' });
    await preview.getByLabel('8 van 10').check();
    await preview.getByText('Bij dit cijfer komen geen vervolgvragen.').waitFor();
    await preview.getByLabel('4 van 10').check();
    await preview.getByLabel('Wachttijd').waitFor();
    await page.getByText('blijven te vergelijken').waitFor();
    await isFine();
    await button('Bewaar als versie 2').click();
    await page.getByText('Dit is versie 2.').waitFor();
    const form = await get<Form>(program.url, '/touchpoints/website/form?language=nl');
    expect(form.body).toMatchObject({
      version: 2,
      questions: [
        { key: 'waar-lag-dat-aan', from: 1, to: 5, options: [{ key: 'wachttijd' }, { key: 'uitleg' }] },
      ],
    });

    await page.getByLabel('Taal van de teksten').selectOption('ar');
    await page.getByLabel('Vijf smileys').check();
    await page.getByText('Dat is een andere meetmethode').waitFor();
    await expect.poll(() => preview.locator('[dir=rtl]').count()).toBe(1);
    await preview.getByRole('radio').nth(1).check();
    await isFine();
    await page.getByRole('link', { name: 'Producten' }).click();
    await button('Nieuw product').click();
    await page.getByLabel('Naam').fill('Paspoort');
    await button('Bewaar').click();
    await button('Wijzig: Paspoort').waitFor();
    await isFine();
    expect(watched.complaints).toEqual([]);
  });
});
