import { type Codes, isLetter, isUpper } from './characters.ts';

/** As `toLowerCase`, where that gives one character for one. */
function lower(code: number): number {
  if (code < 0x80) return code >= 65 && code <= 90 ? code | 32 : code;
  const small = String.fromCharCode(code).toLowerCase();
  return small.length === 1 ? small.charCodeAt(0) : code;
}

/** Whether `word`, in small letters, stands at `at`, in letters of any size. */
export function reads(text: Codes, at: number, word: string): boolean {
  for (let step = 0; step < word.length; step++) {
    const code = text[at + step]!;
    if (code !== word.charCodeAt(step) && lower(code) !== word.charCodeAt(step)) return false;
  }
  return true;
}

/** Whether `words`, in small letters, stand before `start`, not behind another letter. */
export function readsBefore(text: Codes, start: number, words: string): boolean {
  const from = start - words.length;
  return from >= 0 && reads(text, from, words) && !(from > 0 && isLetter(text[from - 1]!));
}

/** Whether there is no capital from `start` to `end`. */
export function isSmall(text: Codes, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isUpper(text[at]!)) return false;
  return true;
}

/** Of every character beyond plain letters the hash is the same: what is small and what is large differs there. */
const next = (hash: number, code: number): number => (hash * 31 + (code < 0x80 ? code | 32 : 127)) | 0;
const slot = (hash: number): number => (hash ^ (hash >>> 11)) & 1023;

/** Words in small letters, looked for where they stand in a text, by a hash: nothing is cut out of it. */
export class Words {
  readonly #slots: (string[] | undefined)[] = Array.from({ length: 1024 }, () => undefined);
  #longest = 0;

  constructor(words: string) {
    for (const word of words.split(' ')) {
      let hash = 0;
      for (let at = 0; at < word.length; at++) hash = next(hash, word.charCodeAt(at));
      const same = this.#slots[slot(hash)];
      if (same) same.push(word);
      else this.#slots[slot(hash)] = [word];
      this.#longest = Math.max(this.#longest, word.length);
    }
  }

  /** Whether the text from `start` to `end` is one of the words, in letters of any size. */
  has(text: Codes, start: number, end: number): boolean {
    if (end <= start || end - start > this.#longest) return false;
    let hash = 0;
    for (let at = start; at < end; at++) hash = next(hash, text[at]!);
    const same = this.#slots[slot(hash)];
    if (same === undefined) return false;
    for (const word of same) if (word.length === end - start && reads(text, start, word)) return true;
    return false;
  }
}
