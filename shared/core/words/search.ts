/**
 * Searching by word: what is written and what is asked come down to the same roots, so "wachten" finds "gewacht" no more
 * than the stemmer does, but "klachten" finds "klacht", with or without diacritics.
 */
import { rootOf } from '../themes/lexicon.ts';
import { isStopWord } from './stop-words.ts';
import { fold, tokensOf } from './tokens.ts';

const memory = 50_000;
const known = new Map<string, string>();

/** Letters and digits only, so that no index cuts it in two. */
function searchRoot(word: string): string {
  let root = known.get(word);
  if (root === undefined) {
    if (known.size >= memory) known.clear();
    root = rootOf(word).replaceAll("'", '');
    known.set(word, root);
  }
  return root;
}

/** The roots of all words of a text, with a space between: what an index is made of. */
export const wordsOf = (text: string): string =>
  tokensOf(text)
    .map(({ word }) => searchRoot(word))
    .join(' ');

/** One thing that a comment must hold: these roots beside each other, or a word that begins so. */
export interface Sought {
  roots: string[];
  start: string | null;
}

/**
 * What is asked for: every word, in any order; what stands between quotes beside each other. The last word may be
 * unfinished, as long as it is being typed. Words that say nothing are left out where others do.
 */
export function soughtIn(question: string): Sought[] {
  const sought: Sought[] = [];
  const words: string[] = [];
  for (const [, quoted, plain] of question.matchAll(/"([^"]*)(?:"|$)|([^"]+)/g)) {
    const tokens = tokensOf(quoted ?? plain ?? '').map(({ word }) => word);
    if (quoted === undefined) words.push(...tokens);
    else if (tokens.length > 0) sought.push({ roots: tokens.map(searchRoot), start: null });
  }
  const typing = /[\p{L}\p{N}]$/u.test(question) ? words.length - 1 : -1;
  const telling = words.filter((word, i) => !isStopWord(word) && (word.length > 1 || i !== typing));
  for (const word of telling.length > 0 || sought.length > 0 ? telling : words) {
    const start = fold(word).replaceAll("'", '');
    const unfinished = word === words[typing] && start.length > 1;
    sought.push({ roots: [searchRoot(word)], start: unfinished ? start : null });
  }
  return sought;
}
