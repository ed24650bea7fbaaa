import { readFileSync } from 'node:fs';
import { ProblemError } from '#shared/contract/errors.ts';

const ownList = new URL('./common-passwords.txt', import.meta.url);
const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** What people write for a letter. */
const looksLike: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Which passwords are too easy to guess, after NIST SP 800-63B: no rule about kinds of characters, but none of those that
 * everybody chooses, none of one repeated part, and none that is the person or the service.
 */
export class PasswordRules {
  readonly #extra: string | undefined;
  #lists: { words: string[]; whole: Set<string> } | null = null;

  /** `extra`: a file with whole passwords to refuse, one a line, such as a part of a list of leaked ones. */
  constructor(extra: string | undefined) {
    this.#extra = extra;
  }

  isCommon(password: string, about: readonly string[]): boolean {
    // Read when the first password is chosen, not at the start.
    this.#lists ??= {
      words: linesOf(readFileSync(ownList, 'utf8')),
      whole: new Set(this.#extra === undefined ? [] : linesOf(readFileSync(this.#extra, 'utf8'))),
    };
    const lower = password.normalize('NFKC').toLowerCase();
    if (this.#lists.whole.has(lower)) return true;
    const own = about
      .flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u))
      .filter((part) => part.length > 2);
    const words = [...own, ...this.#lists.words];
    const letters = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');
    // What stands before and behind the letters is most often only there because a rule asked for it.
    const core = lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
    const read = core.replaceAll(/[013457@$!]/g, (sign) => looksLike[sign]!);
    return (
      isRepeated(lower) || isSequence(lower) || madeOf(letters(lower), words) || madeOf(letters(read), words)
    );
  }

  /** Throws with a pointer to the field. */
  check(password: string, about: readonly string[]): void {
    if (!this.isCommon(password, about)) return;
    const detail = 'This password is too easy to guess. Take a few words that do not belong together.';
    throw new ProblemError('invalid-input', detail, {
      errors: [{ pointer: '/password', code: 'too-common', detail }],
    });
  }
}

/** One to four characters over and over again: "aaaa", "abcabc". */
const isRepeated = (text: string): boolean => /^(.{1,4}?)\1+.{0,3}$/su.test(text);

/** Each character is the next or the one before: "123456789012" counts, from 9 on to 0. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((sign, i) => sign.codePointAt(0)! - text.codePointAt(i)!);
  return [1, -1].some((step) => steps.every((one) => one === step || one === -9 * step));
}

/** Whether nothing is left but such words, one after another. */
function madeOf(text: string, words: readonly string[]): boolean {
  const reached = [true];
  for (let end = 1; end <= text.length; end++)
    reached[end] = words.some(
      (word) => word.length <= end && reached[end - word.length] && text.startsWith(word, end - word.length),
    );
  return text !== '' && reached[text.length]!;
}
