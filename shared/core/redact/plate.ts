import {
  type Codes,
  type Found,
  isDash,
  isDigit,
  isLetter,
  isSpace,
  isWord,
  lettersEnd,
} from './characters.ts';
import { isSmall, Words } from './words.ts';

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
const common = new Words(
  'tot uur min jan feb mrt apr mei jun jul aug sep okt nov dec mar may oct van bis per cm km kg mg ml mm px en of om op na ' +
    'in is te tm bij aan de het der een nr a x m u h e en de et we ik je ze er nu al zo ja dan met wel niet eur kw',
);

/** The letters of what may be a plate, from `at` to `end`. */
function readsAsWords(text: Codes, at: number, end: number): { ordinary: boolean; common: boolean } {
  const reads = { ordinary: false, common: false };
  for (let next = at; next < end; ) {
    const letters = lettersEnd(text, next);
    if (common.has(text, next, letters)) {
      reads.common = true;
      // In small letters, or of three: no plate has three that read as a word.
      reads.ordinary ||= letters - next === 3 || isSmall(text, next, letters);
    }
    next = Math.max(letters, next + 1);
  }
  return reads;
}

/**
 * A number plate that begins at `at`, which is the begin of a word. With two dashes in any letters; with spaces or
 * without anything only where letters and digits alternate and the letters are capitals or `cued` by a word.
 */
export function plateAt(text: Codes, at: number, cued: boolean): Found | null {
  if (at > 1 && isDash(text[at - 1]!) && isWord(text[at - 2]!)) return null;
  let shape = 0;
  let [groups, dashes, gaps, count] = [0, 0, 0, 0];
  /** 1 for a digit, 2 for a letter, 0 at the begin of a group. */
  let last = 0;
  let small = false;
  let end = at;
  for (; count < 6; end++) {
    const code = text[end]!;
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
  if (!dashed.has(shape) || isWord(text[end]!)) return null;
  if (isDash(text[end]!) && isDigit(text[end + 1]!)) return null;
  if (!cued) {
    const words = readsAsWords(text, at, end);
    const shows = dashes === 2 || (alternating.has(shape) && !words.common && !(gaps > 0 && small));
    if (words.ordinary || !shows) return null;
  }
  return { start: at, end, label: '[kenteken]' };
}

/**
 * The number of a Dutch passport or identity card: two letters, six letters or digits, one digit, never an O. Without a
 * word that announces it, in capitals and with at least three digits.
 */
export function documentAt(text: Codes, at: number, cued: boolean): Found | null {
  if (!cued && !isWord(text[at + 2]!)) return null;
  let end = at;
  while (end - at < 10 && isWord(text[end]!)) end++;
  // NW 1A2B3C4 is written as well.
  const first = end;
  const parted = end - at === 2 && text[end] === 32;
  if (parted) {
    const rest = ++end;
    while (end - rest < 9 && isWord(text[end]!)) end++;
  }
  if (end - at !== (parted ? 10 : 9) || !isDigit(text[end - 1]!)) return null;
  let [digits, small, capitals] = [0, false, 0];
  for (let next = at; next < end; next++) {
    const code = text[next]!;
    if (parted && next === first) continue;
    if (code >= 0x80) return null;
    if (isDigit(code)) {
      if (next < at + 2) return null;
      digits++;
    } else if (digits === 0) capitals++;
    small ||= code >= 97 || code === 79;
  }
  if (cued ? digits < 2 : digits < 3 || small || (capitals === 5 && digits === 4)) return null;
  return { start: at, end, label: '[documentnummer]' };
}
