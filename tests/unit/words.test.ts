import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '#shared/core/redact.ts';
import { pairOf, partsOf, readCorpus, shownForms, termsOf } from '#shared/core/words/corpus.ts';
import { deltaOf, zOf } from '#shared/core/words/fightin-words.ts';
import { stem } from '#shared/core/words/stem.ts';
import { fold, tokensOf } from '#shared/core/words/tokens.ts';

const wordsOf = (text: string) => tokensOf(text).map(({ word }) => word);

describe('words of a comment', () => {
  test('WD1: lower case, diacritics kept, apostrophes within words, e-mail as one word', () => {
    expect(wordsOf('Geïnformeerd over één E-mail; foto’s van Zo\u2018n Wmo-loket')).toEqual(
      "geïnformeerd over één email foto's van zo'n wmo loket".split(' '),
    );
    expect(wordsOf("'s Avonds in 't stadhuis")).toEqual(['s', 'avonds', 'in', 't', 'stadhuis']);
    expect(wordsOf('heeeeel goeoed')).toEqual(['heel', 'goeoed']);
    expect(wordsOf('cafe\u0301')).toEqual(['café']);
  });

  test('WD1: a word is compared without diacritics where it is a stop word only', () => {
    expect(termsOf('vóór één uur')).toEqual(['uur']);
    expect(fold('coördinatie à la crème')).toBe('coordinatie a la creme');
  });

  test('WD2: stop words, numbers and single letters are no terms; niet and geen are', () => {
    expect(termsOf('Ik ben er in 2026 toch maar niet geholpen')).toEqual(['niet', 'geholp', 'niet geholp']);
    expect(termsOf('geen antwoord')).toEqual(['gen', 'antwoord', 'gen antwoord']);
    expect(termsOf('3 x 10 min')).toEqual(['min']);
  });

  test('WD2: what the redaction put in its place is no term and parts the words around it', () => {
    const redacted = redact('Bel naar 06-12345678 terug, of mail jan@example.org vandaag');
    expect(redacted).toContain('[telefoonnummer]');
    const terms = termsOf(redacted);
    expect(terms).toEqual(['bel', 'terug', 'mail', 'vandag']);
    expect(termsOf('[dit is gewone tekst]')).toContain('tekst');
  });

  test('WD3: a pair is two words beside each other, with no mark, line end, number or stop word between', () => {
    expect(termsOf('nieuwe website')).toContain(`${stem('nieuwe')} websit`);
    for (const text of [
      'nieuwe, website',
      'nieuwe. Website',
      'nieuwe\nwebsite',
      'nieuwe 12 website',
      'nieuwe van website',
    ])
      expect(termsOf(text).filter((term) => term.includes(' '))).toEqual([]);
    expect(termsOf('nieuwe-website')).toContain(`${stem('nieuwe')} websit`);
  });

  test('WD3: the terms of many comments are those of each', () => {
    const word = fc.constantFrom(
      'wachten',
      'gewacht',
      'de',
      'balie',
      'balies',
      'niet',
      '12',
      'website',
      '[nummer]',
    );
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', ', ', '\n', '-')), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (written) => {
        const texts = written.map((parts) => parts.flat().join(''));
        const corpus = readCorpus(texts);
        const stems: string[] = [];
        corpus.spellings.forEach((spelling, i) => {
          stems[corpus.stemOf[i]!] = stem(spelling);
        });
        const named = (term: number) =>
          term >= 2 ** 26
            ? partsOf(term)
                .map((part) => stems[part])
                .join(' ')
            : stems[term]!;
        texts.forEach((each, i) => {
          const held = [...corpus.held.subarray(corpus.heldStarts[i]!, corpus.heldStarts[i + 1]!)];
          expect(held.map((id) => named(corpus.terms[id]!)).sort()).toEqual(termsOf(each).sort());
        });
      }),
    );
    expect(partsOf(pairOf(0, 7))).toEqual([0, 7]);
    expect(partsOf(pairOf(60_000, 0))).toEqual([60_000, 0]);
  });

  test('WD4: a stem is shown as it is written most often', () => {
    const corpus = readCorpus([
      'Lange wachtrijen',
      'lange wachtrij',
      'lange wachtrij',
      'lang wachtrijen en wachtrij',
    ]);
    const wait = corpus.stemOf[corpus.spellings.indexOf('wachtrij')]!;
    const long = corpus.stemOf[corpus.spellings.indexOf('lange')]!;
    const shown = shownForms(corpus, new Set([wait, pairOf(long, wait)]));
    expect(shown).toEqual(
      new Map([
        [wait, 'wachtrij'],
        [pairOf(long, wait), 'lange wachtrij'],
      ]),
    );
  });
});

describe('stems', () => {
  // The sample on Snowball's page of this algorithm, and words of the service as another implementation stems them.
  const known = `
    lichaamsziek lichaamsziek, lichamelijk licham, lichamelijke licham, lichamelijkheden licham, lichtere lichter,
    lichtende lichtend, opgericht opgericht, opgroeiende opgroei, opheffen opheff, opheldering ophelder,
    opgangen opgang, opgekocht opgekocht, maan man, manen man, brood brod, yoghurt yoghurt, boeien boei, bedden bed,
    gemeente gemeent, gemeenten gemeent, algemene algemen, uitputting uitput, voorbeeldige voorbeeld, wijsheid wijsheid,
    wachten wacht, wachtrijen wachtrij, vriendelijkheid vriendelijk, één een, geïnformeerd geinformeerd,
    duidelijkheid duidelijk, balies balies, onbereikbaar onbereik, uur uur`;
  test.each(known.split(',').map((pair) => pair.trim().split(' ') as [string, string]))(
    'WD1: %s has the stem %s',
    (word, expected) => {
      expect(stem(word)).toBe(expected);
    },
  );

  test('WD1: a stem is never longer than its word, and never empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zèéëïö]{1,16}$/), (word) => {
        expect(stem(word).length).toBeLessThanOrEqual(word.length);
        expect(stem(word).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("Fightin' Words", () => {
  const count = (text: string) => {
    const counts = new Map<string, number>();
    for (const word of text.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const first = count('the quick brown fox jumps over the lazy pig');
  const second = count('the lazy purple pig jumps over the lazier donkey');
  const all = new Set([...first.keys(), ...second.keys()]);

  test.each([
    ['donkey', -0.6894227886807968],
    ['purple', -0.6894227886807968],
    ['lazy', 0],
    ['the', 0],
    ['brown', 0.6894227886807968],
  ])('WD5: with prior .05 the published z of %s is %d', (word, published) => {
    const z = zOf(first.get(word) ?? 0, second.get(word) ?? 0, 9, 9, 0.05, 0.05 * all.size);
    expect(z).toBeCloseTo(published, 9);
  });

  test('WD5: a term that both groups use as the background does has delta 0, however unlike their sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 400 }), (size, times) => {
        const share = 1 / 40;
        expect(deltaOf(size, size * times, size * 40, size * times * 40, 500 * share, 500)).toBeCloseTo(0, 9);
      }),
    );
  });

  test('WD5: swapping the groups swaps the sign', () => {
    expect(zOf(9, 2, 100, 300, 1, 50)).toBeCloseTo(-zOf(2, 9, 300, 100, 1, 50), 12);
  });
});
