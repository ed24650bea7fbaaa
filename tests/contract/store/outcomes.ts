import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { limits } from '#shared/contract/limits.ts';
import type { NewRating } from '../../../server/storage/port.ts';
import { anAddition, aProduct, aRating, type Bench, countIn, noon, ratings, statuses } from './bench.ts';

export function outcomesContract(bench: Bench): void {
  test('IN1: a rating is accepted with the time of receipt and the comment as it is stored', async () => {
    const store = await bench.fresh();
    const rating = aRating({ comment: 'Fijn geholpen', receivedAt: noon + 5 });
    expect(await store.append([rating])).toEqual([
      { status: 'accepted', receivedAt: noon + 5, comment: 'Fijn geholpen' },
    ]);
    expect(await countIn(store)).toBe(1);
  });

  test('IN1: no entries are no outcomes', async () => {
    const store = await bench.fresh();
    expect(await store.append([])).toEqual([]);
  });

  test('IN2: what was accepted is there when the database is opened again', async () => {
    const place = bench.newPlace();
    const first = await bench.open(place);
    await first.append(ratings(3));
    await bench.close(first);
    const second = await bench.open(place);
    expect(await countIn(second)).toBe(3);
    expect(await second.recount({ repair: false })).toMatchObject({ ratings: 3, differences: 0 });
  });

  test('IN3: the same rating again is a duplicate with the first time of receipt, and counts once', async () => {
    const store = await bench.fresh();
    await store.changeSettings({ products: [aProduct('paspoort')], answerKeys: ['a', 'b'] });
    const rating = aRating({
      ...{ product: 'paspoort', language: 'nl', form: 2, givenAt: noon, comment: 'Fijn' },
      answers: { a: 'x', b: true },
    });
    await store.append([rating]);
    const later = { ...rating, receivedAt: noon + 60_000, at: noon + 1, answers: { b: true, a: 'x' } };
    const duplicate = { status: 'duplicate', receivedAt: noon, comment: 'Fijn' };
    expect(await store.append([later])).toEqual([duplicate]);
    expect(await store.append([later, later])).toEqual([duplicate, duplicate]);
    expect(await countIn(store)).toBe(1);
  });

  test('IN3: twice in one request is once accepted and once a duplicate', async () => {
    const store = await bench.fresh();
    const rating = aRating();
    expect(statuses(await store.append([rating, rating]))).toEqual(['accepted', 'duplicate']);
    expect(await countIn(store)).toBe(1);
  });

  test('IN4: the same id with any other content is a conflict and changes nothing', async () => {
    const store = await bench.fresh();
    await store.changeSettings({ products: [aProduct('paspoort')] });
    const rating = aRating({ comment: 'Fijn', givenAt: noon });
    await store.append([rating]);
    const others: Partial<NewRating>[] = [
      { grade: 7 },
      { grade: null, smiley: 4 },
      { touchpoint: 'website' },
      { product: 'paspoort' },
      { language: 'nl' },
      { form: 1 },
      { givenAt: noon + 1 },
      { givenAt: null },
      { comment: 'Naar' },
      { comment: null },
      { answers: { a: true } },
    ];
    for (const other of others)
      expect(await store.append([{ ...rating, ...other }]), JSON.stringify(other)).toEqual([
        { status: 'conflict' },
      ]);
    expect(statuses(await store.append([rating]))).toEqual(['duplicate']);
    expect(await countIn(store)).toBe(1);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 1, differences: 0 });
  });

  test('IN8: an addition replaces what it names and leaves the rest, and the last one wins', async () => {
    const store = await bench.fresh();
    const rating = aRating({ grade: 8, comment: 'Fijn', answers: { a: 'x' } });
    await store.append([rating]);
    const add = async (fields: Parameters<typeof anAddition>[1]) =>
      (await store.append([anAddition(rating.id, { now: noon + 1000, ...fields })]))[0];
    const accepted = { status: 'accepted', receivedAt: noon };
    expect(await add({ grade: 3 })).toEqual({ ...accepted, comment: 'Fijn' });
    expect(await add({ comment: 'Naar' })).toEqual({ ...accepted, comment: 'Naar' });
    expect(await add({ comment: null })).toEqual({ ...accepted, comment: null });
    expect(await add({ grade: 9, comment: 'Toch fijn' })).toEqual({ ...accepted, comment: 'Toch fijn' });
    const { cells } = await store.cells({
      ...{ from: null, to: null, placements: null, products: null, languages: null, marked: true, keep: {} },
    });
    expect(cells.map(({ counts }) => counts)).toEqual([[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 1, differences: 0 });
  });

  test('IN8: an addition that changes nothing is a duplicate', async () => {
    const store = await bench.fresh();
    const rating = aRating({ grade: 8, answers: { a: 'x', b: 'y' } });
    await store.append([rating]);
    const repeated = [{ grade: 8 }, { comment: null }, { answers: { b: 'y', a: 'x' } }, {}];
    for (const fields of repeated)
      expect(statuses(await store.append([anAddition(rating.id, fields)]))).toEqual(['duplicate']);
  });

  test('IN3: a rating is compared as it was first posted, whatever was added since', async () => {
    const store = await bench.fresh();
    const rating = aRating({ grade: 8, comment: null });
    const add = (fields: Parameters<typeof anAddition>[1]) => anAddition(rating.id, fields);
    await store.append([rating, add({ grade: 2, comment: 'Bij nader inzien' }), add({ grade: 4 })]);
    expect(await store.append([rating])).toEqual([
      { status: 'duplicate', receivedAt: noon, comment: 'Bij nader inzien' },
    ]);
    expect(statuses(await store.append([{ ...rating, grade: 4 }]))).toEqual(['conflict']);
  });

  test('IN8: thirty minutes after receipt a rating is closed, one millisecond before it is not', async () => {
    const store = await bench.fresh();
    const rating = aRating({ at: noon - 9_000_000 });
    await store.append([rating]);
    const at = (now: number) => anAddition(rating.id, { grade: 3, now, window: limits.additionWindow });
    expect(await store.append([at(noon + limits.additionWindow + 1)])).toEqual([{ status: 'closed' }]);
    expect(statuses(await store.append([at(noon + limits.additionWindow)]))).toEqual(['accepted']);
  });

  test('IN10: an addition in a batch is never too late', async () => {
    const store = await bench.fresh();
    const rating = aRating();
    await store.append([rating]);
    const late = anAddition(rating.id, { grade: 3, now: noon + 400 * 86_400_000, window: null });
    expect(statuses(await store.append([late]))).toEqual(['accepted']);
  });

  test('IN8: an addition to an unknown id is unknown, one on the other scale is refused', async () => {
    const store = await bench.fresh();
    const [graded, smiled] = [aRating({ grade: 8 }), aRating({ smiley: 4 })];
    await store.append([graded, smiled]);
    expect(
      await store.append([
        anAddition(randomUUID(), { grade: 3 }),
        anAddition(graded.id, { smiley: 3 }),
        anAddition(smiled.id, { grade: 3, comment: 'mag niet' }),
        anAddition(smiled.id, { smiley: 1 }),
      ]),
    ).toEqual([
      { status: 'unknown' },
      { status: 'other-scale' },
      { status: 'other-scale' },
      { status: 'accepted', receivedAt: noon, comment: null },
    ]);
  });

  test('IN16: a request that cannot be kept costs those beside it nothing, and is kept not even in part', async () => {
    const store = await bench.fresh();
    const sent = [ratings(2), [aRating(), aRating({ grade: 11 })], ratings(3)];
    const results = await Promise.allSettled(sent.map((entries) => store.append(entries)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 5, differences: 0 });
    expect(statuses(await store.append(sent[1]!.slice(0, 1)))).toEqual(['accepted']);
    expect(statuses(await store.append(sent[0]!))).toEqual(['duplicate', 'duplicate']);
  });

  test('IN9: outcomes come in the order of the entries, however many are sent at once', async () => {
    const store = await bench.fresh();
    const known = aRating();
    await store.append([known]);
    const mixed = () => [aRating(), known, { ...known, grade: 1 }, anAddition(randomUUID(), { grade: 1 })];
    const answers = await Promise.all(Array.from({ length: 40 }, () => store.append(mixed())));
    for (const answer of answers)
      expect(statuses(answer)).toEqual(['accepted', 'duplicate', 'conflict', 'unknown']);
    expect(await countIn(store)).toBe(41);
  });

  test('CM3: what was sent before closing is answered and kept', async () => {
    const place = bench.newPlace();
    const store = await bench.open(place);
    const answers = Promise.all([store.append(ratings(2500)), store.append(ratings(2))]);
    await bench.close(store);
    expect((await answers).map(({ length }) => length)).toEqual([2500, 2]);
    expect(await countIn(await bench.open(place))).toBe(2502);
  });
}
