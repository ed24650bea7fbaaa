import { isSeparator } from './characters.ts';
import type { Page } from './page.ts';

/** Digits of other scripts and shapes, as the code of their zero; each has its ten in a row. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xff10, 0x2080,
];
/** Bold and other shapes of digits for formulas, as the second half of their pair (the first is U+D835). */
const mathDigit = (low: number): number => (low >= 0xdfce && low <= 0xdfff ? (low - 0xdfce) % 10 : -1);
const formula = 0xd835;

const [asAt, invisible, format] = [11, 12, 13];
/** What stands for a digit (that digit and 1), for an @ (`asAt`), or is not seen. */
const folds = new Uint8Array(0x1_0000);
for (const zero of zeros) for (let digit = 0; digit < 10; digit++) folds[zero + digit] = digit + 1;
for (const [first, digit, last] of [
  [0xb2, 2, 0xb3],
  [0xb9, 1, 0xb9],
  [0x2070, 0, 0x2070],
  [0x2074, 4, 0x2079],
  [0x2460, 1, 0x2468],
  [0x24ea, 0, 0x24ea],
] as const)
  for (let code = first as number; code <= last; code++) folds[code] = digit + code - first + 1;
folds[0xff20] = folds[0xfe6b] = asAt;
/** Never seen: soft hyphen, spaces without width. */
for (const code of [0xad, 0x200b, 0x2060, 0xfeff, 0x34f, 0x180e]) folds[code] = invisible;
/** Marks of direction and joining, which other scripts and emoji need. */
for (const [first, last] of [
  [0x200c, 0x200f],
  [0x202a, 0x202e],
  [0x2061, 0x206f],
  [0x61c, 0x61c],
] as const)
  for (let code = first as number; code <= last; code++) folds[code] = format;

/** Whether the character hides an identifier from a search for plain digits and @. */
export const isOdd = (code: number): boolean => folds[code] !== 0 || code === formula;

const isPlain = (code: number): boolean =>
  code < 0x80 || isSeparator(code) || (folds[code]! > 0 && folds[code]! < asAt);

/**
 * Writes on `folded` the text with every digit and @ as a plain one, without what nobody sees. Marks of direction go where both
 * neighbours are plain signs; between letters of other scripts and in emoji they stay.
 */
export function fold({ codes, length }: Page, folded: Page): Page {
  folded.clear();
  let wide = false;
  for (let at = 0; at < length; at++) {
    const code = codes[at]!;
    const sign = folds[code]!;
    if (code === formula && mathDigit(codes[at + 1]!) >= 0) folded.putCode(48 + mathDigit(codes[++at]!));
    else if (sign === 0) folded.putCode(code);
    else if (sign < asAt) {
      folded.putCode(47 + sign);
      wide ||= code >= 0xff10 && code <= 0xff19;
    } else if (sign === asAt) {
      folded.putCode(64);
      wide ||= code === 0xff20;
    } else if (sign === format) {
      let end = at + 1;
      while (folds[codes[end]!]! >= invisible) end++;
      // At the begin there is nothing beside it, which is as plain as a space.
      const before = folded.length > 0 ? folded.codes[folded.length - 1]! : 0;
      const goes = isPlain(before) && end < length && isPlain(codes[end]!);
      if (!goes) folded.putPart(codes, at, end);
      at = end - 1;
    }
  }
  if (wide) narrow(folded);
  return folded.close();
}

/** Wide letters and signs as plain ones: whoever writes digits that way writes an IBAN or address so as well. */
function narrow({ codes, length }: Page): void {
  for (let at = 0; at < length; at++) if (codes[at]! > 0xff00 && codes[at]! < 0xff5f) codes[at]! -= 0xfee0;
}
