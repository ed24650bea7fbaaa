import { type Found, isDash, isDigit, isLetter, isSpace, isWord } from './characters.ts';

/** A shape as a number: per character 1 for a digit and 2 for a letter, 0 between groups, in base 3. */
const push = (shape: number, symbol: number) => shape * 3 + symbol;
const dashed = new Set<number>();
/** The series of three groups that show without anything between: letters and digits alternate. */
const alternating = new Set<number>();
for (const one of (
  'AA-99-99 99-99-AA 99-AA-99 AA-99-AA AA-AA-99 99-AA-AA 99-AAA-9 9-AAA-99 AA-999-A A-999-AA AAA-99-A ' +
  'A-99-AAA 9-AA-999 999-AA-9'
).split(' ')) {
  const shape = [...one].reduce((code, sign) => push(code, sign === '-' ? 0 : sign === '9' ? 1 : 2), 0);
  dashed.add(shape);
  if (/^(?:A+-9+-A+|9+-A+-9+)$/.test(one)) alternating.add(shape);
}
/** What looks like the letters of a plate between numbers: 9-tot-17, 1-mei-24, 10 en 12. */
const common = new Set(
  (
    'tot uur min jan feb mrt apr mei jun jul aug sep okt nov dec mar may oct van bis per cm km kg mg ml mm px en of om op na ' +
    'in is te tm bij aan de het der een nr a x m u h e en de et we ik je ze er nu al zo ja dan met wel niet eur kw'
  ).split(' '),
);

/** Whether a group of letters is a word: in small letters, or of three, since no plate has one that reads as a word. */
function isOrdinary(letters: string): boolean {
  const word = letters.toLowerCase();
  return common.has(word) && (word === letters || word.length === 3);
}

/**
 * A number plate that begins at `at`, which is the begin of a word. With two dashes in any letters; with spaces or
 * without anything only where letters and digits alternate and the letters are capitals or `cued` by a word.
 */
export function plateAt(text: string, at: number, cued: boolean): Found | null {
  if (at > 1 && isDash(text.charCodeAt(at - 1)) && isWord(text.charCodeAt(at - 2))) return null;
  let shape = 0;
  let [groups, dashes, gaps, count] = [0, 0, 0, 0];
  /** 1 for a digit, 2 for a letter, 0 at the begin of a group. */
  let last = 0;
  let small = false;
  let end = at;
  for (; count < 6; end++) {
    const code = text.charCodeAt(end);
    const kind = isDigit(code) ? 1 : code < 0x80 && isLetter(code) ? 2 : 0;
    if (kind > 0) {
      if (last > 0 && kind !== last) {
        shape = push(shape, 0);
        groups++;
      }
      shape = push(shape, kind);
      small ||= code >= 97;
      last = kind;
      count++;
    } else if (last > 0 && (isDash(code) || isSpace(code) || code === 46)) {
      if (isDash(code)) dashes++;
      else gaps++;
      shape = push(shape, 0);
      groups++;
      last = 0;
    } else return null;
    if (groups > 2) return null;
  }
  if (!dashed.has(shape) || (end < text.length && isWord(text.charCodeAt(end)))) return null;
  if (isDash(text.charCodeAt(end)) && isDigit(text.charCodeAt(end + 1))) return null;
  const found = { start: at, end, label: '[kenteken]' };
  if (cued) return found;
  const letters = text.slice(at, end).match(/[A-Za-z]+/g) ?? [];
  if (letters.some(isOrdinary)) return null;
  if (dashes === 2) return found;
  const word = letters.some((group) => common.has(group.toLowerCase()));
  return alternating.has(shape) && !word && !(gaps > 0 && small) ? found : null;
}

/**
 * The number of a Dutch passport or identity card: two letters, six letters or digits, one digit, never an O. Without a
 * word that announces it, in capitals and with at least three digits.
 */
export function documentAt(text: string, at: number, cued: boolean): Found | null {
  if (!cued && !isWord(text.charCodeAt(at + 2))) return null;
  let end = at;
  while (end - at < 10 && isWord(text.charCodeAt(end))) end++;
  let number = text.slice(at, end);
  if (end - at === 2 && text[end] === ' ') {
    let rest = end + 1;
    while (rest - end < 9 && isWord(text.charCodeAt(rest))) rest++;
    if (rest - end !== 8) return null;
    number += text.slice(end + 1, rest);
    end = rest;
  }
  if (number.length !== 9 || !/^[A-Za-z]{2}[A-Za-z0-9]{6}\d$/.test(number)) return null;
  const digits = number.replace(/\D/g, '').length;
  if (!cued && (digits < 3 || /[a-zO]/.test(number) || /^[A-Z]{5}\d{4}$/.test(number))) return null;
  if (cued && digits < 2) return null;
  return { start: at, end, label: '[documentnummer]' };
}
