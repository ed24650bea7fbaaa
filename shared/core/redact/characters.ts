export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Letters of any script, roughly: what is no sign, space or half of an emoji. */
function letter(code: number): boolean {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code < 0x2000) return code !== 0xd7 && code !== 0xf7 && !space(code) && !dash(code);
  return (
    (code >= 0x2c00 && code < 0x2e00) ||
    (code >= 0x3040 && code < 0xd800) ||
    (code >= 0xf900 && code < 0xfe00)
  );
}
const space = (code: number): boolean =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  code === 0x1680;

/** Everything that is written for a dash, the minus included. */
const dash = (code: number): boolean =>
  code === 45 ||
  (code >= 0x2010 && code <= 0x2015) ||
  code === 0x2212 ||
  code === 0xfe63 ||
  code === 0xff0d ||
  code === 0x58a ||
  code === 0x5be ||
  code === 0x1400 ||
  code === 0x1806 ||
  (code >= 0x2e17 && code <= 0x2e5d && otherDashes.has(code)) ||
  code === 0x301c ||
  code === 0x3030 ||
  code === 0x30a0 ||
  code === 0xfe31 ||
  code === 0xfe32 ||
  code === 0xfe58;
const otherDashes = new Set([0x2e17, 0x2e1a, 0x2e3a, 0x2e3b, 0x2e40, 0x2e5d]);

/** Beside spaces and dashes, what people write between digits. No comma: that makes a list. */
const separators = './\\()_\u00b7\u2022';

const [digitBit, letterBit, spaceBit, dashBit, separatorBit] = [1, 2, 4, 8, 16];
/** What each character is, by its UTF-16 code: no script is slower to read than another. */
const kinds = new Uint8Array(0x1_0000);
for (let code = 0; code < kinds.length; code++) {
  const between = space(code) || dash(code);
  kinds[code] =
    (isDigit(code) ? digitBit : 0) |
    (letter(code) ? letterBit : 0) |
    (space(code) ? spaceBit : 0) |
    (dash(code) ? dashBit : 0) |
    (between || separators.includes(String.fromCharCode(code)) ? separatorBit : 0);
}

export const isLetter = (code: number): boolean => (kinds[code]! & letterBit) !== 0;
export const isWord = (code: number): boolean => (kinds[code]! & (digitBit | letterBit)) !== 0;
export const isSpace = (code: number): boolean => (kinds[code]! & spaceBit) !== 0;
export const isDash = (code: number): boolean => (kinds[code]! & dashBit) !== 0;
export const isSeparator = (code: number): boolean => (kinds[code]! & separatorBit) !== 0;
export const isUpper = (code: number): boolean =>
  code < 0x80 ? code >= 65 && code <= 90 : isLetter(code) && isUpperBeyond(code);
const isUpperBeyond = (code: number): boolean => {
  const letter = String.fromCharCode(code);
  return letter !== letter.toLowerCase();
};
/** Whether the character is one of `signs`, which are few. */
export function isOneOf(signs: string, code: number): boolean {
  for (let at = 0; at < signs.length; at++) if (signs.charCodeAt(at) === code) return true;
  return false;
}

/**
 * A text by its UTF-16 codes, with a few noughts behind its end. Nothing is said of a nought, so that no look ahead
 * needs to know where the text ends.
 */
export type Codes = Uint16Array;

/** The string from `start` to `end`, which is no longer than what a function takes for arguments. */
export const textOf = (text: Codes, start: number, end: number): string =>
  // An array is what the types know; what looks like one is as good.
  String.fromCharCode.apply(null, text.subarray(start, end) as unknown as number[]);

/** Where the letters and digits that begin at `at` end. */
export function wordEnd(text: Codes, at: number): number {
  let end = at;
  while (isWord(text[end]!)) end++;
  return end;
}
export function lettersEnd(text: Codes, at: number): number {
  let end = at;
  while (isLetter(text[end]!)) end++;
  return end;
}
export function digitsEnd(text: Codes, at: number): number {
  let end = at;
  while (isDigit(text[end]!)) end++;
  return end;
}
/** Where the letters and digits that end at `end` begin, at most `most` back. */
export function wordStart(text: Codes, end: number, most = 64): number {
  let start = end;
  while (start > 0 && end - start < most && isWord(text[start - 1]!)) start--;
  return start;
}
/** After the characters of `signs` and spaces from `at` on, at most `most` of them. */
export function skip(text: Codes, at: number, signs: string, most: number): number {
  let next = at;
  while (next - at < most && (isSpace(text[next]!) || isOneOf(signs, text[next]!))) next++;
  return next;
}
/** Before the characters of `signs` and spaces that end at `end`, at most `most` of them. */
export function skipBack(text: Codes, end: number, signs: string, most: number): number {
  let next = end;
  while (next > 0 && end - next < most && (isSpace(text[next - 1]!) || isOneOf(signs, text[next - 1]!)))
    next--;
  return next;
}

/** A part of the text that is personal, with what takes its place. */
export interface Found {
  start: number;
  end: number;
  label: string;
}
