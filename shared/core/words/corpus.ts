import { stem } from './stem.ts';
import { isStopWord } from './stop-words.ts';
import { tokensOf } from './tokens.ts';

/**
 * Many comments as numbers. Every spelling of a word has an id, and so has every stem; a term is a stem, or two stems
 * that stand beside each other in the text. Each comment holds a term once, however often it says it.
 */
export interface Corpus {
  /** Spelling by id. */
  spellings: string[];
  /** The stem of each spelling. */
  stemOf: number[];
  /** The words of all comments as ids of spellings; `parted` where two words are no pair. */
  words: Int32Array;
  /** Where the words of each comment begin, and where the last one ends. */
  wordStarts: Int32Array;
  /** The terms of each comment, each once; a term is a number of `terms`. */
  held: Int32Array;
  heldStarts: Int32Array;
  /** A stem, or a pair as (first + 1) × 2²⁶ + second. */
  terms: number[];
}

export const parted = -1;
const pairFactor = 2 ** 26;
export const pairOf = (first: number, second: number): number => (first + 1) * pairFactor + second;
export const isPair = (term: number): boolean => term >= pairFactor;
export const partsOf = (term: number): [first: number, second: number] => [
  Math.floor(term / pairFactor) - 1,
  term % pairFactor,
];

/** The genitive and plural 's and the digits go; nothing is left of a number or a single letter. */
const plain = (word: string): string => word.replace(/'s?$/, '');
const saysNothing = (word: string): boolean =>
  word.length < 2 || /^\p{N}/u.test(word) || isStopWord(word) || isStopWord(plain(word));

/** Numbers that grow: an array that doubles, without boxing. */
class Numbers {
  values = new Int32Array(4096);
  length = 0;
  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
  done(): Int32Array {
    return this.values.slice(0, this.length);
  }
}

/** Spellings to ids; a spelling without a stem is one that says nothing. */
class Spellings {
  readonly ids = new Map<string, number>();
  readonly spellings: string[] = [];
  readonly stemOf: number[] = [];
  readonly stems = new Map<string, number>();

  idOf(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    if (saysNothing(word)) {
      this.ids.set(word, parted);
      return parted;
    }
    const id = this.spellings.push(word) - 1;
    this.ids.set(word, id);
    const root = stem(plain(word));
    const stemId = this.stems.get(root) ?? this.stems.size;
    this.stems.set(root, stemId);
    this.stemOf.push(stemId);
    return id;
  }
}

export function readCorpus(texts: readonly string[]): Corpus {
  const spellings = new Spellings();
  const words = new Numbers();
  const wordStarts = new Numbers();
  const held = new Numbers();
  const heldStarts = new Numbers();
  const terms: number[] = [];
  const termIds = new Map<number, number>();
  /** The comment in which a term was last seen. */
  const seenIn: number[] = [];

  const hold = (term: number, comment: number) => {
    let id = termIds.get(term);
    if (id === undefined) {
      id = terms.push(term) - 1;
      termIds.set(term, id);
    }
    if (seenIn[id] === comment) return;
    seenIn[id] = comment;
    held.push(id);
  };

  for (const [comment, text] of texts.entries()) {
    wordStarts.push(words.length);
    heldStarts.push(held.length);
    let before = parted;
    for (const token of tokensOf(text)) {
      const word = spellings.idOf(token.word);
      if (token.gap) words.push(parted);
      words.push(word);
      const root = word === parted ? parted : spellings.stemOf[word]!;
      if (root !== parted) {
        hold(root, comment);
        if (before !== parted && !token.gap && before !== root) hold(pairOf(before, root), comment);
      }
      before = root;
    }
  }
  wordStarts.push(words.length);
  heldStarts.push(held.length);
  return {
    ...{ spellings: spellings.spellings, stemOf: spellings.stemOf, terms },
    ...{
      words: words.done(),
      wordStarts: wordStarts.done(),
      held: held.done(),
      heldStarts: heldStarts.done(),
    },
  };
}

/** How each of the terms is written most often; of two ways as frequent the shorter, then the first by alphabet. */
export function shownForms(corpus: Corpus, terms: ReadonlySet<number>): Map<number, string> {
  const ways = new Map<number, Map<string, number>>();
  const count = (term: number, form: () => string) => {
    if (!terms.has(term)) return;
    const forms = ways.get(term) ?? new Map<string, number>();
    ways.set(term, forms);
    const written = form();
    forms.set(written, (forms.get(written) ?? 0) + 1);
  };
  let before = parted;
  for (const word of corpus.words) {
    if (word !== parted) {
      const root = corpus.stemOf[word]!;
      const spelling = corpus.spellings[word]!;
      count(root, () => spelling);
      if (before !== parted)
        count(pairOf(corpus.stemOf[before]!, root), () => `${corpus.spellings[before]} ${spelling}`);
    }
    before = word;
  }
  const shown = new Map<number, string>();
  for (const [term, forms] of ways) {
    const [first] = [...forms].sort(([a, na], [b, nb]) => nb - na || a.length - b.length || (a < b ? -1 : 1));
    shown.set(term, first![0]);
  }
  return shown;
}

/** The terms of one comment, each once, as stems with a space between those of a pair: what is kept when the text goes. */
export function termsOf(text: string): string[] {
  const found = new Set<string>();
  let before: string | null = null;
  for (const { word, gap } of tokensOf(text)) {
    const root: string | null = saysNothing(word) ? null : stem(plain(word));
    if (root !== null) {
      found.add(root);
      if (before !== null && !gap && before !== root) found.add(`${before} ${root}`);
    }
    before = root;
  }
  return [...found];
}
