import {
  type Codes,
  type Found,
  isDash,
  isOneOf,
  isSpace,
  isWord,
  lettersEnd,
  skip,
  skipBack,
  wordStart,
} from './characters.ts';
import { reads, Words } from './words.ts';

const point = 46;
const comma = 44;
/** What a written-out or half address may end in. */
const endings = new Words(
  'nl com net org eu be de info nu fr uk tr pl es it ch at ua amsterdam frl me io biz co',
);
const providers = new Words(
  'gmail hotmail outlook live ziggo kpnmail kpnplanet planet home xs4all yahoo icloud msn casema chello telfort quicknet upcmail online',
);
const points = new Words('punt dot');
const strokes = new Words('punt dot streepje underscore koppelteken');

const longestLocal = 64;
const localSigns = "._%+'’-";

/** Where a local part that ends at `end` begins. */
function localStart(text: Codes, end: number): number {
  let start = end;
  while (start > 0 && end - start < longestLocal) {
    const code = text[start - 1]!;
    if (!isWord(code) && !isOneOf(localSigns, code)) break;
    start--;
  }
  // A sentence before it is no part of it.
  while (start < end && isOneOf(localSigns, text[start]!)) start++;
  return start;
}

/** One label of a domain: where it ends. */
function labelEnd(text: Codes, at: number): number {
  let end = at;
  while (end - at < 63 && (isWord(text[end]!) || isDash(text[end]!))) end++;
  while (end > at && isDash(text[end - 1]!)) end--;
  return end;
}

/** Behind a label: the begin of the next one when a point, in whatever way, is between; or 0. */
function afterPoint(text: Codes, at: number): number {
  if (text[at] === point || (text[at] === comma && !isSpace(text[at + 1]!))) return at + 1;
  const next = skip(text, at, '([{', 3);
  if (next === at) return 0;
  const word = lettersEnd(text, next);
  if (points.has(text, next, word)) return skip(text, word, ')]}', 3);
  return 0;
}

/** The domain at `at`: where it ends, or 0 when there is none. */
function domainEnd(text: Codes, at: number, direct: boolean): number {
  let end = labelEnd(text, at);
  if (end === at) return 0;
  let whole = 0;
  const first = end;
  for (let labels = 0; labels < 8; labels++) {
    const next = afterPoint(text, end);
    if (next === 0) break;
    const written = text[end] !== point;
    const last = labelEnd(text, next);
    const letters = lettersEnd(text, next);
    if (last === next) break;
    if (letters === last && last - next >= 2 && last - next <= 24) {
      const known = endings.has(text, next, last);
      if (known || (direct && !written)) whole = last;
    } else if (direct && !written && letters - next >= 2) whole = letters;
    end = last;
  }
  if (whole > 0) return whole;
  return providers.has(text, at, first) ? first : 0;
}

/** An address around the @ at `at`. */
export function emailAt(text: Codes, at: number, from: number): Found | null {
  const left = skipBack(text, at, '', 2);
  const start = Math.max(from, localStart(text, left));
  if (start >= left) return null;
  const right = skip(text, at + 1, '', 2);
  const direct = right === at + 1;
  const end = domainEnd(text, right, direct);
  if (end === 0) return null;
  // Between spaces only a whole domain is enough: Groningen @ home is no address.
  const spaced = left !== at || !direct;
  if (spaced && end - right === labelEnd(text, right) - right) return null;
  return { start, end, label: '[e-mailadres]' };
}

/** An address around the word `at` or `apenstaartje` from `start` to `end`; `a` and `at` in brackets count as well. */
export function spelledEmailAt(text: Codes, start: number, end: number, from: number): Found | null {
  const bracketed = start > 0 && isOneOf('([{<', text[start - 1]!) && isOneOf(')]}>', text[end]!);
  if (end - start === 1 && !bracketed) return null;
  const left = skipBack(text, bracketed ? start - 1 : start, '', 2);
  const right = skip(text, bracketed ? end + 1 : end, '', 2);
  if (!bracketed && (left === start || right === end)) return null;
  const last = domainEnd(text, right, false);
  if (last === 0) return null;
  // The word at without brackets needs a whole domain.
  if (end - start === 2 && !bracketed && providers.has(text, right, last)) return null;
  let begin = localStart(text, left);
  if (begin === left) return null;
  for (let parts = 0; parts < 5; parts++) {
    const gap = skipBack(text, begin, '([{)]}', 3);
    const stroke = wordStart(text, gap, 12);
    if (gap === begin || !strokes.has(text, stroke, gap)) break;
    let before = skipBack(text, stroke, '([{)]}', 3);
    const lying = wordStart(text, before, 10);
    if (before - lying === 7 && reads(text, lying, 'liggend')) before = skipBack(text, lying, '', 2);
    const local = localStart(text, before);
    if (local === before) break;
    begin = local;
  }
  return { start: Math.max(from, begin), end: last, label: '[e-mailadres]' };
}

const opening = '([{<"\'«“‘';
const closing = '.,;:!?)]}>"\'»”’';
const slash = 47;

/**
 * A web address that says more than where: with a query, a fragment with a value, or a name before the @. `from` is the
 * begin of what stands between spaces, `end` its end.
 */
export function webAddressIn(text: Codes, from: number, end: number): Found | null {
  let start = from;
  while (start < end && isOneOf(opening, text[start]!)) start++;
  let last = end;
  while (last > start && isOneOf(closing, text[last - 1]!)) last--;
  let [scheme, query, fragment, value, dot, login] = [-1, -1, -1, -1, -1, false];
  /** Whether what stands between the scheme and the first slash is still being read. */
  let host = true;
  for (let at = start; at < last; at++) {
    const code = text[at]!;
    if (code === 58 && scheme < 0 && text[at + 1] === slash && text[at + 2] === slash && at + 2 < last) {
      scheme = at;
      at += 2;
      host = true;
    } else if (code === point) {
      if (query < 0 && at > start) dot = at;
    } else if (code === 61) value = at;
    else if (code === 64) login ||= scheme >= 0 && host;
    else if (code === 63 || code === 35 || code === slash) {
      host = false;
      if (code === 63 && query < 0) query = at;
      if (code === 35 && fragment < 0) fragment = at;
    }
  }
  const asks = query > start;
  const valued = value > query && value > fragment;
  const told = scheme > start || (text[start + 3] === point && start + 3 < last && reads(text, start, 'www'));
  const more = (asks && query < last - 1) || (fragment >= 0 && valued);
  if (told ? more || (scheme > start && login) : asks && valued && dot >= 0)
    return { start, end: last, label: '[webadres]' };
  return null;
}
