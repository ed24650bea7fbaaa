import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Role } from '#shared/contract/access.ts';
import type { Store } from '../../../server/storage/port.ts';
import { Selection } from '../../../server/storage/selection.ts';
import { until } from '../../support/until.ts';
import { aProduct, aRating, aTouchpoint, type Bench, countIn, everything, noon, ratings } from './bench.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest();
const day = 86_400_000;
const token = (secret: string, role: Role, fields: { scope?: string; expiresAt?: number } = {}) => ({
  ...{ name: `sleutel ${secret}`, role, hash: hashOf(secret), now: noon, scope: null, expiresAt: null },
  ...fields,
});

/** How many ratings count at each placement, by its name. */
async function perPlacement(store: Store): Promise<Record<string, number>> {
  const { cells } = await store.cells(everything);
  const { placements, methods } = store.settings();
  const found: Record<string, number> = {};
  for (const { placement, counts } of cells) {
    const { location, method } = placements.find(({ id }) => id === placement)!;
    const label = methods.find(({ id }) => id === method)!.label;
    const name = `${location ?? '-'} ${label === 'Papier' ? label : 'eigen'}`;
    found[name] = (found[name] ?? 0) + counts.reduce((sum, count) => sum + count, 0);
  }
  return found;
}

export function settingsContract(bench: Bench): void {
  test('CM1: a fresh database has four channels with one open touchpoint each', async () => {
    const { channels, touchpoints, placements, products } = (await bench.fresh()).settings();
    expect(channels.map(({ key }) => key)).toEqual(['balie', 'web', 'digitaal', 'telefoon']);
    expect(touchpoints.map(({ key, channel }) => `${channel}/${key}`)).toEqual([
      ...['balie/balie-1', 'web/website', 'digitaal/digitaal-product', 'telefoon/telefoon-14079'],
    ]);
    expect(touchpoints.every(({ guarded, trial, retired }) => !guarded && !trial && !retired)).toBe(true);
    expect([placements, products]).toEqual([[], []]);
  });

  test('LV5: a change adds or replaces what it names, leaves the rest, and is told here and elsewhere', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    const told = { here: 0, elsewhere: 0 };
    store.onSettings(() => told.here++);
    elsewhere.onSettings(() => told.elsewhere++);
    await store.changeSettings({
      ...{ municipality: 'Nieuwegein', languages: ['nl', 'fr'], answerKeys: ['wachttijd'] },
      products: [aProduct('paspoort')],
      channels: [{ key: 'post', name: 'Post' }],
      touchpoints: [aTouchpoint({ name: 'Balie Een', origins: ['https://voorbeeld.nl'] })],
      targets: [{ scope: 'channel', key: 'balie', year: 2026, grade: 7.5 }],
    });
    expect(told.here).toBe(1);
    const settings = store.settings();
    expect(settings).toMatchObject({ municipality: 'Nieuwegein', languages: ['nl', 'fr'] });
    expect(settings.channels.map(({ key }) => key)).toEqual(['balie', 'web', 'digitaal', 'telefoon', 'post']);
    expect(settings.touchpoints).toHaveLength(4);
    expect(settings.touchpoints[0]).toMatchObject({ name: 'Balie Een', origins: ['https://voorbeeld.nl'] });
    await until('the other process has the new settings', () => told.elsewhere > 0);
    expect(elsewhere.settings()).toEqual(settings);
  });

  test('IN1: a product or language that is no longer offered is still known', async () => {
    const store = await bench.fresh();
    await store.changeSettings({ products: [aProduct('paspoort')], languages: ['nl'] });
    await store.changeSettings({ products: [{ ...aProduct('paspoort'), retired: true }] });
    expect(store.settings().products).toMatchObject([{ key: 'paspoort', retired: true }]);
    expect(store.settings().languages).toEqual(['nl']);
    await store.append([aRating({ product: 'paspoort', language: 'en' })]);
    const { cells } = await store.cells({ ...everything, keep: { product: true, language: true } });
    expect(cells).toMatchObject([
      { product: store.settings().products[0]!.id, language: store.settings().languageIds.get('en') },
    ]);
  });

  test('AG3: a change of settings that is refused changes nothing', async () => {
    const store = await bench.fresh();
    const before = store.settings();
    const refused = [
      { municipality: 'X', touchpoints: [aTouchpoint({ key: 'nieuw', channel: 'bestaat-niet' })] },
      { municipality: 'X', touchpoints: [aTouchpoint({ channel: 'web' })] },
    ];
    for (const change of refused) await expect(store.changeSettings(change)).rejects.toThrow(/channel/);
    expect(store.settings()).toEqual(before);
    await store.changeSettings({ viewerThreshold: 3 });
    expect(store.settings()).toEqual({ ...before, viewerThreshold: 3 });
  });

  test('AG9: a touchpoint that moves keeps its earlier ratings at the place where it stood', async () => {
    const store = await bench.fresh();
    await store.changeSettings({ touchpoints: [aTouchpoint({ location: 'Stadhuis' })] }, noon - 10 * day);
    await store.append([aRating({ at: noon - 5 * day })]);
    await store.changeSettings({ touchpoints: [aTouchpoint({ location: 'Wijkhuis' })] }, noon);
    const midnight = Date.parse('2026-06-30T22:00:00Z');
    await store.append([
      ...[noon - 11 * day, noon - 10 * day, midnight - 1].map((at) => aRating({ at })),
      ...[midnight, noon, noon + day].map((at) => aRating({ at })),
    ]);
    expect(store.settings().touchpoints[0]).toMatchObject({ location: 'Wijkhuis' });
    expect(await perPlacement(store)).toEqual({ '- eigen': 1, 'Stadhuis eigen': 3, 'Wijkhuis eigen': 3 });
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 7, differences: 0 });
  });

  test('AG5: an import that names a method makes a placement of its own, and both together are mixed', async () => {
    const store = await bench.fresh();
    await store.append(ratings(20));
    await store.append(ratings(15, { method: 'Papier' }));
    expect(await perPlacement(store)).toEqual({ '- eigen': 20, '- Papier': 15 });
    const selection = new Selection(store.settings(), {}, 'touchpoint', 0);
    const { sequence, cells } = await store.cells(selection.query());
    const { total, groups } = selection.summary(sequence, selection.tally(cells));
    expect(total).toMatchObject({ n: 35, mixedMethods: true, mean: null });
    expect(groups.find(({ key }) => key === 'balie-1')).toMatchObject({ mixedMethods: true, low: null });
  });

  test('AG5: a touchpoint that asks on another scale from now on has another method from now on', async () => {
    const store = await bench.fresh();
    await store.append(ratings(2));
    await store.changeSettings({ touchpoints: [aTouchpoint({ scale: 'smiley' })] });
    await store.append(ratings(3, { grade: null, smiley: 4 }));
    await store.changeSettings({ touchpoints: [aTouchpoint({ scale: 'grade' })] });
    await store.append(ratings(1));
    const { placements } = store.settings();
    expect(placements.map(({ touchpoint }) => touchpoint)).toEqual(['balie-1', 'balie-1']);
    expect(new Set(placements.map(({ method }) => method)).size).toBe(2);
    const [first, second] = placements;
    expect(await countIn(store, { placements: [first!.id] })).toBe(3);
    expect(await countIn(store, { placements: [second!.id] })).toBe(3);
  });

  test('AC5: a token is found by its hash until it is revoked or expires', async () => {
    const store = await bench.fresh();
    await store.access.addToken(token('a', 'controller'));
    await store.access.addToken(token('b', 'viewer', { expiresAt: noon + day }));
    const found = await store.access.findToken(hashOf('a'), noon);
    expect(found).toMatchObject({ name: 'sleutel a', role: 'controller', scope: null, expiresAt: null });
    expect(await store.access.findToken(hashOf('c'), noon)).toBeNull();
    expect(await store.access.findToken(hashOf('b'), noon + day - 1)).toMatchObject({ role: 'viewer' });
    expect(await store.access.findToken(hashOf('b'), noon + day)).toBeNull();
    await store.access.revokeToken(found!.id, noon);
    expect(await store.access.findToken(hashOf('a'), noon)).toBeNull();
    expect(await store.access.findToken(hashOf('b'), noon)).not.toBeNull();
  });

  test('AC5: a token that another process made or revoked holds here at once', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    await elsewhere.access.addToken(token('a', 'admin'));
    const found = await store.access.findToken(hashOf('a'), noon);
    expect(found).toMatchObject({ role: 'admin' });
    await elsewhere.access.revokeToken(found!.id, noon);
    expect(await store.access.findToken(hashOf('a'), noon)).toBeNull();
  });

  test('IN13: a touchpoint is guarded as long as a line has a token for it', async () => {
    const store = await bench.fresh();
    const guarded = () => store.settings().touchpoints.filter((point) => point.guarded);
    await store.access.addToken(token('a', 'machine', { scope: 'telephony:telefoon-14079' }));
    await store.access.addToken(token('b', 'machine', { scope: 'invitations' }));
    expect(guarded().map(({ key }) => key)).toEqual(['telefoon-14079']);
    const { id, scope } = (await store.access.findToken(hashOf('a'), noon))!;
    expect(scope).toBe('telephony:telefoon-14079');
    await store.access.revokeToken(id, noon);
    expect(guarded()).toEqual([]);
  });

  test('AC1: the link for the first administrator works once, in time, and a newer one replaces it', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    expect(await store.access.hasAccounts()).toBe(false);
    expect(await store.access.takeSetupLink(hashOf('a'), noon)).toBe(false);
    await store.access.setSetupLink(hashOf('a'), noon + day);
    await store.access.setSetupLink(hashOf('b'), noon + day);
    expect(await store.access.takeSetupLink(hashOf('a'), noon)).toBe(false);
    expect(await store.access.takeSetupLink(hashOf('b'), noon + day)).toBe(false);
    const takes = [store, elsewhere, store].map((one) => one.access.takeSetupLink(hashOf('b'), noon));
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1);
    expect(await store.access.takeSetupLink(hashOf('b'), noon)).toBe(false);
  });

  test('IN15: a database that can be written says so, without a change that anybody sees', async () => {
    const store = await bench.fresh();
    const before = store.settings();
    await store.checkWritable();
    expect(store.settings()).toBe(before);
    expect(await store.changesSince(0)).toEqual([]);
  });
}
