import {
  type Found,
  isDash,
  isLetter,
  isSpace,
  isWord,
  lettersEnd,
  skip,
  skipBack,
  wordStart,
} from './characters.ts';

const set = (words: string) => new Set(words.split(' '));
/** What a written-out or half address may end in. */
const endings = set('nl com net org eu be de info nu fr uk tr pl es it ch at ua amsterdam frl me io biz co');
const providers = set(
  'gmail hotmail outlook live ziggo kpnmail kpnplanet planet home xs4all yahoo icloud msn casema chello telfort quicknet upcmail online',
);
const points = set('punt dot');
const strokes = set('punt dot streepje underscore koppelteken');

const longestLocal = 64;
const localSigns = "._%+'’-";

/** Where a local part that ends at `end` begins. */
function localStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < longestLocal) {
    const code = text.charCodeAt(start - 1);
    if (!isWord(code) && !localSigns.includes(text[start - 1]!)) break;
    start--;
  }
  // A sentence before it is no part of it.
  while (start < end && localSigns.includes(text[start]!)) start++;
  return start;
}

/** One label of a domain: where it ends. */
function labelEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < 63 && (isWord(text.charCodeAt(end)) || isDash(text.charCodeAt(end))))
    end++;
  while (end > at && isDash(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Behind a label: the begin of the next one when a point, in whatever way, is between; or 0. */
function afterPoint(text: string, at: number, loose: boolean): number {
  if (text[at] === '.' || (text[at] === ',' && !isSpace(text.charCodeAt(at + 1)))) return at + 1;
  const next = skip(text, at, '([{', 3);
  if (next === at && !loose) return 0;
  const word = lettersEnd(text, next);
  if (word > next && word - next < 5 && points.has(text.slice(next, word).toLowerCase()))
    return skip(text, word, ')]}', 3);
  if (loose && text[next] === '.' && isLetter(text.charCodeAt(skip(text, next + 1, '', 2))))
    return skip(text, next + 1, '', 2);
  return 0;
}

/** The domain at `at`: where it ends, or 0 when there is none. */
function domainEnd(text: string, at: number, direct: boolean): number {
  let end = labelEnd(text, at);
  if (end === at) return 0;
  let whole = 0;
  const first = text.slice(at, end).toLowerCase();
  for (let labels = 0; labels < 8; labels++) {
    const next = afterPoint(text, end, false);
    if (next === 0) break;
    const written = text[end] !== '.';
    const last = labelEnd(text, next);
    const letters = lettersEnd(text, next);
    if (last === next) break;
    if (letters === last && last - next >= 2 && last - next <= 24) {
      const known = endings.has(text.slice(next, last).toLowerCase());
      if (known || (direct && !written)) whole = last;
    } else if (direct && !written && letters - next >= 2) whole = letters;
    end = last;
  }
  if (whole > 0) return whole;
  return providers.has(first) ? at + first.length : 0;
}

/** An address around the @ at `at`. */
export function emailAt(text: string, at: number, from: number): Found | null {
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
export function spelledEmailAt(text: string, start: number, end: number, from: number): Found | null {
  const word = text.slice(start, end).toLowerCase();
  const bracketed =
    start > 0 && '([{<'.includes(text[start - 1]!) && end < text.length && ')]}>'.includes(text[end]!);
  if (word === 'a' && !bracketed) return null;
  const left = skipBack(text, bracketed ? start - 1 : start, '', 2);
  const right = skip(text, bracketed ? end + 1 : end, '', 2);
  if (!bracketed && (left === start || right === end)) return null;
  const last = domainEnd(text, right, false);
  if (last === 0) return null;
  // The word at without brackets needs a whole domain.
  if (word === 'at' && !bracketed && providers.has(text.slice(right, last).toLowerCase())) return null;
  let begin = localStart(text, left);
  if (begin === left) return null;
  for (let parts = 0; parts < 5; parts++) {
    const gap = skipBack(text, begin, '([{)]}', 3);
    const stroke = wordStart(text, gap, 12);
    if (gap === begin || stroke === gap || !strokes.has(text.slice(stroke, gap).toLowerCase())) break;
    let before = skipBack(text, stroke, '([{)]}', 3);
    const lying = wordStart(text, before, 10);
    if (text.slice(lying, before).toLowerCase() === 'liggend') before = skipBack(text, lying, '', 2);
    const local = localStart(text, before);
    if (local === before) break;
    begin = local;
  }
  return { start: Math.max(from, begin), end: last, label: '[e-mailadres]' };
}

const closing = '.,;:!?)]}>"\'»”’';

/**
 * A web address that says more than where: with a query, a fragment with a value, or a name before the @. `from` is the
 * begin of what stands between spaces, `end` its end.
 */
export function webAddressIn(text: string, from: number, end: number): Found | null {
  let start = from;
  while (start < end && '([{<"\'«“‘'.includes(text[start]!)) start++;
  let last = end;
  while (last > start && closing.includes(text[last - 1]!)) last--;
  const address = text.slice(start, last);
  const scheme = address.indexOf('://');
  const www = /^www\./i.test(address);
  const query = address.indexOf('?');
  const value = address.indexOf('=', Math.max(query, address.indexOf('#')));
  const told = scheme > 0 || www;
  const more = (query > 0 && query < address.length - 1) || (address.includes('#') && value > 0);
  const login = scheme > 0 && /^[^/?#]*@/.test(address.slice(scheme + 3));
  if (told ? more || login : query > 0 && value > query && address.lastIndexOf('.', query) > 0)
    return { start, end: last, label: '[webadres]' };
  return null;
}
