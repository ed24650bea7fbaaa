import {
  type Codes,
  digitsEnd,
  type Found,
  isDigit,
  isOneOf,
  isSeparator,
  lettersEnd,
  skip,
  skipBack,
} from './characters.ts';
import { isMoments, Run } from './runs.ts';
import { reads, Words } from './words.ts';

/** One at a time is read, so one is enough. */
const run = new Run();

/** Whether the run from `at` has so few digits, and is no date, that it says nothing. */
function isShort(text: Codes, at: number, dates: number): boolean {
  let digits = 0;
  let groups = 1;
  for (let next = at; ; ) {
    if (isDigit(text[next]!)) {
      next++;
      if (++digits >= 7) return false;
      continue;
    }
    const end = next;
    while (next - end < 4 && isSeparator(text[next]!)) next++;
    if (next === end && text[end]! === 58) next = end + 1;
    if (next === end || !isDigit(text[next]!)) break;
    groups++;
  }
  return groups < 3 || digits < dates;
}

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

/** Of a number so many digits say what it is; there may be more of them. */
const telling = 11;
/** The digits of the groups from `first` up to `after`, no more than tell. */
function digitsOf(text: Codes, { starts, ends }: Run, first: number, after: number): string {
  let digits = '';
  for (let group = first; group < after && digits.length < telling; group++)
    for (let at = starts[group]!; at < ends[group]! && digits.length < telling; at++)
      digits += String.fromCharCode(text[at]!);
  return digits;
}

const plusSign = 43;
/** The digits that a telephone number begins with. */
const head = new Uint8Array(5);

/** A telephone number that begins with group `first`: the number of the group behind it, or 0. */
function phoneFrom(text: Codes, { starts, ends, count }: Run, first: number): number {
  const start = starts[first]!;
  const plus = start > 0 && text[start - 1] === plusSign;
  if (!plus && text[start] !== 48) return 0;
  // No number has a third nought here.
  const second = text[ends[first]! - start > 1 ? start + 1 : first + 1 < count ? starts[first + 1]! : start]!;
  if (
    !plus &&
    second === 48 &&
    text[ends[first]! - start > 2 ? start + 2 : first + 1 < count ? starts[first + 1]! : start]! === 48
  )
    return 0;
  // 09:00 and 08.30 are times; 06 is a mobile one.
  const short = ends[first]! - start === 2 && !plus;
  if (short && text[start + 1] !== 54 && isOneOf(':.', text[ends[first]!]!)) return 0;
  let length = 0;
  let best = 0;
  for (let group = first; group < count && length <= 16; group++) {
    const [begin, end] = [starts[group]!, ends[group]!];
    for (let at = begin; at < end && length + at - begin < head.length; at++)
      head[length + at - begin] = text[at]! - 48;
    length += end - begin;
    if (isWhole(length, plus)) best = group + 1;
    // A foreign number is as long as it is written, within what exists.
    else if (best > 0) break;
  }
  return best;
}
/** Whether a number of so many digits, which begins as `head` says, is all of a telephone number. */
function isWhole(length: number, plus: boolean): boolean {
  if (length < 4) return false;
  if (!plus && head[0] === 0 && head[1] !== 0) {
    const service = (head[1] === 8 || head[1] === 9) && head[2] === 0;
    return length === 10 || (service && (length === 8 || length === 11));
  }
  const from = plus ? 0 : 2;
  if (head[from] === 0) return false;
  if (head[from] === 3 && head[from + 1] === 1)
    return length === from + (length > from + 2 && head[from + 2] === 0 ? 12 : 11);
  const rest = length - from;
  return rest >= 8 && rest <= 15 && (plus || rest >= 9);
}

/** The number that the digits of group `group` are; only of a few digits. */
function amountOf(text: Codes, { starts, ends }: Run, group: number): number {
  let value = 0;
  for (let at = starts[group]!; at < ends[group]!; at++) value = value * 10 + text[at]! - 48;
  return value;
}

const isYear = (digits: number, value: number) => digits === 4 && value >= 1850 && value < 2100;
const isDay = (digits: number, value: number) => digits <= 2 && value >= 1 && value <= 31;

/** Day, month and year, or the other way round, from group `first` on: with the same sign between. */
function isDate(text: Codes, run: Run, first: number, shortYear: boolean): boolean {
  const { starts, ends, count } = run;
  if (first + 2 >= count) return false;
  const a = ends[first]! - starts[first]!;
  const b = ends[first + 1]! - starts[first + 1]!;
  const c = ends[first + 2]! - starts[first + 2]!;
  if (b > 2 || a > 4 || c > 4 || (a !== 4 && c !== 4 && !(shortYear && c === 2))) return false;
  const sign = starts[first + 1]! - ends[first]!;
  if (sign !== starts[first + 2]! - ends[first + 1]! || sign > 3) return false;
  for (let step = 0; step < sign; step++)
    if (text[ends[first]! + step] !== text[ends[first + 1]! + step]) return false;
  const month = amountOf(text, run, first + 1);
  if (month < 1 || month > 12) return false;
  const [begin, end] = [amountOf(text, run, first), amountOf(text, run, first + 2)];
  if (isDay(a, begin) && (isYear(c, end) || (shortYear && c === 2))) return true;
  return isYear(a, begin) && isDay(c, end);
}

function labelOf(number: string, { birth, bsn, vnumber }: Announced): string {
  if (vnumber && number.length === 10) return '[V-nummer]';
  if (birth && number.length === 8 && Number(number.slice(2, 4)) <= 12) return '[geboortedatum]';
  if (number.startsWith('06') || (number.startsWith('00') && number.length > 10)) return '[telefoonnummer]';
  return isBsn(number) || (bsn && number.length === 9) ? '[BSN]' : '[nummer]';
}

const euroSign = 0x20ac;
/** € 1.250.000 and 1.250.000 euro: only seven digits, so that no other number hides in it. */
function isAmount(text: Codes, { starts, ends }: Run, first: number, after: number): boolean {
  if (after - first !== 3) return false;
  const [start, end] = [starts[first]!, ends[after - 1]!];
  if (ends[first]! - start !== 1 || end - start !== 9 || text[start + 1] !== 46 || text[start + 5] !== 46)
    return false;
  const gap = skipBack(text, start, '', 4);
  if (gap > 0 && text[gap - 1] === euroSign) return true;
  if (start - gap < 3 && gap > 2 && reads(text, gap - 3, 'eur')) return true;
  const word = skip(text, end, '', 2);
  return lettersEnd(text, word) - word === 4 && reads(text, word, 'euro');
}

/** A plus or bracket before a number belongs to it. */
function signsBefore(text: Codes, start: number): number {
  const plus = start > 0 && text[start - 1] === plusSign ? start - 1 : start;
  return plus > 0 && text[plus - 1] === 40 ? plus - 1 : plus;
}

/**
 * Reads the digits from `at` on; gives what is personal among them and where to read on. Seven or more digits are
 * always personal, but for moments and amounts of money.
 */
export function numbersAt(
  text: Codes,
  at: number,
  announced: Announced,
  found: (part: Found) => void,
): number {
  if (isShort(text, at, announced.birth ? 4 : 6)) return digitsEnd(text, at);
  const { starts, ends, count: total } = run.read(text, at);
  const end = ends[total - 1]!;
  if (!announced.birth && isMoments(text, run, 0, total)) return end;
  const put = (first: number, after: number, label: string) =>
    found({ start: signsBefore(text, starts[first]!), end: ends[after - 1]!, label });
  /** The groups since the last that was found, up to `after`. */
  const rest = (first: number, after: number) => {
    if (first === after) return;
    const number = digitsOf(text, run, first, after);
    if (number.length < 7 || isAmount(text, run, first, after) || isMoments(text, run, first, after)) return;
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
const startsWithO = (text: Codes, at: number) =>
  at > 0 && (text[at - 1]! | 32) === 111 && !(at > 1 && lettersEnd(text, at - 2) > at - 2);

const months = new Words(
  'jan feb mrt apr mei jun jul aug sep sept okt nov dec januari februari maart april juni juli augustus september oktober ' +
    'november december january february march may june july august october',
);

/** 12 mei 1980, behind a word that announces a day of birth. */
export function writtenDateAt(text: Codes, at: number): Found | null {
  const day = digitsEnd(text, at);
  if (day - at > 2) return null;
  const month = skip(text, day, '-.', 3);
  const monthEnd = lettersEnd(text, month);
  if (!months.has(text, month, monthEnd)) return null;
  const year = skip(text, monthEnd, '-.', 3);
  const end = digitsEnd(text, year);
  if (end - year !== 4 && end - year !== 2) return { start: at, end: monthEnd, label: '[geboortedatum]' };
  return { start: at, end, label: '[geboortedatum]' };
}

const digitWords = new Words('nul een één twee drie vier vijf zes zeven acht negen');

/** Seven or more digits as words, one after the other. */
export function spelledAt(text: Codes, at: number): Found | null {
  let count = 0;
  let end = at;
  for (let next = at; ; ) {
    const word = lettersEnd(text, next);
    if (!digitWords.has(text, next, word)) break;
    count++;
    end = word;
    const gap = skip(text, word, ',.-', 3);
    if (gap === word) break;
    next = gap;
  }
  if (count < 7) return null;
  return { start: at, end, label: reads(text, at, 'nul') ? '[telefoonnummer]' : '[nummer]' };
}
