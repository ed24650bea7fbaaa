import { expect, test } from 'vitest';
import { dayOf } from '#shared/core/calendar.ts';
import { addCounts, noCounts } from '#shared/core/histogram.ts';
import { alikeOf } from '../../../server/storage/alike.ts';
import type { NewRating, Reader } from '../../../server/storage/port.ts';
import { aProduct, aRating, aTouchpoint, type Bench, everything, ratings } from './bench.ts';
import { prepared } from './counts.ts';
import type { Counted } from './model.ts';
import { products } from './random.ts';

/** Placements that a question need not tell apart. */
export function mergedContract(bench: Bench): void {
  test('AG9: placements that count as one follow ratings that come late, new touchpoints and new places', async () => {
    const store = await bench.fresh();
    const { module, options } = store.reader;
    const reader: Reader = await (await import(module)).openReader(options);
    const channels: Record<string, string> = { a: 'balie', b: 'balie', c: 'web', d: 'balie', e: 'web' };
    const place = (key: string, location: string | null = null) =>
      store.changeSettings({ touchpoints: [aTouchpoint({ key, channel: channels[key]!, location })] });
    await store.changeSettings({
      products: products.map(aProduct),
      channels: ['balie', 'web'].map((key) => ({ key, name: key })),
    });
    for (const key of ['a', 'b', 'c']) await place(key);
    const given: NewRating[] = [];
    const from = Date.parse('2024-05-01T10:00:00Z');
    const give = async (touchpoint: string, count: number, fields: Partial<NewRating> = {}) => {
      const more = Array.from({ length: count }, (_, i) =>
        aRating({
          ...{ touchpoint, at: from + i * 86_400_000, grade: (i % 10) + 1, product: products[i % 2]! },
          ...fields,
        }),
      );
      given.push(...more);
      await store.append(more);
    };
    const day = dayOf(from);
    const periods = [
      { from: null, to: null },
      { from: day + 3, to: day + 400 },
      { from: day + 33, to: day + 36 },
    ];
    const check = async () => {
      await reader.refresh();
      const settings = reader.settings();
      const touchpointOf = new Map(settings.placements.map(({ id, touchpoint }) => [id, touchpoint]));
      const productOf = new Map(settings.products.map(({ id, key }) => [id, key]));
      for (const [period, by] of periods.flatMap((period) => [
        ...[[period, []] as const, [period, ['location']] as const],
      ])) {
        const { cells } = await reader.cells({
          ...{ ...everything, ...period, keep: { product: true }, alike: alikeOf(settings, by) },
        });
        const found: Counted = {};
        for (const { placement, product, counts } of cells) {
          const key = `${channels[touchpointOf.get(placement)!]} ${productOf.get(product)}`;
          found[key] ??= noCounts();
          addCounts(found[key], counts);
        }
        const expected: Counted = {};
        for (const { touchpoint, product, at, grade } of given) {
          if (dayOf(at) < (period.from ?? -Infinity) || dayOf(at) > (period.to ?? Infinity)) continue;
          const key = `${channels[touchpoint]} ${product}`;
          expected[key] ??= noCounts();
          expected[key][grade! - 1]!++;
        }
        expect(found).toEqual(expected);
      }
      while (await reader.prepare?.());
    };
    for (const key of ['a', 'b', 'c']) await give(key, 500);
    await check();
    await give('b', 40);
    await check();
    await place('d');
    await give('d', 70);
    await check();
    await give('c', 30, { grade: 3, product: products[0]! });
    await place('b', 'Noord');
    await give('b', 1);
    await check();
    await place('e', 'Noord');
    await give('e', 450, { method: 'Papier' });
    await check();
    await reader.close();
  });

  test('AG9: a question counts placements as one in the way that it names, not in that of the question before', async () => {
    const { store } = await prepared(bench);
    for (const touchpoint of ['balie-1', 'website', 'telefoon-14079'])
      await store.append(ratings(3, { touchpoint, product: products[0]! }));
    const ids = store.settings().placements.map(({ id }) => id);
    const counted = async (pairs: [number, number][], placements: number[] | null = null) => {
      const query = { ...everything, placements, keep: { product: true }, alike: new Map(pairs) };
      return (await store.cells(query)).cells.map(({ placement, counts }) => [placement, counts[7]]);
    };
    const [one, two, three] = ids as [number, number, number];
    // More ways than any reader keeps figures for. Each is named once: what counts as the second does not go on to the third.
    const ways = [one, two, three].flatMap((a) =>
      [one, two, three].flatMap((b) =>
        [one, two, three].map((c): [number, number][] => [
          [one, a],
          [two, b],
          [three, c],
        ]),
      ),
    );
    const expected = (pairs: [number, number][]) =>
      [one, two, three].flatMap((id) => {
        const those = pairs.filter(([, into]) => into === id).length;
        return those > 0 ? [[id, 3 * those]] : [];
      });
    for (let round = 0; round < 2; round++) {
      for (const pairs of ways)
        expect((await counted(pairs)).sort(), JSON.stringify(pairs)).toEqual(expected(pairs));
      expect((await counted([])).sort()).toEqual(ids.map((id) => [id, 3]));
      // Only some of those that count as one.
      expect(await counted([[two, one]], [two, three])).toEqual(
        expect.arrayContaining([
          [one, 3],
          [three, 3],
        ]),
      );
    }
  });
}
