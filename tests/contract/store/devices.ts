import { expect, test } from 'vitest';
import type { QuestionnaireInput } from '#shared/contract/questionnaire.ts';
import { hashOf } from '../../../server/access/accounts.ts';
import type { DeviceSettings } from '../../../server/storage/port/devices.ts';
import { mark, type Store } from '../../../server/storage/port.ts';
import { anAddition, aRating, type Bench, everything, noon, ratings } from './bench.ts';

const minute = 60_000;
const beat = (queue: number) => ({
  ...{ queue, oldestAge: queue ? 12 : null, rejected: 0, version: 'abc', configuration: null },
  ...{ persisted: true, battery: 0.5, charging: false, sentAt: new Date(noon).toISOString() },
});
export const aDevice = (fields: Partial<DeviceSettings> = {}): DeviceSettings => ({
  ...{ name: 'Tablet', touchpoint: 'balie-1', idleSeconds: 15, pin: null },
  openingHours: Array.from({ length: 7 }, () => [{ from: '09:00', to: '17:00' }]),
  ...fields,
});

const text = (nl: string) => ({ nl });
export const aQuestionnaire = (fields: Partial<QuestionnaireInput> = {}) => ({
  ...{ touchpoint: 'balie-1', after: 1, scale: 'grade' as const, question: null, commentQuestion: null },
  ...{ product: null, method: 'Rapportcijfer 1 tot 10', validFrom: noon },
  questions: [
    { key: 'reden', type: 'choice' as const, text: text('Waarom?'), from: 1, to: 5 },
    { key: 'tijd', type: 'yes-no' as const, text: text('Op tijd?'), from: 1, to: 10 },
  ].map((question) => ({
    ...question,
    options:
      question.type === 'choice' ? ['wachttijd', 'uitleg'].map((key) => ({ key, text: text(key) })) : [],
  })),
  ...fields,
});

const guarded = (store: Store) =>
  store.settings().touchpoints.flatMap((point) => (point.guarded ? [point.key] : []));
const tally = async (store: Store) => {
  const { cells } = await store.cells({ ...everything });
  return cells.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
};

export function questionnairesContract(bench: Bench): void {
  test('QN1: versions follow each other; what was asked before is the first, and none ever changes', async () => {
    const store = await bench.fresh();
    const elsewhere = await bench.beside(store);
    expect(store.settings().questionnaires.get('balie-1')).toBeUndefined();
    expect(await store.questionnaires.add(aQuestionnaire())).toBe(2);
    expect(await elsewhere.questionnaires.add(aQuestionnaire())).toBeNull();
    const first = store.settings().questionnaires.get('balie-1')!;
    expect(first.map(({ version, validFrom, questions }) => [version, validFrom, questions.length])).toEqual([
      [2, noon, 2],
      [1, 0, 0],
    ]);
    expect(store.settings().answerKeys).toEqual(['reden', 'tijd']);
    const next = aQuestionnaire({ after: 2, scale: 'smiley', questions: [] });
    expect(
      await store.questionnaires.add({ ...next, method: 'Vijf smileys', validFrom: noon + minute }),
    ).toBe(3);
    const versions = store.settings().questionnaires.get('balie-1')!;
    expect(versions.slice(1)).toEqual(first);
    expect(store.settings().touchpoints.find(({ key }) => key === 'balie-1')!.scale).toBe('smiley');
    expect(store.settings().answerKeys).toEqual(['reden', 'tijd']);
    expect((await bench.beside(store)).settings().questionnaires).toEqual(store.settings().questionnaires);
  });

  test('QN1: a clock that goes back makes no older version valid; an unknown touchpoint gets none', async () => {
    const store = await bench.fresh();
    await store.questionnaires.add(aQuestionnaire());
    await store.questionnaires.add({ ...aQuestionnaire({ after: 2 }), validFrom: noon - 3_600_000 });
    expect(store.settings().questionnaires.get('balie-1')![0]!.validFrom).toBe(noon + 1);
    expect(await store.questionnaires.add(aQuestionnaire({ touchpoint: 'nergens' }))).toBeNull();
  });

  test('QN3: an addition is held against the questions that its rating was asked', async () => {
    const store = await bench.fresh();
    const before = aRating({ at: noon - minute });
    await store.changeSettings({ answerKeys: ['oud'] });
    await store.questionnaires.add(aQuestionnaire());
    const after = aRating();
    await store.append([before, after]);
    const add = async (id: string, answers: Record<string, string | boolean>) =>
      (await store.append([anAddition(id, { answers })]))[0]!;
    expect((await add(after.id, { reden: 'wachttijd', tijd: false })).status).toBe('accepted');
    const refused = await add(after.id, { reden: 'anders', tijd: 'ja', oud: 'x' });
    expect(refused).toEqual({ status: 'other-questions', errors: expect.any(Array) });
    const errors = 'errors' in refused ? refused.errors : [];
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/answers/reden unknown-value',
      '/answers/tijd type',
      '/answers/oud unknown-value',
    ]);
    expect((await add(before.id, { oud: 'x' })).status).toBe('accepted');
  });

  test('QN4: the scale of a touchpoint with a questionnaire follows from that alone', async () => {
    const store = await bench.fresh();
    await store.questionnaires.add(aQuestionnaire());
    const { guarded: _, ...point } = store.settings().touchpoints[0]!;
    await expect(store.changeSettings({ touchpoints: [{ ...point, scale: 'smiley' }] })).rejects.toThrow(
      /questionnaire/,
    );
    const { scale: __, ...rest } = point;
    await store.changeSettings({ touchpoints: [{ ...rest, name: 'Andere naam' }] });
    expect(store.settings().touchpoints[0]).toMatchObject({ name: 'Andere naam', scale: 'grade' });
  });
}

export function devicesContract(bench: Bench): void {
  test('DV2: a touchpoint is guarded from the first token of its tablet until the tablet is retired', async () => {
    const store = await bench.fresh();
    const device = await store.devices.add(aDevice(), noon);
    expect(device).toMatchObject({ ...aDevice(), paired: false, active: false, lastSeen: null });
    expect(guarded(store)).toEqual([]);
    expect(await store.devices.pair(device.id, hashOf('a'), noon)).toBe(true);
    expect(guarded(store)).toEqual(['balie-1']);
    expect(await store.access.findToken(hashOf('a'), noon)).toMatchObject({
      ...{ role: 'machine', scope: `device:${device.id}` },
    });

    await store.devices.revoke(device.id, noon);
    expect(await store.access.findToken(hashOf('a'), noon)).toBeNull();
    expect(await store.devices.find(device.id)).toMatchObject({ paired: true, active: false });
    expect(guarded(store)).toEqual(['balie-1']);

    await store.devices.pair(device.id, hashOf('b'), noon);
    await store.devices.pair(device.id, hashOf('c'), noon);
    expect(await store.access.findToken(hashOf('b'), noon)).toBeNull();
    expect(await store.access.findToken(hashOf('c'), noon)).not.toBeNull();

    await store.devices.retire(device.id, noon);
    expect(await store.access.findToken(hashOf('c'), noon)).toBeNull();
    expect(guarded(store)).toEqual([]);
    expect(await store.devices.pair(device.id, hashOf('d'), noon)).toBe(false);
    expect(await store.devices.change(device.id, { name: 'x' })).toBeNull();
    expect((await bench.beside(store)).settings().devicePlaces.size).toBe(0);
  });

  test('DV3: a tablet that moved may still speak for where it stood', async () => {
    const store = await bench.fresh();
    const { id } = await store.devices.add(aDevice(), noon);
    await store.devices.pair(id, hashOf('a'), noon);
    const moved = await store.devices.change(id, { touchpoint: 'website', idleSeconds: 30 });
    expect(moved).toMatchObject({ touchpoint: 'website', idleSeconds: 30, name: 'Tablet' });
    expect(store.settings().devicePlaces.get(id)).toEqual(['website', 'balie-1']);
    expect(guarded(store)).toEqual(['website']);
  });

  test('DV4: a heartbeat is kept, announces nothing, and ends a silence', async () => {
    const store = await bench.fresh();
    const { id } = await store.devices.add(aDevice(), noon);
    await store.devices.pair(id, hashOf('a'), noon);
    const settings = store.settings();
    await store.devices.keepHeartbeat(id, beat(3), noon + minute);
    expect(store.settings()).toBe(settings);
    expect(await store.devices.markSilent(id, noon, noon + 5 * minute)).toBe(false);
    expect(await store.devices.markSilent(id, noon + minute, noon + 5 * minute)).toBe(true);
    expect(await store.devices.markSilent(id, noon + minute, noon + 6 * minute)).toBe(false);
    expect(await store.devices.list()).toMatchObject([
      { heartbeat: beat(3), silentSince: noon + 5 * minute },
    ]);
    await (await bench.beside(store)).devices.keepHeartbeat(id, beat(0), noon + 7 * minute);
    expect(await store.devices.find(id)).toMatchObject({ lastSeen: noon + 7 * minute, silentSince: null });
  });
}

export function voidsContract(bench: Bench): void {
  test('VD1: a voided rating leaves every figure in one commit, comes back whole, and is announced each time', async () => {
    const store = await bench.fresh();
    const rating = aRating({ grade: 2, marks: mark.burst, comment: 'Per ongeluk' });
    await store.append([...ratings(5), rating]);
    const number = await store.lastArrival();
    const before = await store.cells(everything);
    const sequence = before.sequence;
    const record = { reason: 'Proefdruk', by: 'Anna', at: noon };
    expect(await store.voids.set(number, record)).toBe('done');
    expect(await tally(store)).toBe(5);
    expect(await store.voids.find(number)).toEqual(record);
    expect(await store.recount({ repair: false })).toMatchObject({ ratings: 6, differences: 0 });
    expect(await store.voids.set(number, record)).toBe('same');
    // A correction that arrives meanwhile moves nothing, and counts when the rating comes back.
    await store.append([anAddition(rating.id, { grade: 9 })]);
    expect(await tally(store)).toBe(5);
    expect(await store.voids.set(number, null)).toBe('done');
    expect(await store.voids.find(number)).toBeNull();
    expect(await tally(store)).toBe(6);
    expect(await store.recount({ repair: false })).toMatchObject({ differences: 0 });
    const changes = (await store.changesSince(sequence))!;
    expect(changes.map(({ deltas }) => deltas!.map(({ index, count }) => [index, count]))).toEqual([
      [[1, -1]],
      [[8, 1]],
    ]);
    expect(await store.voids.set(number + 1, null)).toBe('unknown');
  });

  test('VD2: what came in on trial is shown newest first and never counts, voided or not', async () => {
    const store = await bench.fresh();
    const [first, second] = [
      aRating({ marks: mark.trial, comment: 'Eerste' }),
      aRating({ marks: mark.trial }),
    ];
    await store.append([first!, aRating(), second!, aRating({ touchpoint: 'website', marks: mark.trial })]);
    const shown = await store.voids.trialRatings('balie-1', 10);
    expect(shown.map(({ grade, comment }) => [grade, comment])).toEqual([
      [8, null],
      [8, 'Eerste'],
    ]);
    expect(await store.voids.set(shown[0]!.number, { reason: 'x', by: 'y', at: noon })).toBe('done');
    await store.voids.set(shown[0]!.number, null);
    expect(await tally(store)).toBe(1);
    expect(await store.recount({ repair: false })).toMatchObject({ differences: 0 });
  });
}
