import type { Database } from 'better-sqlite3';
import { wordsOf } from '#shared/core/words/search.ts';
import { themesIn } from '../words.ts';

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
