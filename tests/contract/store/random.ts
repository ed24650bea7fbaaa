import fc from 'fast-check';
import { dayOfDate } from '#shared/core/calendar.ts';
import { type CellQuery, type Entry, mark, type NewRating } from '../../../server/storage/port.ts';
import { anAddition, aRating } from './bench.ts';
import type { Question } from './model.ts';

export const touchpoints = ['balie-1', 'website', 'telefoon-14079'];
export const products = ['paspoort', 'verhuizing'];
export const languages = ['nl', 'tr'];
export const method = 'Papier';

const at = (iso: string) => Date.parse(iso);
// Edges: both sides of midnight, of months and years, and of the nights on which the clock changes.
const edges = [
  ...['2024-12-31T22:59:59.999Z', '2024-12-31T23:00:00Z', '2025-02-28T22:59:59Z', '2025-02-28T23:00:00Z'],
  ...['2025-03-29T22:30:00Z', '2025-03-30T00:59:59Z', '2025-03-30T01:00:00Z', '2025-03-30T21:59:59Z'],
  ...['2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z', '2025-10-26T22:59:59Z', '2025-10-26T23:00:00Z'],
].map(at);
const first = at('2024-05-01T00:00:00Z');
const last = at('2026-04-01T00:00:00Z');
const instant = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: first, max: last }));

const answer = fc.oneof(
  { arbitrary: fc.record({ grade: fc.integer({ min: 1, max: 10 }) }), weight: 3 },
  fc.record({ smiley: fc.integer({ min: 1, max: 5 }) }),
);
const { burst, clock, imported, trial, voided } = mark;
const comment = fc.constantFrom(null, 'Fijn', 'Naar');
const receivedAt = last;
const aNew = fc.record({
  ...{ step: fc.constant('new' as const), at: instant, answer, comment },
  touchpoint: fc.constantFrom(...touchpoints),
  product: fc.constantFrom(null, null, ...products),
  language: fc.constantFrom(null, ...languages),
  method: fc.constantFrom(undefined, undefined, method),
  marks: fc.constantFrom(0, 0, 0, 0, burst, clock, imported, imported | burst, trial, voided),
});
const again = fc.record({ step: fc.constant('again' as const), which: fc.nat(), answer: fc.option(answer) });
const add = fc.record({
  ...{ step: fc.constant('add' as const), which: fc.nat(), answer: fc.option(answer) },
  ...{
    comment: fc.constantFrom(undefined, null, 'Toch fijn'),
    late: fc.boolean(),
    unknown: fc.nat({ max: 9 }),
  },
});
type Of<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type Step = Of<typeof aNew> | Of<typeof again> | Of<typeof add>;

const both = { grade: null, smiley: null };
const idOf = (i: number) => `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`;

/** Requests of entries; a step that refers to an earlier rating refers to one that was there before it. */
function entriesOf(requests: Step[][]): Entry[][] {
  const made: NewRating[] = [];
  return requests.map((steps) =>
    steps.flatMap((step): Entry[] => {
      if (step.step === 'new') {
        const { step: _, answer, method, ...fields } = step;
        const rating = aRating({ ...fields, ...both, ...answer, receivedAt, id: idOf(made.length) });
        if (method) rating.method = method;
        made.push(rating);
        return [rating];
      }
      if (made.length === 0) return [];
      const earlier = made[step.which % made.length]!;
      if (step.step === 'again') return [{ ...earlier, ...(step.answer ? { ...both, ...step.answer } : {}) }];
      const id = step.unknown === 0 ? idOf(1_000_000) : earlier.id;
      const replaced = step.comment === undefined ? {} : { comment: step.comment };
      const now = receivedAt + (step.late ? 1001 : 1000);
      return [anAddition(id, { ...replaced, ...step.answer, now, window: 1000 })];
    }),
  );
}

export const anyRequests = fc
  .array(fc.array(fc.oneof({ arbitrary: aNew, weight: 5 }, again, add), { maxLength: 20 }), {
    minLength: 1,
    maxLength: 8,
    size: 'max',
  })
  .map(entriesOf);

const edge = fc.option(
  fc.oneof(
    fc.integer({ min: dayOfDate('2024-05-01'), max: dayOfDate('2026-04-01') }),
    fc.constantFrom('2025-01-01', '2025-02-28', '2025-03-01', '2025-03-30', '2025-10-26').map(dayOfDate),
  ),
  { freq: 3 },
);
const some = (...names: string[]) => fc.option(fc.subarray(names), { freq: 2 });
const times: CellQuery['keep']['time'][] = [
  undefined,
  'slot',
  'day',
  'month',
  'weekday',
  'hour',
  'weekhour',
  'daypart',
];

export const anyQuestion: fc.Arbitrary<Question> = fc
  .record({
    ...{ a: edge, b: edge, marked: fc.boolean() },
    touchpoints: some(...touchpoints),
    products: some('', ...products),
    languages: some('', ...languages),
    keep: fc.record({ product: fc.boolean(), language: fc.boolean(), time: fc.constantFrom(...times) }),
  })
  .map(({ a, b, ...rest }) => {
    const [from, to] = a !== null && b !== null && a > b ? [b, a] : [a, b];
    return { ...rest, from, to };
  });
