import {
  type Codes,
  type Found,
  isDash,
  isDigit,
  isOneOf,
  isSpace,
  isWord,
  lettersEnd,
} from './characters.ts';

/** The registry of ISO 13616: a length, and the countries whose IBAN has it. */
const registry =
  '15NO 16BE 18DKFIFKFOGLNLSD 19MKSI 20ATBAEEKZLTLUMNXK 21CHHRLILV 22BGBHCRDEGBGEIEMERSVA ' +
  '23AEGIILIQOMSOTL 24ADCZESMDPKROSASESKTNVG 25LYPTST 26ISTR 27BIDJFRGRITMCMRSM ' +
  '28ALAZBYCYDOGTHULBNIPLSV 29BREGPSQAUA 30JOKWMUYE 31MTSC 32LC 33RU';
const lengths = new Map<string, number>();
for (const part of registry.split(' '))
  for (let at = 2; at < part.length; at += 2) lengths.set(part.slice(at, at + 2), Number(part.slice(0, 2)));

/** ISO 13616: the first four to the end, letters as numbers, the remainder by 97 is 1. */
function isValid(plain: string): boolean {
  let remainder = 0;
  for (let step = 0; step < plain.length; step++) {
    const code = plain.charCodeAt((step + 4) % plain.length);
    remainder = isDigit(code) ? (remainder * 10 + code - 48) % 97 : (remainder * 100 + code - 55) % 97;
  }
  return remainder === 1;
}

/**
 * An IBAN that begins at `at`, in any grouping. One that a Dutch bank could have given but with a wrong check is a
 * number: a slip of the pen leaves it as personal.
 */
export function ibanAt(text: Codes, at: number): Found | null {
  if (lettersEnd(text, at) !== at + 2) return null;
  const check = isWord(text[at + 2]!) ? at + 2 : at + 3;
  if (!isDigit(text[check]!)) return null;
  const country = String.fromCharCode(text[at]!, text[at + 1]!).toUpperCase();
  const length = lengths.get(country);
  if (length === undefined) return null;
  let count = 0;
  let end = at;
  for (let gap = 0; count < length; end++) {
    const code = text[end]!;
    if (code < 0x80 && isWord(code)) {
      // After the country come two digits.
      if (count > 1 && count < 4 && !isDigit(code)) return null;
      count++;
      gap = 0;
    } else if ((isSpace(code) || isDash(code) || isOneOf('._/:', code)) && count > 1 && gap < 2) gap++;
    else return null;
  }
  let plain = '';
  for (let next = at; next < end; next++) if (isWord(text[next]!)) plain += String.fromCharCode(text[next]!);
  plain = plain.toUpperCase();
  if (isValid(plain)) return { start: at, end, label: '[IBAN]' };
  const dutch = country === 'NL' && /^[A-Z]{4}\d{10}$/.test(plain.slice(4));
  return dutch && !isWord(text[end]!) ? { start: at, end, label: '[nummer]' } : null;
}
