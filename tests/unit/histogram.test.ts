import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as histogram from '#shared/core/histogram.ts';

const { addCounts, gradeOfSmiley, gradesOf, indexOfAnswer, moments, noCounts, smileysOf } = histogram;
const grades = fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 60 });
const smileys = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 });
const countsOf = (given: number[], smiled: number[]) => {
  const counts = noCounts();
  for (const grade of given) counts[indexOfAnswer({ grade })]!++;
  for (const smiley of smiled) counts[indexOfAnswer({ smiley })]!++;
  return counts;
};

describe('a histogram', () => {
  test('AG4: grades and smileys are counted in places of their own', () => {
    fc.assert(
      fc.property(grades, smileys, (given, smiled) => {
        const counts = countsOf(given, smiled);
        expect(gradesOf(counts)).toEqual(
          Array.from({ length: 10 }, (_, i) => given.filter((grade) => grade === i + 1).length),
        );
        expect(smileysOf(counts)).toEqual(
          Array.from({ length: 5 }, (_, i) => smiled.filter((smiley) => smiley === i + 1).length),
        );
      }),
    );
  });

  test('AG4: an answer with null for the other scale is counted as the answer that was given', () => {
    expect(indexOfAnswer({ grade: 1, smiley: null })).toBe(0);
    expect(indexOfAnswer({ grade: 10, smiley: null })).toBe(9);
    expect(indexOfAnswer({ grade: null, smiley: 1 })).toBe(10);
    expect(indexOfAnswer({ grade: null, smiley: 5 })).toBe(14);
  });

  test('AG1: adding two histograms is counting all ratings together', () => {
    fc.assert(
      fc.property(grades, smileys, grades, smileys, (g1, s1, g2, s2) => {
        const sum = countsOf(g1, s1);
        addCounts(sum, countsOf(g2, s2));
        expect(sum).toEqual(countsOf([...g1, ...g2], [...s1, ...s2]));
      }),
    );
  });

  test('AG1: number, sum and squares are those of the answers', () => {
    fc.assert(
      fc.property(grades, (given) => {
        expect(moments(gradesOf(countsOf(given, [])))).toEqual({
          n: given.length,
          sum: given.reduce((sum, grade) => sum + grade, 0),
          squares: given.reduce((sum, grade) => sum + grade * grade, 0),
        });
      }),
    );
  });

  test('AG4: a smiley stands for 1; 3.25; 5.5; 7.75; 10', () => {
    expect([1, 2, 3, 4, 5].map(gradeOfSmiley)).toEqual([1, 3.25, 5.5, 7.75, 10]);
    expect(moments([1, 0, 0, 2, 1], gradeOfSmiley)).toEqual({
      n: 4,
      sum: 26.5,
      squares: 1 + 2 * 7.75 ** 2 + 100,
    });
  });
});
