import { expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import { referencesOf } from '../../../server/storage/reference.ts';
import { inDatabase } from '../../support/database.ts';
import { aRating } from '../../support/ratings.ts';
import { call, pair, pointers, program, rate, secret, tokens } from './setting.ts';

export function administration(): void {
  test('AD1: channels, touchpoints and products are made, changed and retired; what is taken or unknown is told', async () => {
    expect((await call('POST', '/channels', { key: 'wijk', name: 'Wijk' })).status).toBe(201);
    expect((await call('POST', '/channels', { key: 'wijk', name: 'Wijk' })).status).toBe(409);
    expect((await call('PATCH', '/channels/wijk', { name: 'In de wijk' })).body).toEqual({
      key: 'wijk',
      name: 'In de wijk',
    });
    const point = { key: 'markt', name: 'Markt', channel: 'wijk' };
    const made = await call('POST', '/touchpoints', {
      ...point,
      origins: ['https://www.gemeente.nl/pagina'],
    });
    expect(made).toMatchObject({
      status: 201,
      body: { ...point, origins: ['https://www.gemeente.nl'], scale: 'grade' },
    });
    expect(pointers(await call('POST', '/touchpoints', { ...point, key: 'x', channel: 'nergens' }))).toEqual([
      '/channel unknown-value',
    ]);
    expect((await call('POST', '/touchpoints', point)).status).toBe(409);
    expect(pointers(await call('PATCH', '/touchpoints/markt', { channel: 'web' }))).toEqual([
      '/channel unknown-field',
    ]);
    expect((await call('PATCH', '/touchpoints/markt', { location: 'Noord' })).body).toMatchObject({
      location: 'Noord',
    });
    expect((await call('DELETE', '/touchpoints/markt')).status).toBe(204);
    expect((await call<{ items: object[] }>('GET', '/touchpoints')).body.items).toContainEqual(
      expect.objectContaining({ key: 'markt', retired: true, name: 'Markt' }),
    );
    expect((await call('PATCH', '/products/paspoort', { name: 'Paspoort of ID-kaart' })).status).toBe(200);
    expect((await call('PATCH', '/products/geen', { name: 'x' })).status).toBe(404);
    for (const role of ['manager', 'viewer'] as const)
      expect((await call('POST', '/channels', { key: 'x', name: 'x' }, tokens[role])).status).toBe(403);
    expect(pointers(await call('PUT', '/closed-days', { items: ['1 mei'] }))).toEqual(['/items/0 format']);
  });

  test('AD2: on trial everything is shown and nothing counts, also after the trial', async () => {
    const shown = async () =>
      (
        await call<{ items: { comment: string | null; grade: number }[] }>(
          'GET',
          '/touchpoints/proef/trial-ratings',
        )
      ).body.items;
    await rate({ touchpoint: 'proef', grade: 3, comment: 'Bel 0612345678' });
    expect(await shown()).toMatchObject([{ grade: 3, comment: expect.not.stringContaining('0612345678') }]);
    await call('PATCH', '/touchpoints/proef', { trial: false });
    await rate({ touchpoint: 'proef', grade: 9 });
    const { body } = await call<Summary>('GET', '/summary?touchpoint=proef');
    expect([body.total.n, body.total.histogram[8]]).toEqual([1, 1]);
    expect(await shown()).toHaveLength(1);
    expect((await call('GET', '/touchpoints/proef/trial-ratings', undefined, tokens.viewer)).status).toBe(
      403,
    );
  });

  test('VD1: a manager voids a rating by its reference and takes that back; figures follow, a recount agrees', async () => {
    const n = async () => (await call<Summary>('GET', '/summary?touchpoint=digitaal-product')).body.total.n;
    await rate({ touchpoint: 'digitaal-product', grade: 1 });
    const number = inDatabase(
      program.dataDir,
      (db) => db.prepare('SELECT max(seq) FROM ratings').pluck().get() as number,
    );
    const reference = referencesOf(secret).of(number);
    const path = `/ratings/${reference}/void`;
    expect(await n()).toBe(1);
    expect((await call('POST', path, { reason: 'Proef van de monteur' }, tokens.viewer)).status).toBe(403);
    expect(pointers(await call('POST', path, { reason: ' ' }, tokens.manager))).toEqual(['/reason range']);
    const done = await call('POST', path, { reason: 'Proef van de monteur' }, tokens.manager);
    expect(done).toMatchObject({ status: 200, body: { reference, voided: true } });
    expect(await n()).toBe(0);
    expect((await call('GET', path, undefined, tokens.manager)).body).toMatchObject({
      reason: 'Proef van de monteur',
      by: 'manager',
    });
    expect((await program.command('recount')).stdout).toContain('0 differences');
    expect((await call('DELETE', path, undefined, tokens.manager)).body).toMatchObject({ voided: false });
    expect(await n()).toBe(1);
    expect((await program.command('recount')).stdout).toContain('0 differences');
    for (const made of [
      'A'.repeat(22),
      referencesOf(secret).of(10_000_000),
      referencesOf('ander').of(number),
    ])
      expect((await call('POST', `/ratings/${made}/void`, { reason: 'x' }, tokens.manager)).status).toBe(404);
  });

  test('AB2: a burst of one tablet is marked, counts, and is left out with marked=exclude', async () => {
    const { device, token } = await pair({ name: 'Druk', touchpoint: 'digitaal-product' });
    const before = (await call<Summary>('GET', '/summary?touchpoint=digitaal-product')).body.total.n;
    const at = Date.now() - 3_600_000;
    const ratings = Array.from({ length: 6 }, (_, i) =>
      aRating({ touchpoint: 'digitaal-product', givenAt: new Date(at + i * 3000).toISOString() }),
    );
    const body = { sentAt: new Date().toISOString(), ratings };
    expect((await call('POST', '/ratings/batch', body, token)).status).toBe(200);
    expect((await call('POST', '/ratings/batch', body, token)).body).toMatchObject({
      results: Array(6).fill({ status: 'duplicate' }),
    });
    const n = async (query: string) =>
      (await call<Summary>('GET', `/summary?touchpoint=digitaal-product${query}`)).body.total.n;
    expect([await n(''), await n('&marked=exclude')]).toEqual([before + 6, before + 4]);
    await call('DELETE', `/devices/${device.id}`);
  });
}
