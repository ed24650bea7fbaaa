import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Occurrences } from '../../server/cli/import/occurrences.ts';

describe('equal rows', () => {
  test('AG8: a row is the first, second, third … of its kind, whatever comes between', () => {
    const word = fc.constantFrom('00000000', '00000001', '0000ffff', '00010000', '80000000', 'ffffffff');
    const hashes = fc.array(fc.tuple(word, word).map(([high, low]) => `${high}${low}abcdef`));
    fc.assert(
      fc.property(hashes, (seen) => {
        const occurrences = new Occurrences();
        const counted = new Map<string, number>();
        for (const one of seen) {
          counted.set(one, (counted.get(one) ?? 0) + 1);
          expect(occurrences.next(one)).toBe(counted.get(one));
        }
      }),
    );
  });

  test('AG8: a hundred thousand different rows, seen twice, are not taken for each other', () => {
    const occurrences = new Occurrences();
    const hashes = Array.from({ length: 100_000 }, (_, i) => hash('sha256', String(i)));
    expect(hashes.every((one) => occurrences.next(one) === 1)).toBe(true);
    expect(hashes.every((one) => occurrences.next(one) === 2)).toBe(true);
  });

  test('AG8: rows whose hashes end alike are told apart by how they begin', () => {
    const occurrences = new Occurrences();
    const alike = Array.from({ length: 1000 }, (_, i) => `${i.toString(16).padStart(8, '0')}0000ffff`);
    expect(alike.every((one) => occurrences.next(one) === 1)).toBe(true);
    expect(alike.every((one) => occurrences.next(one) === 2)).toBe(true);
  });
});
