import { isSeparator } from './characters.ts';

/** Digits of other scripts and shapes, as the code of their zero; each has its ten in a row. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xff10, 0x2080,
];

function digitOf(code: number): number {
  if (code < 0xb2) return -1;
  for (const zero of zeros) if (code >= zero && code < zero + 10) return code - zero;
  if (code === 0xb2 || code === 0xb3) return code - 0xb0;
  if (code === 0xb9) return 1;
  if (code === 0x2070 || (code >= 0x2074 && code <= 0x2079)) return code - 0x2070;
  if (code >= 0x2460 && code <= 0x2468) return code - 0x245f;
  return code === 0x24ea ? 0 : -1;
}
/** Bold and other shapes of digits for formulas, as the second half of their pair (the first is U+D835). */
const mathDigit = (low: number): number => (low >= 0xdfce && low <= 0xdfff ? (low - 0xdfce) % 10 : -1);

/** Never seen: soft hyphen, spaces without width. */
const isInvisible = (code: number): boolean =>
  code === 0xad || code === 0x200b || code === 0x2060 || code === 0xfeff || code === 0x34f || code === 0x180e;
/** Marks of direction and joining, which other scripts and emoji need. */
const isFormat = (code: number): boolean =>
  (code >= 0x200c && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2061 && code <= 0x206f) ||
  code === 0x61c;

/** Whether the text has signs that hide an identifier from a search for plain digits and @. */
export const isOdd = (code: number): boolean =>
  code >= 0xad &&
  (isInvisible(code) ||
    isFormat(code) ||
    digitOf(code) >= 0 ||
    code === 0xff20 ||
    code === 0xfe6b ||
    code === 0xd835);

const isPlain = (code: number): boolean => code < 0x80 || isSeparator(code) || digitOf(code) >= 0;

/**
 * The text with every digit and @ as a plain one, without what nobody sees. Marks of direction go where both
 * neighbours are plain signs; between letters of other scripts and in emoji they stay.
 */
export function fold(text: string): string {
  let folded = '';
  let kept = 0;
  let wide = false;
  /** The last character of what is folded already. */
  let last = 0;
  const put = (at: number, length: number, by: string) => {
    if (by !== '') last = by.charCodeAt(0);
    else if (at > kept) last = text.charCodeAt(at - 1);
    folded += text.slice(kept, at) + by;
    kept = at + length;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xad) continue;
    const digit = digitOf(code);
    if (digit >= 0) {
      put(at, 1, String(digit));
      wide ||= code >= 0xff10 && code <= 0xff19;
    } else if (code === 0xff20 || code === 0xfe6b) {
      put(at, 1, '@');
      wide ||= code === 0xff20;
    } else if (code === 0xd835 && mathDigit(text.charCodeAt(at + 1)) >= 0) {
      put(at, 2, String(mathDigit(text.charCodeAt(at + 1))));
      at++;
    } else if (isInvisible(code)) put(at, 1, '');
    else if (isFormat(code)) {
      let end = at + 1;
      while (end < text.length && (isFormat(text.charCodeAt(end)) || isInvisible(text.charCodeAt(end))))
        end++;
      const before = kept < at ? text.charCodeAt(at - 1) : last;
      if (isPlain(before) && end < text.length && isPlain(text.charCodeAt(end))) put(at, end - at, '');
      at = end - 1;
    }
  }
  folded += text.slice(kept);
  return wide ? narrow(folded) : folded;
}

/** Wide letters and signs as plain ones: whoever writes digits that way writes an IBAN or address so as well. */
function narrow(text: string): string {
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    plain += code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : text[at];
  }
  return plain;
}
