import { expect, test } from 'vitest';
import { countRatings } from '../../support/database.ts';
import { api, here, program, tokens } from './here.ts';

export function linksOfBefore(): void {
  test('TP11: a link of an earlier survey leads to the form with the grade chosen; opening it writes nothing', async () => {
    const before = countRatings(program.dataDir);
    const link = { touchpoint: 'digitaal-product', product: null, forms: { '204': 'paspoort' }, grades: {} };
    expect((await api('PUT', '/survey-links/13', link)).body).toEqual({ id: '13', ...link });
    expect(
      (await api('PUT', '/survey-links/kf-2', { touchpoint: 'website', grades: { '1': 9, '3': 3 } })).status,
    ).toBe(200);
    const open = async (path: string, method = 'GET') => {
      const reply = await fetch(here + path, { method, redirect: 'manual' });
      return [reply.status, reply.headers.get('location')];
    };
    const table: [string, string][] = [
      ['13?Q_Formid=204&Q_RATINGID=8', '/f/digitaal-product?grade=8&product=paspoort'],
      ['13?Q_Formid=7&Q_RATINGID=10', '/f/digitaal-product?grade=10'],
      ['13?Q_RATINGID=11', '/f/digitaal-product'],
      ['13', '/f/digitaal-product'],
      ['kf-2?Q_RATINGID=1', '/f/website?grade=9'],
      ['kf-2?Q_RATINGID=2', '/f/website'],
    ];
    for (const [path, target] of table)
      for (const method of ['GET', 'HEAD'])
        expect(await open(`/theme/kf/${path}`, method)).toEqual([302, target]);
    const form = await (await fetch(`${here}/theme/kf/13?Q_Formid=204&Q_RATINGID=8`)).text();
    expect(form).toMatch(/value="8"[^>]*checked/);
    expect(form).toContain('name="product" value="paspoort"');
    expect((await open('/theme/kf/14?Q_RATINGID=8'))[0]).toBe(404);
    expect(countRatings(program.dataDir)).toBe(before);

    const wrong = await api('PUT', '/survey-links/14', {
      touchpoint: 'none',
      product: 'none',
      forms: { a: 'no' },
    });
    expect((wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/touchpoint',
      '/product',
      '/forms/a',
    ]);
    expect((await api('PUT', '/survey-links/a%2Fb', link)).status).toBe(400);
    expect((await api('GET', '/survey-links', undefined, tokens.manager)).status).toBe(403);
    const all = (await api('GET', '/survey-links')).body.items as { id: string }[];
    expect(all.map(({ id }) => id)).toEqual(['13', 'kf-2']);
    expect((await api('DELETE', '/survey-links/13')).status).toBe(204);
    expect((await api('DELETE', '/survey-links/13')).status).toBe(404);
    expect((await open('/theme/kf/13'))[0]).toBe(404);
  });
}
