import { expect, test } from 'vitest';
import { inDatabase } from '../../support/database.ts';
import { until } from '../../support/until.ts';
import { everything, invite, pageOf, press, program, ratings } from './here.ts';

export function whatALinkDoes(): void {
  test('IV3: reading a link writes nothing; the pressed button does, through the one way in', async () => {
    const { body } = await invite({ product: 'paspoort' });
    expect(body).toMatchObject({ delivery: 'link' });
    const url = pageOf(body.link);
    await until('no mail of before is on its way', () =>
      inDatabase(
        program.dataDir,
        (db) =>
          db
            .prepare("SELECT 1 FROM mail WHERE state = 'sending' OR state = 'waiting' AND due_at <= ?")
            .get(Date.now()) === undefined,
      ),
    );
    const before = everything();
    for (const method of ['GET', 'HEAD'])
      for (const query of ['', '?grade=8', '?grade=8&grade=3&language=en', '?grade=11'])
        expect((await fetch(url + query, { method })).status).toBe(200);
    const page = await fetch(`${url}?grade=8`);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    const html = await page.text();
    expect(html).toMatch(/value="8"[^>]* checked/);
    expect(html).toContain('name="robots" content="noindex"');
    expect(everything()).toEqual(before);

    const thanks = await press(url, { grade: '8', comment: 'Snel geholpen' });
    expect(thanks.status).toBe(303);
    expect(thanks.headers.get('location')).toContain('/bedankt');
    expect((await fetch(program.url + thanks.headers.get('location')!)).status).toBe(200);
    const count = ratings().length;
    expect(ratings().at(-1)).toMatchObject({ grade: 8, product: 1 });

    // A second press edits, also one with another id in the page; the product stays.
    expect(
      (await press(url, { grade: '3', id: '0192f0c1-8a3e-7cc3-98c4-dc0c0c073999', product: 'x' })).status,
    ).toBe(303);
    expect(ratings()).toHaveLength(count);
    expect(ratings().at(-1)).toMatchObject({ grade: 3, product: 1 });
    expect((await press(url, {})).status).toBe(400);

    inDatabase(program.dataDir, (db) =>
      db
        .prepare('UPDATE invitations SET answered_at = answered_at - 86400001 WHERE answered_at IS NOT NULL')
        .run(),
    );
    expect((await press(url, { grade: '5' })).status).toBe(410);
    expect((await fetch(url)).status).toBe(410);
    expect(ratings().at(-1)).toMatchObject({ grade: 3 });
  });

  test('IV4: a link that is forged, cut off or unknown looks the same as none at all', async () => {
    const { body } = await invite({});
    const [version, key, random, mac] = new URL(body.link).pathname
      .slice('/i/'.length)
      .split('.') as string[];
    const other = Buffer.alloc(16, 7).toString('base64url');
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    const wrong = [
      `${version}.${key}.${random}.${flip(mac!)}`,
      `${version}.${key}.${flip(random!)}.${mac}`,
      `${version}.${flip(key!)}.${random}.${mac}`,
      `v2.${key}.${random}.${mac}`,
      `${version}.${key}.${random}.${mac!.slice(0, -1)}`,
      `${version}.${key}.${random}`,
      `${version}.${key}.${other}.${mac}`,
      'nergens',
      `${version}.${key}.${random}.${mac}=`,
    ];
    const pages = await Promise.all(
      wrong.flatMap((token) => [
        fetch(`${program.url}/i/${token}`),
        press(`${program.url}/i/${token}`, { grade: '9' }),
      ]),
    );
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1);
    expect((await fetch(pageOf(body.link))).status).toBe(200);
  });
}
