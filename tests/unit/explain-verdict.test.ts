import { describe, expect, test } from 'vitest';
import { ExplainedFigures } from '#shared/contract/explanation.ts';
import { type Cell, type ExplainInput, explain } from '#shared/core/explain/explain.ts';
import { detectable, neededPerPeriod } from '#shared/core/power.ts';
import { bell } from '../load/simulations/random.ts';

/** So many ratings around this mean, standard deviation 2: the same every time, no chance in it. */
function spread(mean: number, n: number): number[] {
  const weights = bell(mean, 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.round((weight / total) * n));
}
const cells = (list: readonly (readonly [string, number, number])[]): Cell[] =>
  list.map(([key, mean, n]) => ({ keys: [key], counts: spread(mean, n) }));
const ask = (
  base: readonly (readonly [string, number, number])[],
  current: readonly (readonly [string, number, number])[],
  more: Partial<ExplainInput> = {},
) =>
  explain({ dimensions: ['product'], base: cells(base), current: cells(current), comparable: true, ...more });

const before = [
  ['paspoort', 8, 2000],
  ['verhuizen', 7, 2000],
  ['parkeren', 6, 2000],
] as const;
const worse = [before[0], ['verhuizen', 6, 2000], before[2]] as const;
const shifted = [
  ['paspoort', 8, 1000],
  ['verhuizen', 7, 2000],
  ['parkeren', 6, 3000],
] as const;
const labels = { product: { verhuizen: { nl: 'Verhuizing doorgeven', en: 'Report a move' } } };

const all = () => ({
  'no-change': ask(before, before),
  explained: ask(before, worse, { labels }),
  mix: ask(before, shifted),
  'partly-explained': ask(before, [
    ['paspoort', 7.92, 2000],
    ['verhuizen', 6.7, 2000],
    ['parkeren', 5.92, 2000],
  ]),
  'not-explained': ask(
    [
      ['a', 7, 900],
      ['b', 7, 900],
      ['c', 7, 900],
      ['d', 7, 900],
    ],
    [
      ['a', 6.87, 900],
      ['b', 6.87, 900],
      ['c', 6.87, 900],
      ['d', 6.87, 900],
    ],
  ),
  'not-comparable': ask(before, worse, {
    comparable: false,
    break: { touchpoints: ['Balie Noord'], date: '1 maart 2024' },
    days: { base: 30, current: 30 },
  }),
});

describe('the verdict', () => {
  test('EX8: no change when the interval of the change holds 0', () => {
    const { verdict, change } = all()['no-change'];
    expect(change.low! <= 0 && change.high! >= 0).toBe(true);
    expect(verdict).toBe('no-change');
  });

  test('EX8: a product that fell explains the fall, and alone is claimed', () => {
    const { verdict, segments, change } = all().explained;
    expect(verdict).toBe('explained');
    const claimed = segments.filter((segment) => segment.claimed);
    expect(claimed.map(({ key }) => key)).toEqual(['verhuizen']);
    expect(claimed[0]!.within! / change.value!).toBeGreaterThan(0.75);
  });

  test('EX8: shares that shift explain the fall as mix, and no product is claimed', () => {
    const { verdict, segments, mix, change } = all().mix;
    expect(verdict).toBe('explained');
    expect(mix.value! / change.value!).toBeGreaterThan(0.98);
    expect(segments.some((segment) => segment.claimed)).toBe(false);
  });

  test('EX8: from a quarter to three quarters is partly explained', () => {
    const { verdict, segments, change } = all()['partly-explained'];
    const proven = segments.filter(({ claimed }) => claimed).reduce((sum, { within }) => sum + within!, 0);
    expect(proven / change.value!).toBeGreaterThan(0.25);
    expect(proven / change.value!).toBeLessThan(0.75);
    expect(verdict).toBe('partly-explained');
  });

  test('EX8: from three quarters on it is explained, although not all of it', () => {
    const most = [
      ['paspoort', 7.8, 2000],
      ['verhuizen', 6.7, 2000],
      ['parkeren', 5.93, 2000],
    ] as const;
    const { verdict, segments, change } = ask(before, most);
    const proven = segments.filter(({ claimed }) => claimed).reduce((sum, { within }) => sum + within!, 0);
    expect(proven / change.value!).toBeGreaterThan(0.8);
    expect(proven / change.value!).toBeLessThan(0.93);
    expect(verdict).toBe('explained');
  });

  test('EX8: a fall that no segment and no shift shows is not explained', () => {
    const { verdict, segments, change } = all()['not-explained'];
    expect(change.high).toBeLessThan(0);
    expect(segments.some((segment) => segment.claimed)).toBe(false);
    expect(verdict).toBe('not-explained');
  });

  test('EX8: a fall everywhere is named as such, not as three segments', () => {
    const { verdict, sentences } = ask(
      before,
      before.map(([key, mean, n]) => [key, mean - 0.6, n] as const),
    );
    expect(verdict).toBe('explained');
    expect(sentences.nl[1]).toContain('lagere cijfers bij alle producten');
    expect(sentences.en[1]).toContain('lower grades at all products');
  });

  test('EX7: a segment with fewer than ten ratings in a period has numbers of ratings and no other figure', () => {
    const { segments } = ask([...before, ['klein', 3, 8]], [...before, ['klein', 9, 400]]);
    const small = segments.find(({ key }) => key === 'klein')!;
    expect(small).toMatchObject({
      ...{ meanBase: null, mix: null, within: null, low: null, high: null, claimed: false },
      status: 'both',
    });
    expect(small.nBase).toBeLessThan(10);
  });

  test('EX7: a claim must hold after all segments shown are counted', () => {
    const two = [
      ['a', 7, 500],
      ['b', 7, 500],
    ] as const;
    const moved = [
      ['a', 6.7, 500],
      ['b', 7, 500],
    ] as const;
    const still = Array.from({ length: 30 }, (_, i) => [`s${i}`, 7, 500] as const);
    const isClaimed = (found: ReturnType<typeof ask>) =>
      found.segments.find(({ key }) => key === 'a')!.claimed;
    expect(isClaimed(ask(two, moved))).toBe(true);
    expect(isClaimed(ask([...two, ...still], [...moved, ...still]))).toBe(false);
  });

  test('EX7: where a period has fewer than thirty ratings the change is at least as uncertain as both its means', () => {
    const ten = (grade: number): Cell[] => [
      { keys: ['a'], counts: Array.from({ length: 10 }, (_, i) => (i + 1 === grade ? 12 : 0)) },
    ];
    const input = { dimensions: ['product' as const], comparable: true };
    const { change, base, current, verdict } = explain({ ...input, base: ten(8), current: ten(7) });
    expect(change.value).toBe(-1);
    expect(change.high! - change.low!).toBeGreaterThan(Math.max(base.margin!, current.margin!));
    expect(verdict).toBe('no-change');
  });
});

describe('what it would take to know', () => {
  test('EX13: without a change: the smallest that would have been seen, and the ratings to see half of it', () => {
    const { needed, base } = all()['no-change'];
    const variance = 2 * base.sd! ** 2;
    expect(needed!.detectable).toBeCloseTo(detectable(Math.sqrt(variance / base.n)), 9);
    expect(needed!.perPeriod).toBe(neededPerPeriod(needed!.detectable / 2, variance));
    expect(Math.abs(needed!.perPeriod - 4 * base.n)).toBeLessThan(3);
  });

  test('EX13: explained needs nothing more; not explained says what a segment would have needed', () => {
    expect(all().explained).not.toHaveProperty('needed');
    const { needed, change } = all()['not-explained'];
    expect(needed!.detectable).toBeGreaterThan(0);
    expect(needed!.detectable).toBeLessThan(Math.abs(change.value!));
    expect(needed!.perPeriod).toBeGreaterThan(10);
  });

  test('EX10: across a break nothing is compared; both ways side by side take about 770 ratings each', () => {
    const { verdict, change, mix, within, newGone, dimensions, segments, needed, base, sentences } =
      all()['not-comparable'];
    const none = { value: null, low: null, high: null };
    expect(verdict).toBe('not-comparable');
    for (const effect of [change, mix, within, newGone]) expect(effect).toEqual(none);
    expect(dimensions).toEqual([{ key: 'product', ...none }]);
    expect(segments).toEqual([]);
    expect(base.mean).not.toBeNull();
    expect(needed!.perPeriod).toBeGreaterThan(769);
    expect(needed!.detectable).toBe(0.2);
    expect(sentences.nl[0]).toContain('bij Balie Noord op 1 maart 2024');
    expect(sentences.nl[2]).toMatch(
      /elk ongeveer [\d.]+ waarderingen \(bij het aantal van nu in ongeveer \d+ dagen\)/,
    );
  });

  test('EX10: a period that itself spans a break has no mean', () => {
    const found = ask(before, worse, {
      comparable: false,
      break: { touchpoints: [], mixed: { base: true, current: false } },
    });
    expect(found.base).toMatchObject({ mixedMethods: true, mean: null });
    expect(found.current).toMatchObject({ mixedMethods: false });
  });

  test('EX7: with fewer than ten ratings in a period nothing is compared, and the sentence says so', () => {
    const { verdict, change, needed, sentences } = ask([['a', 7, 6]], before);
    expect(verdict).toBe('not-comparable');
    expect(change.value).toBeNull();
    expect(needed).toBeUndefined();
    expect(sentences.nl).toHaveLength(1);
    expect(sentences.nl[0]).toMatch(/te weinig waarderingen.*: \d in de ene en 5\.\d{3} in de andere/);
  });
});

describe('the sentences', () => {
  test('EX9: one to three in each language, each a sentence, for every verdict; the answer fits the contract', () => {
    for (const found of Object.values(all())) {
      expect(ExplainedFigures.parse(found)).toEqual(found);
      for (const list of [found.sentences.nl, found.sentences.en]) {
        expect(list.length).toBeGreaterThanOrEqual(1);
        expect(list.length).toBeLessThanOrEqual(3);
        for (const sentence of list) expect(sentence).toMatch(/^[A-Z].*\.$/);
      }
      expect(found.sentences.en).toHaveLength(found.sentences.nl.length);
    }
  });

  test('EX9: grades with one decimal, changes with two, a comma in Dutch and a point in English', () => {
    const { sentences } = all().explained;
    expect(sentences.nl[0]).toMatch(
      /^Het cijfer daalde van 7,0 naar 6,7: 0,3\d punt \(marge 0,2\d tot 0,4\d\)\.$/,
    );
    expect(sentences.en[0]).toMatch(
      /^The grade fell from 7\.0 to 6\.7: 0\.3\d points \(margin 0\.2\d to 0\.4\d\)\.$/,
    );
  });

  test('EX9: a claimed segment is named by its label in that language, with its own grades', () => {
    const { nl, en } = all().explained.sentences;
    expect(nl[1]).toMatch(
      /^Daarvan zit 0,3\d punt in lagere cijfers bij ‘Verhuizing doorgeven’ \(van 7,0 naar 6,0\)\.$/,
    );
    expect(en[1]).toMatch(
      /^Of this, 0\.3\d points lie in lower grades at ‘Report a move’ \(from 7\.0 to 6\.0\)\.$/,
    );
  });

  test('EX9: mix is said to be a different distribution, and over what', () => {
    const { nl, en } = all().mix.sentences;
    expect(nl[1]).toMatch(
      /0,3\d punt in een andere verdeling van de waarderingen \(vooral over de producten\)/,
    );
    expect(en[1]).toMatch(
      /0\.3\d points lie in a different distribution of the ratings \(mostly over the products\)/,
    );
  });

  test('EX9: a change that rounding hides is not written as from 7,0 to 7,0', () => {
    const many = [['a', 7.04, 90_000]] as const;
    const { nl, en } = ask([['a', 6.98, 90_000]], many).sentences;
    expect(nl[0]).toMatch(/^Het cijfer steeg met 0,0\d punt \(.*\), en blijft afgerond 7,0\.$/);
    expect(en[0]).toMatch(/^The grade rose by 0\.0\d points \(.*\), and is still 7\.0 when rounded\.$/);
  });

  test('EX9: parts of the day and ratings without a product have names of their own', () => {
    const { segments } = explain({
      ...{ dimensions: ['daypart', 'product'], comparable: true },
      base: [{ keys: ['evening', ''], counts: spread(7, 100) }],
      current: [{ keys: ['evening', ''], counts: spread(7, 100) }],
    });
    expect(segments.map(({ label }) => label)).toEqual(['avond', 'zonder product']);
  });

  test('EX9: nothing is ever called a cause', () => {
    const said = Object.values(all()).flatMap(({ sentences }) => [...sentences.nl, ...sentences.en]);
    for (const sentence of said)
      expect(sentence).not.toMatch(/komt door|doordat|daardoor|vanwege|veroorza|because|caused|due to/i);
  });

  test('EX9: what is not explained says what could have been seen, and which question would have told', () => {
    for (const name of ['partly-explained', 'not-explained'] as const) {
      const { nl, en } = all()[name].sentences;
      expect(nl[2]).toContain('een vraag naar de reden van het cijfer');
      expect(en[2]).toContain('a question about the reason for the grade');
    }
    const { nl } = all()['no-change'].sentences;
    expect(nl[1]).toMatch(/een verandering vanaf 0,1\d punt waarschijnlijk gezien/);
  });
});
