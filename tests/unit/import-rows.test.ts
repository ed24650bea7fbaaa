import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Occurrences } from '../../server/cli/import/occurrences.ts';
import { columnsOf, type KnownRows, ratingOfRow } from '../../server/cli/import/row.ts';
import type { Settings } from '../../server/storage/port.ts';

const receivedAt = Date.UTC(2026, 5, 1);
const settings = {
  touchpoints: [{ key: 'balie-1', trial: false }],
  products: [{ key: 'paspoort', id: 1 }],
  languageIds: new Map([['nl', 1]]),
  answerKeys: [],
  questionnaires: new Map(),
} as unknown as Settings;
const columns = columnsOf(['touchpoint', 'grade', 'givenAt', 'product', 'comment']);

/** With what was seen before in this file, or as the first row of it. */
const read = (row: string[], known: KnownRows) =>
  ratingOfRow(row, columns, {
    settings,
    secret: 'secret',
    receivedAt,
    occurrences: new Occurrences(),
    known,
    ...{ ratingsFrom: 0, wordsFrom: 0 },
  });

const two = (most: number) => fc.nat({ max: most }).map((n) => String(n).padStart(2, '0'));
const time = fc
  .record({
    year: fc.constantFrom('1999', '2024', '2025', '2026', '2027'),
    month: two(13),
    day: two(32),
    between: fc.constantFrom('T', ' '),
    clock: fc.tuple(two(25), two(61), fc.option(two(61)), fc.option(fc.constantFrom('.5', '.123', '.1234'))),
    zone: fc.constantFrom('', '', 'Z', '+02:00'),
  })
  .map(({ year, month, day, between, clock: [hour, minute, second, fraction], zone }) => {
    const rest = second === null ? '' : `:${second}${fraction ?? ''}`;
    return `${year}-${month}-${day}${between}${hour}:${minute}${rest}${zone}`;
  });

test('AG8: a row like one before it is read as if it was the first, to the digit, whatever its time', () => {
  const known: KnownRows = new Map();
  for (const product of ['', 'paspoort']) read(['balie-1', '8', '2025-01-01 10:00', product, ''], known);
  expect(known.size).toBe(2);
  fc.assert(
    fc.property(
      time,
      fc.constantFrom('balie-1', 'balie-2'),
      fc.constantFrom('8', '11'),
      fc.constantFrom('', 'paspoort'),
      fc.constantFrom('', 'Goed'),
      (givenAt, touchpoint, grade, product, comment) => {
        const row = [touchpoint, grade, givenAt, product, comment];
        expect(read(row, known)).toEqual(read(row, new Map()));
      },
    ),
    { numRuns: 5000 },
  );
});

test.each(['2025-03-30 02:30', '2025-10-26 02:30', '2025-10-26T01:30:00Z', '2024-02-29 23:59:59.999'])(
  'AG8: %s is the same instant in a row that is like one before it',
  (givenAt) => {
    const known: KnownRows = new Map();
    read(['balie-1', '8', '2025-01-01 10:00', '', ''], known);
    const row = ['balie-1', '8', givenAt, '', ''];
    expect(read(row, known)).toEqual(read(row, new Map()));
  },
);
