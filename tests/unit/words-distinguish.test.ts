import { describe, expect, test } from 'vitest';
import { type Doc, distinguish } from '#shared/core/words/distinguish.ts';
import { seededRandom } from '#shared/core/words/random.ts';

/** Words without meaning, some much more frequent than others, as in a language. */
const vocabulary = Array.from({ length: 400 }, (_, i) =>
  [...i.toString(8).padStart(3, '0')]
    .map((digit) => 'bdfgklmp'[Number(digit)]! + 'aeou'[Number(digit) % 4]!)
    .join(''),
);
const sentence = (random: () => number, length = 6) =>
  Array.from({ length }, () => vocabulary[Math.floor(vocabulary.length * random() ** 2)]).join(' ');
const comments = (random: () => number, n: number, planted: (i: number) => string = () => '') =>
  Array.from(
    { length: n },
    (_, i): Doc<string> => ({ id: `${n}-${i}`, text: `${sentence(random)}. ${planted(i)}` }),
  );

describe('words that set groups apart', () => {
  test('WD6: where the groups do not differ, any term is named in at most five of a hundred cases', () => {
    const runs = 300;
    let named = 0;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(1000 + run);
      // Of unlike sizes, and some comments much longer than others.
      const group = (n: number) => comments(random, n, (i) => (i % 7 === 0 ? sentence(random, 30) : ''));
      if (distinguish(group(25), group(75), { seed: run }).length > 0) named++;
    }
    // Five in a hundred, and what chance adds to that in 300 runs.
    expect(named / runs).toBeLessThanOrEqual(0.05 + 1.96 * Math.sqrt((0.05 * 0.95) / runs));
  });

  test('WD7: a planted word and a planted pair are named, on the side where they are', () => {
    const random = seededRandom(5);
    const low = comments(random, 150, (i) =>
      i % 3 === 0 ? `Het formulier ${i % 2 ? 'loopt vast' : 'is stuk en loopt vast'}!` : '',
    );
    const high = comments(random, 300, (i) => (i % 4 === 0 ? 'Vriendelijke balie.' : 'Vast wel.'));
    const terms = distinguish(low, high);
    const lowest = terms.filter(({ z }) => z > 0).map(({ term }) => term);
    expect(lowest).toEqual(expect.arrayContaining(['formulier', 'loopt vast']));
    expect(terms.filter(({ z }) => z < 0).map(({ term }) => term)).toContain('vriendelijke balie');
    expect(terms.find(({ term }) => term === 'loopt vast')).toMatchObject({ n: 50, inA: 50, inB: 0 });
  });

  test('WD7: a word that is only there as part of a named pair is not named beside it', () => {
    const random = seededRandom(6);
    const terms = distinguish(
      comments(random, 100, (i) => (i % 2 === 0 ? 'Nieuwe website.' : '')),
      comments(random, 100),
    ).map(({ term }) => term);
    expect(terms).toContain('nieuwe website');
    expect(terms).not.toContain('nieuwe');
    expect(terms).not.toContain('website');
  });

  test('WD7: the examples are comments of the group that the term marks, no text twice, the first first', () => {
    const random = seededRandom(7);
    const alike = (id: string): Doc<string> => ({ id, text: 'De wachtrij was lang.' });
    const a = [alike('a1'), alike('a2'), ...comments(random, 60, () => 'Wachtrij!')];
    const found = distinguish(a, [alike('b1'), ...comments(random, 200)]).find(
      ({ term }) => term === 'wachtrij',
    );
    expect(found!.docs).toEqual(['a1', '60-0', '60-1']);
    expect(found).toMatchObject({ n: 63, inA: 62, inB: 1 });
  });

  test('WD8: a term counts once per comment', () => {
    const random = seededRandom(8);
    const leak = (i: number) => (i < 12 ? 'Lekkage, lekkage, lekkage, lekkage, lekkage, lekkage.' : '');
    const terms = distinguish(comments(random, 40, leak), comments(random, 40));
    expect(terms).toMatchObject([{ term: 'lekkage', n: 12, inA: 12, inB: 0 }]);
  });

  test('WD8: a term of four comments is not named, of five it may be', () => {
    const docs = (n: number, text: string) => Array.from({ length: n }, (_, id) => ({ id, text }));
    const named = (n: number) => distinguish(docs(n, 'Lekkage'), docs(n, 'Rust')).map(({ term }) => term);
    expect(named(4)).toEqual([]);
    expect(named(5)).toEqual(['lekkage', 'rust']);
  });

  test('WD8: the same comments and seed give the same answer; changing the groups changes the signs only', () => {
    const random = seededRandom(9);
    const a = comments(random, 120, (i) => (i % 3 === 0 ? 'Storing.' : ''));
    const b = comments(random, 80);
    expect(distinguish(a, b)).toEqual(distinguish(a, b));
    const plus = distinguish(a, b).find(({ term }) => term === 'storing')!;
    const minus = distinguish(b, a).find(({ term }) => term === 'storing')!;
    expect(minus.z).toBeCloseTo(-plus.z, 9);
    expect(minus.inB).toBe(plus.inA);
  });

  test('WD8: an empty group, or comments without a word, name nothing', () => {
    const docs = comments(seededRandom(10), 20);
    expect(distinguish(docs, [])).toEqual([]);
    expect(distinguish([], docs)).toEqual([]);
    expect(distinguish([{ id: 1, text: '' }], [{ id: 2, text: '10!' }])).toEqual([]);
  });
});
