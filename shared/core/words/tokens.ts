/**
 * Text to words: lower case, diacritics kept, three or more equal letters as two ("heeeel"), a hyphen between words as
 * a space, "e-mail" as one word. What punctuation, a line end, a number or a label such as `[telefoonnummer]` parts
 * has a `gap` between: words across it are no pair. One pass with one expression without nested repetition.
 */
export interface Token {
  /** As written, in lower case. */
  word: string;
  /** Something else than spaces and hyphens stands between this word and the one before, or it is the first. */
  gap: boolean;
}

/** A label is put there by the redaction; text in brackets of more than one word is text. */
const piece = /\[[\p{L}-]{2,30}\]|[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*|[^\p{L}\p{M}\p{N}\s-]/gu;
const apostrophes = /[’‘`´ʼ]/g;
const repeated = /(\p{L})\1{2,}/gu;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let gap = true;
  const plain = text
    .normalize('NFC')
    .replace(apostrophes, "'")
    .toLowerCase()
    .replace(/\be-mail/g, 'email')
    .replace(repeated, '$1$1');
  for (const line of plain.split(/[\r\n]+/)) {
    gap = true;
    for (const [found] of line.matchAll(piece)) {
      const isWord = /^[\p{L}\p{M}\p{N}]/u.test(found);
      if (isWord) tokens.push({ word: found, gap });
      // An apostrophe alone belongs to what is left of a word: 's avonds, 't, 'n.
      if (isWord) gap = false;
      else if (found !== "'") gap = true;
    }
  }
  return tokens;
}

const marks = /\p{M}/gu;
/** Without diacritics: één → een. Letters that are no letter with a mark (ø, ł) stay. */
export const fold = (word: string): string =>
  /[^\p{ASCII}]/u.test(word) ? word.normalize('NFD').replace(marks, '') : word;
