import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfDate, dayOfSlot, monthOfDay, slotsPerDay } from '#shared/core/calendar.ts';
import { levels, type Stretch, startIn, stretchesOf } from '../../server/storage/levels.ts';
import type { CellQuery } from '../../server/storage/port.ts';

type Question = Parameters<typeof stretchesOf>[0];
const first = dayOfDate('2024-01-01');
const last = dayOfDate('2026-03-31');
const times: CellQuery['keep']['time'][] = [undefined, 'slot', 'day', 'month', 'weekday', 'hour', 'daypart'];

const ids = fc.option(fc.array(fc.nat({ max: 3 })));
const edge = fc.option(fc.integer({ min: first, max: last }), { freq: 4 });
const question = fc
  .record({
    ...{ a: edge, b: edge, products: ids, languages: ids },
    keep: fc.record({ product: fc.boolean(), language: fc.boolean(), time: fc.constantFrom(...times) }),
  })
  .map(({ a, b, ...rest }): Question => {
    const [from, to] = a !== null && b !== null && a > b ? [b, a] : [a, b];
    return { ...rest, from, to };
  });
const holds = (stretch: Stretch, slot: number) => {
  const start = startIn(stretch.unit, slot);
  return start >= stretch.from && start <= stretch.to;
};
const asked = { products: null, languages: null, keep: {} };
const between = (from: string, to: string, rest: Partial<Question> = {}) =>
  stretchesOf({ ...asked, ...rest, from: dayOfDate(from), to: dayOfDate(to) }).map(({ unit }) => unit);

describe('the stretches of a question', () => {
  test('AG9: every hour of the days asked for is counted exactly once, and no other hour at all', () => {
    fc.assert(
      fc.property(question, (query) => {
        const stretches = stretchesOf(query);
        for (let day = first - 40; day <= last + 40; day++) {
          const wanted = day >= (query.from ?? -Infinity) && day <= (query.to ?? Infinity);
          for (const hour of [0, 2, 23, 24]) {
            const found = stretches.filter((stretch) => holds(stretch, day * slotsPerDay + hour));
            const times = found.reduce((sum, { sign }) => sum + sign, 0);
            if (times !== Number(wanted)) expect({ day, hour, found }).toEqual({ day, hour, wanted });
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('AG9: a stretch is of a level that keeps apart what the question keeps apart', () => {
    fc.assert(
      fc.property(question, (query) => {
        const { time, product, language } = query.keep;
        for (const { level, unit, from, to } of stretchesOf(query)) {
          const known = levels.find((one) => one.level === level)!;
          expect(known.unit).toBe(unit);
          expect(known.detail).toBe(Boolean(product || language || query.products || query.languages));
          if (time === 'slot' || time === 'hour' || time === 'daypart') expect(unit).toBe('slot');
          if (time === 'day' || time === 'weekday') expect(unit).not.toBe('third');
          if (time !== 'month' || unit === 'third') continue;
          const day = (start: number) => (unit === 'slot' ? dayOfSlot(start) : start);
          expect(monthOfDay(day(from))).toBe(monthOfDay(day(to)));
          expect(to - from).toBeLessThan(10);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('AG9: a smaller question is answered from fewer rows', () => {
    expect(stretchesOf({ ...asked, from: null, to: null }).map(({ unit }) => unit)).toEqual(['third']);
    expect(between('2025-01-01', '2025-12-31')).toEqual(['third']);
    expect(between('2025-01-21', '2025-12-10')).toEqual(['third']);
    expect(between('2025-01-28', '2025-12-31')).toEqual(['third', 'day']);
    expect(between('2025-01-28', '2025-12-14')).toEqual(['third', 'day', 'day']);
    expect(between('2025-01-02', '2025-12-31')).toEqual(['third', 'third', 'day']);
    expect(between('2025-01-02', '2025-01-06')).toEqual(['day']);
    expect(between('2025-01-02', '2025-01-09')).toEqual(['third', 'day', 'day']);
    expect(between('2025-01-28', '2025-02-03')).toEqual(['day', 'day']);
    expect(between('2025-01-28', '2025-12-31', { products: [1] })).toEqual(['third', 'day']);
    expect(between('2025-01-01', '2025-12-31', { keep: { time: 'hour' } })).toEqual(['slot']);
  });
});
