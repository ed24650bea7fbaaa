import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldErrorCodes } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { defaultRetention, noContacts } from '#shared/contract/privacy.ts';
import { checkAddition, checkRating, timeOf } from '../../server/ingest/check-rating.ts';
import { mark, type Settings } from '../../server/storage/port.ts';
import { aRating } from '../support/ratings.ts';

const point = { location: null, scale: 'grade' as const, origins: [], retired: false, guarded: false };
const settings: Settings = {
  municipality: 'Gemeente',
  languages: ['nl'],
  answerKeys: ['wachttijd', 'a/b~c'],
  viewerThreshold: 1,
  wallboardThreshold: 5,
  falseAlarmsPerYear: 1,
  deskByHour: true,
  serviceNorms: [],
  retention: defaultRetention,
  contacts: noContacts,
  kept: { comments: 0, ratings: 0 },
  themes: null,
  closedDays: [],
  questionnaires: new Map(),
  devicePlaces: new Map(),
  aggressionAddress: null,
  channels: [{ key: 'balie', name: 'Balie' }],
  touchpoints: [
    { ...point, key: 'balie-1', name: 'Balie 1', channel: 'balie', trial: false },
    { ...point, key: 'proef', name: 'Proef', channel: 'balie', trial: true },
  ],
  products: [{ id: 1, key: 'paspoort', name: 'Paspoort', upl: null, retired: true }],
  languageIds: new Map([
    ['nl', 1],
    ['fr', 2],
  ]),
  targets: [],
  indicators: [],
  placements: [],
  methods: [],
  currentMethod: new Map(),
};
const now = Date.parse('2026-07-01T12:00:00Z');
const iso = (at: number) => new Date(at).toISOString();
const check = (raw: unknown, offset: number | null = null) => checkRating(raw, settings, now, offset);
const errorsOf = (checked: ReturnType<typeof check | typeof checkAddition>) =>
  checked.ok ? [] : checked.errors.map(({ pointer, code }) => `${pointer} ${code}`);
function accepted(fields: Record<string, unknown>, offset: number | null = null) {
  const checked = check(aRating(fields), offset);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
}
const long = 'x'.repeat(limits.commentLength + 1);

describe('what is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a grade below 1', { grade: 0 }, '/grade range'],
    ['a grade above 10', { grade: 11 }, '/grade range'],
    ['half a grade', { grade: 7.5 }, '/grade type'],
    ['a grade in words', { grade: '8' }, '/grade type'],
    ['no grade but null', { grade: null }, '/grade type'],
    ['neither grade nor smiley', { grade: undefined }, '/grade required'],
    ['grade and smiley', { grade: 8, smiley: 4 }, '/smiley one-of'],
    ['a smiley above 5', { smiley: 6 }, '/smiley range'],
    ['a smiley below 1', { smiley: 0 }, '/smiley range'],
    ['no id', { id: undefined }, '/id required'],
    ['an id that is no UUID', { id: '12' }, '/id format'],
    ['no touchpoint', { touchpoint: undefined }, '/touchpoint required'],
    ['a touchpoint that is no text', { touchpoint: 5 }, '/touchpoint type'],
    ['an empty touchpoint', { touchpoint: '' }, '/touchpoint range'],
    ['a touchpoint that does not exist', { touchpoint: 'balie-9' }, '/touchpoint unknown-value'],
    ['a product that does not exist', { product: 'rijbewijs' }, '/product unknown-value'],
    ['a language that nobody offers', { language: 'xx' }, '/language unknown-value'],
    ['a question that does not exist', { answers: { kleur: 'rood' } }, '/answers/kleur unknown-value'],
    ['an answer that is a number', { answers: { wachttijd: 5 } }, '/answers/wachttijd format'],
    ['an answer that is too long', { answers: { wachttijd: long } }, '/answers/wachttijd too-long'],
    [
      'a control character in an answer',
      { answers: { wachttijd: '\u0000' } },
      '/answers/wachttijd characters',
    ],
    [
      'a control character in a choice',
      { answers: { wachttijd: ['\u0000'] } },
      '/answers/wachttijd/0 characters',
    ],
    ['answers that are a list', { answers: [] }, '/answers type'],
    ['a comment that is too long', { comment: long }, '/comment too-long'],
    ['a comment that is no text', { comment: 5 }, '/comment type'],
    ['a control character', { comment: 'hoi\u0007' }, '/comment characters'],
    ['half of a character', { comment: 'hoi \ud83d' }, '/comment characters'],
    ['a time in words', { givenAt: 'gisteren' }, '/givenAt format'],
    ['a day that does not exist', { givenAt: '2026-02-30T12:00:00Z' }, '/givenAt format'],
    ['a time without offset', { givenAt: '2026-07-01T12:00:00' }, '/givenAt format'],
    ['a form that is not counted from 1', { form: 0 }, '/form range'],
    ['a field that does not exist', { email: 'x' }, '/email unknown-field'],
    ['a field whose name needs escaping', { 'a/b~c': 1 }, '/a~1b~0c unknown-field'],
  ])('IN5: %s is refused with a pointer and a code', (_, fields, error) => {
    expect(errorsOf(check(aRating(fields)))).toEqual([error]);
  });

  test.each([[null], [undefined], [5], ['tekst'], [true], [[]], [[aRating()]]])(
    'IN5: %j is no rating',
    (raw) => {
      expect(errorsOf(check(raw))).toEqual([raw === undefined ? ' required' : ' type']);
    },
  );

  test('IN5: an empty object lacks everything that is required', () => {
    expect(errorsOf(check({}))).toEqual(['/id required', '/touchpoint required', '/grade required']);
  });

  test('IN5: what is wrong with the form and what is wrong beside the settings are told at once', () => {
    const raw = {
      ...{ id: 'x', touchpoint: 'balie-9', grade: 11, smiley: 9, language: 'xx', product: 'rijbewijs' },
      ...{ comment: 5, extra: 1, answers: { kleur: 'rood' }, givenAt: '1999-01-01T00:00:00Z' },
    };
    expect(errorsOf(check(raw)).sort()).toEqual(
      [
        ...['/answers/kleur unknown-value', '/comment type', '/extra unknown-field', '/givenAt too-old'],
        ...['/grade range', '/id format', '/language unknown-value', '/product unknown-value'],
        ...['/smiley one-of', '/smiley range', '/touchpoint unknown-value'],
      ].sort(),
    );
  });

  test('IN5: more than twenty answers are too many', () => {
    const answers = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`vraag${i}`, 'ja']));
    expect(errorsOf(check(aRating({ answers })))).toContain('/answers too-many');
  });

  test('IN5: an addition is refused with all errors at once, and cannot move a rating', () => {
    const add = (raw: unknown) => errorsOf(checkAddition('id', raw, settings, now, null));
    expect(add({ grade: 0, comment: long, touchpoint: 'proef' })).toEqual([
      '/grade range',
      '/comment too-long',
      '/touchpoint unknown-field',
    ]);
    expect(add({ answers: { kleur: 'rood' } })).toEqual(['/answers/kleur unknown-value']);
    expect(add(null)).toEqual([' type']);
  });

  test('IN5: whatever JSON arrives, the answer is a rating or a list of errors with known codes', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(1, 'balie-1', 'nl', 'paspoort', '2026-07-01T12:00Z'),
    );
    const near = fc.record(
      {
        ...{ id: fc.oneof(fc.uuid(), field), touchpoint: fc.oneof(fc.constant('balie-1'), field) },
        ...{ grade: fc.oneof(fc.integer({ min: 1, max: 10 }), field), smiley: field, givenAt: field },
        ...{ language: field, product: field, form: field, formToken: field, answers: field, comment: field },
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.json().map((text): unknown => JSON.parse(text)),
      near,
    );
    fc.assert(
      fc.property(body, fc.constantFrom(null, 0, 90_000), (raw, offset) => {
        for (const checked of [check(raw, offset), checkAddition('id', raw, settings, now, offset)]) {
          if (checked.ok) continue;
          expect(checked.errors.length).toBeGreaterThan(0);
          for (const { pointer, code, detail } of checked.errors) {
            expect(pointer).toMatch(/^(?:\/(?:[^~/]|~[01])*)*$/);
            expect(fieldErrorCodes).toContain(code);
            expect(detail).not.toBe('');
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('what is accepted', () => {
  test('IN1: a rating keeps what was sent, its id in lower case', () => {
    const id = '0192F0C1-8A3E-7CC3-98C4-DC0C0C07398F';
    const fields = {
      product: 'paspoort',
      language: 'fr',
      form: 2,
      answers: { wachttijd: true, 'a/b~c': ['x'] },
    };
    const rating = accepted({ id, ...fields, grade: 10, comment: 'Top.\n\tEcht waar 👍' });
    expect(rating).toEqual({
      ...{ kind: 'rating', id: id.toLowerCase(), touchpoint: 'balie-1', grade: 10, smiley: null },
      ...{ ...fields, comment: 'Top.\n\tEcht waar 👍' },
      ...{ at: now, receivedAt: now, givenAt: null, marks: 0 },
    });
  });

  test('IN1: a comment of two thousand units is not too long, an empty one is none', () => {
    expect(accepted({ comment: long.slice(1) }).comment).toHaveLength(limits.commentLength);
    expect(accepted({ comment: ' \n' }).comment).toBeNull();
  });

  test('IN1: at a touchpoint on trial a rating does not count', () => {
    expect(accepted({ touchpoint: 'proef' }).marks).toBe(mark.trial);
  });

  test('IN11: comment, answers and choices are redacted, in a rating and in an addition', () => {
    const told = {
      comment: 'bel 06-12345678',
      answers: { wachttijd: 'bel 06-12345678', 'a/b~c': ['a@b.nl'] },
    };
    const stored = {
      comment: 'bel [telefoonnummer]',
      answers: { wachttijd: 'bel [telefoonnummer]', 'a/b~c': ['[e-mailadres]'] },
    };
    expect(accepted(told)).toMatchObject(stored);
    expect(checkAddition('id', told, settings, now, null)).toMatchObject({ ok: true, value: stored });
  });

  test('IN8: an addition names only the fields that it replaces; an empty comment empties it', () => {
    const add = (raw: unknown) => checkAddition('id', raw, settings, now, 5);
    const rest = { kind: 'addition', id: 'id', now, window: 5 };
    expect(add({ grade: 3 })).toEqual({ ok: true, value: { ...rest, grade: 3 } });
    expect(add({ comment: '' })).toEqual({ ok: true, value: { ...rest, comment: null } });
    expect(add({})).toEqual({ ok: true, value: rest });
  });
});

describe('when it counts', () => {
  const hours = 3_600_000;

  test('IN7: a single rating before 2000 is refused, from 2000 on it is accepted', () => {
    expect(errorsOf(check(aRating({ givenAt: '1999-12-31T23:59:59.999Z' })))).toEqual(['/givenAt too-old']);
    expect(accepted({ givenAt: '2000-01-01T01:00:00+01:00' })).toMatchObject({
      at: limits.earliest,
      marks: 0,
    });
  });

  test('IN7: a single rating more than 24 hours ahead is refused, up to then it counts as received, marked', () => {
    const ahead = (ms: number) => aRating({ givenAt: iso(now + ms) });
    expect(errorsOf(check(ahead(24 * hours + 1)))).toEqual(['/givenAt in-the-future']);
    for (const ms of [1, 60_000, 24 * hours])
      expect(check(ahead(ms))).toMatchObject({
        ok: true,
        value: { at: now, marks: mark.clock, givenAt: now + ms },
      });
  });

  test('IN7: a time in the past is taken as it is, without a mark', () => {
    expect(accepted({ givenAt: iso(now - 400 * 24 * hours) })).toMatchObject({
      ...{ at: now - 400 * 24 * hours, marks: 0 },
    });
  });

  test('IN10: a clock that is off by more than 30 seconds is corrected and marked, by less neither', () => {
    const given = now - 5 * hours;
    for (const offset of [30_001, -30_001, 3 * hours, -3 * hours])
      expect(timeOf(given, now, offset)).toEqual({ at: given + offset, marks: mark.clock });
    for (const offset of [0, 30_000, -30_000])
      expect(timeOf(given, now, offset)).toEqual({ at: given, marks: 0 });
  });

  test('IN10: in a batch an impossible time becomes that of receipt, marked, and is never refused', () => {
    for (const givenAt of ['1999-01-01T00:00:00Z', '2027-07-01T12:00:00Z', '0001-01-01T00:00:00Z'])
      expect(accepted({ givenAt }, 0)).toMatchObject({ at: now, marks: mark.clock });
  });

  test('IN10: in a batch a clock that is a little ahead does no harm', () => {
    expect(timeOf(now + 20_000, now, -20_000)).toEqual({ at: now, marks: 0 });
    expect(timeOf(now + 40_000, now, -20_000)).toEqual({ at: now, marks: mark.clock });
  });

  test('IN10: whatever the clocks say, a rating counts from 2000 until its receipt, and never without a reason marked', () => {
    const instant = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });
    fc.assert(
      fc.property(instant, fc.option(fc.integer({ min: -(10 ** 12), max: 10 ** 12 })), (given, offset) => {
        const { at, marks } = timeOf(given, now, offset);
        expect(at >= limits.earliest && at <= now).toBe(true);
        if (at !== given && offset === null) expect(marks).toBe(mark.clock);
        expect([0, mark.clock]).toContain(marks);
      }),
    );
    expect(timeOf(null, now, 5 * hours)).toEqual({ at: now, marks: 0 });
  });
});
