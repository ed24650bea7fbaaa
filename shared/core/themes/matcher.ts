/**
 * Finds the themes that a comment mentions. Every word is looked up by stem, spelling, beginning and ending; a phrase is
 * tried only where its first word stands, over a bounded stretch. So the time grows with the length of the text, and no
 * regular expression runs over it but that of the tokeniser.
 */
import { fold, type Token, tokensOf } from '../words/tokens.ts';
import {
  type Atom,
  type Lexicon,
  type Phrase,
  phraseOf,
  rootOf,
  setsOf,
  termsIn,
  uninflected,
} from './lexicon.ts';
import { withinOneEdit, withoutOne } from './typos.ts';

export interface Mention {
  theme: string;
  /** Every time it is mentioned, it is denied: "niet lang gewacht". */
  negated: boolean;
  /** The words of the first mention, as written, in lower case. */
  words: string;
}

interface Numbered {
  phrase: { atoms: Set<number>; after: boolean }[];
  /** Number of the theme, or one of the roles below. */
  role: number;
  isExcept: boolean;
}
const negation = -1;
const notNegating = -2;

interface Found {
  role: number;
  isExcept: boolean;
  from: number;
  to: number;
}

/** At most so many words where `..` stands; so far a negation reaches. */
const gapWords = 4;
const reach = 3;
/** A shorter word with one letter wrong is too often another word. */
const typoFrom = 8;
const memory = 50_000;

const numberWord = /^\p{N}+$/u;

class Atoms {
  private readonly ids = new Map<string, number>();
  private readonly lengths = { begins: new Set<number>(), ends: new Set<number>() };
  private readonly typos = new Map<string, string[]>();
  private readonly known = new Map<string, readonly number[]>();

  idOf({ kind, text }: Atom): number {
    const name = `${kind} ${text}`;
    const id = this.ids.get(name) ?? this.ids.size;
    if (this.ids.has(name)) return id;
    this.ids.set(name, id);
    if (kind === 'begins' || kind === 'ends') this.lengths[kind].add(text.length);
    if (kind === 'stem' && text.length >= typoFrom)
      for (const way of [text, ...withoutOne(text)]) {
        const roots = this.typos.get(way);
        if (roots) roots.push(text);
        else this.typos.set(way, [text]);
      }
    return id;
  }

  /** The atoms that a word fits. */
  of(word: string): readonly number[] {
    const known = this.known.get(word);
    if (known) return known;
    if (this.known.size >= memory) this.known.clear();
    const found = this.lookUp(word);
    this.known.set(word, found);
    return found;
  }

  private lookUp(word: string): number[] {
    const found: number[] = [];
    const add = (kind: Atom['kind'], text: string) => {
      const id = this.ids.get(`${kind} ${text}`);
      if (id !== undefined) found.push(id);
    };
    const plain = fold(word);
    const root = rootOf(word);
    if (numberWord.test(word)) add('number', '');
    add('stem', root);
    add('exact', plain);
    for (const length of this.lengths.begins)
      if (plain.length >= length) add('begins', plain.slice(0, length));
    for (const form of new Set([plain, uninflected(plain)]))
      for (const length of this.lengths.ends) if (form.length >= length) add('ends', form.slice(-length));
    if (found.length === 0 && root.length >= typoFrom - 1)
      for (const meant of this.meant(root)) add('stem', meant);
    return found;
  }

  /** Roots of the lexicon that are one letter, or two letters that changed places, away. */
  private meant(root: string): Set<string> {
    const roots = [root, ...withoutOne(root)].flatMap((way) => this.typos.get(way) ?? []);
    return new Set(roots.filter((each) => withinOneEdit(each, root)));
  }
}

export class ThemeMatcher {
  readonly themes: readonly string[];
  private readonly atoms = new Atoms();
  private readonly byFirst = new Map<number, Numbered[]>();
  private readonly voidWhenNegated: readonly boolean[];

  constructor(lexicon: Lexicon) {
    const sets = setsOf(lexicon.sets);
    const add = (lines: readonly string[], role: number, isExcept = false) => {
      for (const term of termsIn(lines)) this.add(phraseOf(term, sets), role, isExcept);
    };
    this.themes = lexicon.themes.map(({ key }) => key);
    this.voidWhenNegated = lexicon.themes.map(({ whenNegated }) => whenNegated === 'void');
    add(lexicon.negations, negation);
    add(lexicon.notNegating, notNegating);
    lexicon.themes.forEach((theme, i) => {
      add(theme.terms, i);
      add(theme.except, i, true);
    });
  }

  private add(phrase: Phrase, role: number, isExcept: boolean): void {
    const numbered = {
      ...{ role, isExcept },
      phrase: phrase.map(({ atoms, after }) => ({
        after,
        atoms: new Set(atoms.map((atom) => this.atoms.idOf(atom))),
      })),
    };
    for (const first of numbered.phrase[0]!.atoms) {
      const others = this.byFirst.get(first);
      if (others) others.push(numbered);
      else this.byFirst.set(first, [numbered]);
    }
  }

  /** The themes that a comment mentions, in the order of the lexicon. */
  mentions(text: string): Mention[] {
    const tokens = tokensOf(text);
    const found = this.find(tokens);
    const denied = deniedWords(tokens, found);
    const mentions: Mention[] = [];
    this.themes.forEach((theme, role) => {
      const elsewhere = covered(
        tokens.length,
        found.filter((each) => each.role === role && each.isExcept),
      );
      const own = found.filter(
        (each) => each.role === role && !each.isExcept && !elsewhere.subarray(each.from, each.to).includes(1),
      );
      // A negation that is part of the phrase denies nothing: "niks dan lof".
      const isDenied = ({ from, to }: Found) =>
        tokens.slice(from, to).every((_, i) => denied[from + i] === 1);
      const counted = this.voidWhenNegated[role] ? own.filter((each) => !isDenied(each)) : own;
      const [first] = counted;
      if (!first) return;
      const words = tokens.slice(first.from, first.to).map(({ word }) => word);
      mentions.push({ theme, negated: counted.every(isDenied), words: words.join(' ') });
    });
    return mentions;
  }

  private find(tokens: readonly Token[]): Found[] {
    const fits = tokens.map(({ word }) => this.atoms.of(word));
    const found: Found[] = [];
    for (let from = 0; from < tokens.length; from++) {
      for (const first of fits[from]!) {
        for (const { phrase, role, isExcept } of this.byFirst.get(first) ?? []) {
          const to = endOf(phrase, 1, from + 1, tokens, fits);
          if (to !== null) found.push({ role, isExcept, from, to });
        }
      }
    }
    return found;
  }
}

/** Where a phrase ends of which the places before `place` are filled up to `at`. */
function endOf(
  phrase: Numbered['phrase'],
  place: number,
  at: number,
  tokens: readonly Token[],
  fits: readonly (readonly number[])[],
): number | null {
  const wanted = phrase[place];
  if (!wanted) return at;
  const last = Math.min(tokens.length - 1, wanted.after ? at + gapWords : at);
  for (let i = at; i <= last && !tokens[i]!.gap; i++) {
    if (!fits[i]!.some((atom) => wanted.atoms.has(atom))) continue;
    const end = endOf(phrase, place + 1, i + 1, tokens, fits);
    if (end !== null) return end;
  }
  return null;
}

/** 1 for each word that is part of a phrase. */
function covered(length: number, phrases: readonly Found[]): Uint8Array {
  const words = new Uint8Array(length);
  for (const { from, to } of phrases) words.fill(1, from, to);
  return words;
}

/** 1 for each word that a negation reaches: three on, or three back when it ends its part of the sentence. */
function deniedWords(tokens: readonly Token[], found: readonly Found[]): Uint8Array {
  const denied = new Uint8Array(tokens.length);
  const harmless = covered(
    tokens.length,
    found.filter(({ role }) => role === notNegating),
  );
  const endsPart = (i: number) => i + 1 === tokens.length || tokens[i + 1]!.gap;
  for (const { role, from } of found) {
    if (role !== negation || harmless[from] === 1) continue;
    for (let i = from + 1; i <= from + reach && i < tokens.length; i++) {
      if (tokens[i]!.gap || tokens[i]!.word === 'maar' || tokens[i]!.word === 'but') break;
      denied[i] = 1;
    }
    if (endsPart(from))
      for (let i = from; i > 0 && i > from - reach && !tokens[i]!.gap; i--) denied[i - 1] = 1;
  }
  return denied;
}
