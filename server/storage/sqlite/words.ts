import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { dutchEdition } from '#shared/core/themes/index.ts';
import { wordsOf } from '#shared/core/words/search.ts';
import { lexiconOf } from '../lexicon.ts';

/** Rises when the same text gives other words, so that every comment is read again. */
const wordsVersion = 1;
const lexicons = new WeakMap<Database, unknown>();

/** What the triggers of a comment ask, on every connection that may write one. */
export function teachWords(db: Database): void {
  db.function('words_of', { deterministic: true }, (text) => wordsOf(String(text)));
  db.function('themes_of', (text) => themesIn(String(text), lexicons.get(db) ?? null));
}

/** From now on comments that this connection writes are read with this lexicon of the settings. */
export function readWith(db: Database, themes: unknown): void {
  lexicons.set(db, themes);
}

/** The keys with a space before, between and after, so that one is found between spaces. */
function themesIn(text: string, themes: unknown): string {
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
