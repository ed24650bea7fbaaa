import { digitsEnd, type Found, isDigit, isSeparator, lettersEnd, skip } from './characters.ts';

/** Digits in groups with a few separators between: what may be a telephone number, a BSN, a date or any number. */
interface Run {
  starts: number[];
  ends: number[];
}

/** The run from `at`: each group at most four separators on, or one colon between two digits. */
function runAt(text: string, at: number): Run {
  const starts = [at];
  const ends = [digitsEnd(text, at)];
  for (;;) {
    const end = ends[ends.length - 1]!;
    let next = end;
    while (next - end < 4 && next < text.length && isSeparator(text.charCodeAt(next))) next++;
    if (next === end && text.charCodeAt(end) === 58) next = end + 1;
    if (next === end || !isDigit(text.charCodeAt(next))) return { starts, ends };
    starts.push(next);
    ends.push(digitsEnd(text, next));
  }
}

/** Whether the run from `at` has so few digits, and is no date, that it says nothing. */
function isShort(text: string, at: number, dates: number): boolean {
  let digits = 0;
  let groups = 1;
  for (let next = at; next < text.length; ) {
    if (isDigit(text.charCodeAt(next))) {
      next++;
      if (++digits >= 7) return false;
      continue;
    }
    const end = next;
    while (next - end < 4 && next < text.length && isSeparator(text.charCodeAt(next))) next++;
    if (next === end && text.charCodeAt(end) === 58) next = end + 1;
    if (next === end || !isDigit(text.charCodeAt(next))) break;
    groups++;
  }
  return groups < 3 || digits < dates;
}

const year = '(?:19|20)\\d\\d';
const time = '(?:[01]?\\d|2[0-4])[:.][0-5]\\d';
const clock = '(?:[01]?\\d|2[0-4]):[0-5]\\d';
const dash = '\\s?[-\\u2010-\\u2015\\u2212]\\s?';
/** From one year to another, from one time of the day to another, a few times, or a day and its time. */
const moments = new RegExp(
  `^(?:${year}(?:${dash}|\\s?[/\\n]\\s?)${year}|${time}(?:${dash}|/)${time}|` +
    `(?:\\d\\d?[-/]\\d\\d? )?${clock}(?:(?:${dash}|\\s{1,2}|/)${clock}){0,3})$`,
);
/** No text of moments is longer; what is, is not tried. */
const longestMoments = 48;

/** The 11-test of the burgerservicenummer. */
function isBsn(number: string): boolean {
  if (number.length !== 8 && number.length !== 9) return false;
  const padded = number.padStart(9, '0');
  let sum = -Number(padded[8]);
  for (let i = 0; i < 8; i++) sum += (9 - i) * Number(padded[i]);
  return sum % 11 === 0;
}

/** What was announced just before. */
export interface Announced {
  birth: boolean;
  bsn: boolean;
  vnumber: boolean;
}

/** A telephone number that begins with group `first`: the number of the group behind it, or 0. */
function phoneFrom(text: string, { starts, ends }: Run, first: number): number {
  const start = starts[first]!;
  const plus = start > 0 && text[start - 1] === '+';
  const code = text.charCodeAt(start);
  if (!plus && code !== 48) return 0;
  // No number has a third nought here.
  const second = text.charCodeAt(ends[first]! - start > 1 ? start + 1 : (starts[first + 1] ?? start));
  if (
    !plus &&
    second === 48 &&
    text.charCodeAt(ends[first]! - start > 2 ? start + 2 : (starts[first + 1] ?? start)) === 48
  )
    return 0;
  // 09:00 and 08.30 are times; 06 is a mobile one.
  const short = ends[first]! - start === 2 && !plus;
  if (short && text[start + 1] !== '6' && ':.'.includes(text[ends[first]!] ?? ' ')) return 0;
  let number = '';
  let best = 0;
  for (let group = first; group < starts.length && number.length <= 16; group++) {
    number += text.slice(starts[group], ends[group]);
    if (isWhole(number, plus)) best = group + 1;
    // A foreign number is as long as it is written, within what exists.
    else if (best > 0) break;
  }
  return best;
}
function isWhole(number: string, plus: boolean): boolean {
  if (!plus && number[0] === '0' && number[1] !== '0') {
    const service = number[1] === '8' || number[1] === '9';
    if (service && number[2] === '0')
      return number.length === 8 || number.length === 11 || number.length === 10;
    return number.length === 10;
  }
  const from = plus ? 0 : 2;
  if (number[from] === '0' || number[from] === undefined) return false;
  if (number.startsWith('31', from)) return number.length === from + (number[from + 2] === '0' ? 12 : 11);
  const rest = number.length - from;
  return rest >= 8 && rest <= 15 && (plus || rest >= 9);
}

/** Day, month and year, or the other way round, from group `first` on: with the same sign between. */
function isDate(text: string, { starts, ends }: Run, first: number, shortYear: boolean): boolean {
  if (first + 2 >= starts.length) return false;
  const digits = (step: number) => ends[first + step]! - starts[first + step]!;
  if (digits(1) > 2 || (digits(0) !== 4 && digits(2) !== 4 && !(shortYear && digits(2) === 2))) return false;
  const [a, b, c] = [0, 1, 2].map((step) => text.slice(starts[first + step], ends[first + step])) as [
    string,
    string,
    string,
  ];
  const between = (step: number) => text.slice(ends[first + step], starts[first + step + 1]);
  const sign = between(0);
  if (sign !== between(1) || sign.length > 3) return false;
  if (a.length > 4 || b.length > 2 || c.length > 4) return false;
  const isYear = (part: string) => part.length === 4 && Number(part) >= 1850 && Number(part) < 2100;
  const isDay = (part: string) => part.length <= 2 && Number(part) >= 1 && Number(part) <= 31;
  const isMonth = Number(b) >= 1 && Number(b) <= 12;
  if (isMonth && isDay(a) && (isYear(c) || (shortYear && c.length === 2))) return true;
  return isMonth && isYear(a) && isDay(c);
}

function labelOf(number: string, { birth, bsn, vnumber }: Announced): string {
  if (vnumber && number.length === 10) return '[V-nummer]';
  if (birth && number.length === 8 && Number(number.slice(2, 4)) <= 12) return '[geboortedatum]';
  if (number.startsWith('06') || (number.startsWith('00') && number.length > 10)) return '[telefoonnummer]';
  return isBsn(number) || (bsn && number.length === 9) ? '[BSN]' : '[nummer]';
}

/** € 1.250.000 and 1.250.000 euro: only seven digits, so that no other number hides in it. */
function isAmount(text: string, { starts, ends }: Run, first: number, after: number): boolean {
  if (after - first !== 3) return false;
  const [start, end] = [starts[first]!, ends[after - 1]!];
  if (ends[first]! - start !== 1 || end - start !== 9 || text[start + 1] !== '.' || text[start + 5] !== '.')
    return false;
  const before = text
    .slice(Math.max(0, start - 5), start)
    .trimEnd()
    .toLowerCase();
  if (before.endsWith('€') || before.endsWith('eur')) return true;
  const word = skip(text, end, '', 2);
  return text.slice(word, lettersEnd(text, word)).toLowerCase() === 'euro';
}

/** A plus or bracket before a number belongs to it. */
function signsBefore(text: string, start: number): number {
  const plus = start > 0 && text[start - 1] === '+' ? start - 1 : start;
  return plus > 0 && text[plus - 1] === '(' ? plus - 1 : plus;
}

/**
 * Reads the digits from `at` on; gives what is personal among them and where to read on. Seven or more digits are
 * always personal, but for moments and amounts of money.
 */
export function numbersAt(
  text: string,
  at: number,
  announced: Announced,
  found: (part: Found) => void,
): number {
  if (isShort(text, at, announced.birth ? 4 : 6)) return digitsEnd(text, at);
  const run = runAt(text, at);
  const { starts, ends } = run;
  const total = starts.length;
  const end = ends[total - 1]!;
  if (end - at <= longestMoments && moments.test(text.slice(at, end)) && !announced.birth) return end;
  const put = (first: number, after: number, label: string) =>
    found({ start: signsBefore(text, starts[first]!), end: ends[after - 1]!, label });
  /** The groups since the last that was found, up to `after`. */
  const rest = (first: number, after: number) => {
    if (first === after) return;
    let number = '';
    for (let group = first; group < after; group++) number += text.slice(starts[group], ends[group]);
    const whole = text.slice(starts[first], ends[after - 1]);
    if (number.length < 7 || isAmount(text, run, first, after)) return;
    if (whole.length <= longestMoments && moments.test(whole)) return;
    // An O for the nought of a mobile number.
    const letter = first === 0 && number.length === 9 && number[0] === '6' && startsWithO(text, at);
    const start = letter ? at - 1 : signsBefore(text, starts[first]!);
    const label = letter ? '[telefoonnummer]' : labelOf(number, announced);
    found({ start, end: ends[after - 1]!, label });
  };
  let pending = 0;
  let left = 0;
  for (let group = 0; group < total; ) {
    const phone = phoneFrom(text, run, group);
    if (phone > 0) {
      rest(pending, group);
      put(group, phone, '[telefoonnummer]');
      group = pending = phone;
      left = ends[group - 1]!;
    } else if (isDate(text, run, group, announced.birth)) {
      rest(pending, group);
      put(group, group + 3, announced.birth ? '[geboortedatum]' : '[datum]');
      group = pending = group + 3;
      left = ends[group - 1]!;
    } else group++;
  }
  let digits = 0;
  for (let group = pending; group < total && digits < 7; group++) digits += ends[group]! - starts[group]!;
  if (digits >= 7) {
    rest(pending, total);
    return end;
  }
  // Too few digits for a number by themselves; each may begin something else.
  return pending === 0 ? ends[0]! : left;
}
const startsWithO = (text: string, at: number) =>
  at > 0 && (text.charCodeAt(at - 1) | 32) === 111 && !(at > 1 && lettersEnd(text, at - 2) > at - 2);

const months = new Set(
  (
    'jan feb mrt apr mei jun jul aug sep sept okt nov dec januari februari maart april juni juli augustus september oktober ' +
    'november december january february march may june july august october'
  ).split(' '),
);

/** 12 mei 1980, behind a word that announces a day of birth. */
export function writtenDateAt(text: string, at: number): Found | null {
  const day = digitsEnd(text, at);
  if (day - at > 2) return null;
  const month = skip(text, day, '-.', 3);
  const monthEnd = lettersEnd(text, month);
  if (monthEnd - month > 9 || !months.has(text.slice(month, monthEnd).toLowerCase())) return null;
  const year = skip(text, monthEnd, '-.', 3);
  const end = digitsEnd(text, year);
  if (end - year !== 4 && end - year !== 2) return { start: at, end: monthEnd, label: '[geboortedatum]' };
  return { start: at, end, label: '[geboortedatum]' };
}

const digitWords = new Set('nul een één twee drie vier vijf zes zeven acht negen'.split(' '));

/** Seven or more digits as words, one after the other. */
export function spelledAt(text: string, at: number): Found | null {
  let count = 0;
  let end = at;
  let first = '';
  for (let next = at; next < text.length; ) {
    const word = lettersEnd(text, next);
    if (word - next > 5 || word === next) break;
    const spoken = text.slice(next, word).toLowerCase();
    if (!digitWords.has(spoken)) break;
    first ||= spoken;
    count++;
    end = word;
    const gap = skip(text, word, ',.-', 3);
    if (gap === word) break;
    next = gap;
  }
  if (count < 7) return null;
  return { start: at, end, label: first === 'nul' ? '[telefoonnummer]' : '[nummer]' };
}
