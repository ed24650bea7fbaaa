import { createHash } from 'node:crypto';
import { dutchEdition } from '#shared/core/themes/index.ts';
import { lexiconOf } from './lexicon.ts';

/** Rises when the same text gives other words, so that every comment is read again. */
const wordsVersion = 1;

/** The keys with a space before, between and after, so that one is found between spaces. */
export function themesIn(text: string, themes: unknown): string {
  const mentions = lexiconOf(themes).matcher.mentions(text);
  return mentions.length === 0 ? '' : ` ${mentions.map(({ theme }) => theme).join(' ')} `;
}

let hashed: { of: unknown; hash: string } | null = null;

/**
 * What words and themes are made with; `words` alone when only the lexicon differs. A start asks this, so the lexicon is
 * told by its text: it is not made for it.
 */
export function madeWith(themes: unknown): { words: string; all: string } {
  const words = `words ${wordsVersion}`;
  if (hashed === null || hashed.of !== themes) {
    const text = JSON.stringify(themes ?? dutchEdition);
    hashed = { of: themes, hash: createHash('sha256').update(text).digest('base64url') };
  }
  return { words, all: `${words}, themes ${hashed.hash}` };
}
