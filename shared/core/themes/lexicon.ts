/**
 * A lexicon of themes as a municipality can edit it: which words and phrases mention which theme.
 *
 * A line holds terms with commas between. A term is one word or several that stand beside each other:
 * - `wachten`      the word in all its endings, with or without diacritics (compared by stem)
 * - `=rij`         only this spelling
 * - `parkeer*`     every word that begins so; `*formulier` every word that ends so, inflected or not
 * - `#`            a number in digits
 * - `geen|nooit`   one of these
 * - `NIET`         one of the words in the set of that name
 * - `..`           between two words: at most four other words
 * Words across a full stop, a comma or another mark belong to no phrase.
 */
import { z } from 'zod';
import { stem } from '../words/stem.ts';
import { fold, tokensOf } from '../words/tokens.ts';

/** One way in which a word can fit. */
export interface Atom {
  kind: 'stem' | 'exact' | 'begins' | 'ends' | 'number';
  text: string;
}
/** A place in a phrase: any of the atoms; with `after`, at most four words may stand before it. */
export interface Place {
  atoms: Atom[];
  after: boolean;
}
export type Phrase = Place[];
export type Sets = Readonly<Record<string, Atom[]>>;

/** What a word is compared by. The genitive and plural 's goes. */
export const rootOf = (word: string): string => stem(fold(word).replace(/'s?$/, ''));

/** Without one inflection: what the end of a compound is compared by, because the stem of a long word is cut deeper. */
export const uninflected = (word: string): string =>
  word.replace(/(?:heden|heid|ste|jes|en|er|je|st|e|s)$/, '');

const mostPlaces = 8;
const mostGaps = 2;

function atomOf(word: string, sets: Sets): Atom[] {
  if (word === '#') return [{ kind: 'number', text: '' }];
  const parts = /^(=?)(\*?)([\p{L}\p{N}'-]+)(\*?)$/u.exec(word);
  if (!parts) throw new Error(`"${word}" is not a word`);
  const [, exact, before, letters, behind] = parts;
  if (/^\p{Lu}{3,}$/u.test(letters!)) {
    const set = sets[letters!];
    if (!set || exact || before || behind) throw new Error(`there is no set "${word}"`);
    return set;
  }
  const tokens = tokensOf(letters!);
  if (tokens.length !== 1) throw new Error(`"${word}" is more than one word`);
  const text = tokens[0]!.word;
  const kinds = [exact, before, behind].filter((mark) => mark !== '').length;
  if (kinds > 1) throw new Error(`"${word}" has more than one mark`);
  if (kinds === 1 && !exact && text.length < 3) throw new Error(`"${word}" would fit too many words`);
  if (exact) return [{ kind: 'exact', text: fold(text) }];
  if (behind) return [{ kind: 'begins', text: fold(text) }];
  return before ? [{ kind: 'ends', text: fold(text) }] : [{ kind: 'stem', text: rootOf(text) }];
}

export function phraseOf(term: string, sets: Sets): Phrase {
  const phrase: Phrase = [];
  let after = false;
  // The tokeniser reads a hyphen as a space, but "e-mail" as one word.
  const words = term
    .trim()
    .replace(/\be-mail/gi, 'email')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ');
  for (const word of words.split(/\s+/)) {
    if (word === '..') {
      if (phrase.length === 0 || after) throw new Error(`"${term}": ".." stands between two words`);
      after = true;
      continue;
    }
    phrase.push({ atoms: word.split('|').flatMap((way) => atomOf(way, sets)), after });
    after = false;
  }
  if (after) throw new Error(`"${term}": ".." stands between two words`);
  if (phrase.length > mostPlaces) throw new Error(`"${term}" has more than ${mostPlaces} words`);
  if (phrase.filter((place) => place.after).length > mostGaps)
    throw new Error(`"${term}" has more than ${mostGaps} times ".."`);
  return phrase;
}

export const termsIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.split(',').map((term) => term.trim()));

const setOf = (lines: readonly string[]): Atom[] => termsIn(lines).flatMap((word) => atomOf(word, {}));
export const setsOf = (sets: Readonly<Record<string, string[]>>): Sets =>
  Object.fromEntries(Object.entries(sets).map(([name, lines]) => [name, setOf(lines)]));

const lines = z.array(z.string().min(1).max(500)).max(200);
const key = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'small letters, digits and hyphens');

const theme = z.strictObject({
  key: key.max(40),
  /** The name that people see. */
  label: z.strictObject({ nl: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  /** What belongs to it and what does not, for who labels comments or edits the list. */
  about: z.string().max(400).optional(),
  terms: lines.min(1),
  /** Phrases in which a term means something else: a term that shares a word with one of these does not count. */
  except: lines.default([]),
  /** Whether "niet …" still mentions the theme (the rule), or says the contrary. */
  whenNegated: z.enum(['mentions', 'void']).default('mentions'),
});

/** The form of a lexicon file; every mistake in it is reported at its place. */
export const lexiconSchema = z
  .strictObject({
    sets: z.record(z.string().regex(/^\p{Lu}{3,}$/u, 'capitals, at least three'), lines).default({}),
    /** Words that deny what follows in the same part of a sentence, or what precedes when they end it. */
    negations: lines.default([]),
    /** Phrases with such a word that deny nothing: "niet alleen". */
    notNegating: lines.default([]),
    themes: z.array(theme).min(1).max(100),
  })
  .superRefine((lexicon, context) => {
    const wrong = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const guarded = <T>(path: (string | number)[], otherwise: T, run: () => T): T => {
      try {
        return run();
      } catch (error) {
        wrong(path, (error as Error).message);
        return otherwise;
      }
    };
    const sets = Object.fromEntries(
      Object.entries(lexicon.sets).map(([name, list]) => [
        name,
        guarded(['sets', name], [], () => setOf(list)),
      ]),
    );
    const check = (list: readonly string[], ...path: (string | number)[]) =>
      list.forEach((line, i) => {
        for (const term of termsIn([line])) guarded([...path, i], null, () => phraseOf(term, sets) && null);
      });
    check(lexicon.negations, 'negations');
    check(lexicon.notNegating, 'notNegating');
    const keys = new Set<string>();
    lexicon.themes.forEach((each, i) => {
      if (keys.has(each.key)) wrong(['themes', i, 'key'], `"${each.key}" is there twice`);
      keys.add(each.key);
      check(each.terms, 'themes', i, 'terms');
      check(each.except, 'themes', i, 'except');
    });
  });

export type Lexicon = z.infer<typeof lexiconSchema>;
export type LexiconInput = z.input<typeof lexiconSchema>;
