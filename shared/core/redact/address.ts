import {
  type Codes,
  digitsEnd,
  type Found,
  isDash,
  isDigit,
  isLetter,
  isOneOf,
  isSpace,
  isUpper,
  isWord,
  lettersEnd,
  skip,
  skipBack,
  wordEnd,
  wordStart,
} from './characters.ts';
import { isSmall, reads, Words } from './words.ts';

const nought = 48;
const point = 46;
const percent = 37;
/** Two small letters behind four digits that are a word and no part of a postcode. */
const twoLetters = new Words(
  'is en de op in om na te er ik we ze je of nu al zo ja nr km kg mg ml mm cm px gb mb kb kw m2 uw hi ha ok ie wo do di ma vr za zo',
);
const postWords = new Words('postcode pc');
const joining = new Words('met en');
const houseWords = new Words('nr nummer huisnummer');
const numberWords = new Words('huisnummer huisnr nummer nr no op met en');

/** A postcode that begins at `at`: where it ends, or 0. Small letters apart from the digits only after `cued`. */
function postcodeEnd(text: Codes, at: number, cued: boolean): number {
  const digits = digitsEnd(text, at);
  if (digits - at !== 4 || text[at] === nought) return 0;
  let letters = digits;
  while (letters - digits < 2 && (isSpace(text[letters]!) || isDash(text[letters]!))) letters++;
  const end = lettersEnd(text, letters);
  if (end - letters !== 2 || text[letters]! >= 0x80) return 0;
  // 2511BT70 is written as well, 2511BT7A0 is not.
  const capitals = isUpper(text[letters]!) && isUpper(text[letters + 1]!);
  if (!capitals && !cued && twoLetters.has(text, letters, end)) return 0;
  return end;
}

const additions = ['bis', 'hs', 'huis', 'zwart', 'rood'];
const isRoman = (code: number) => code === 73 || code === 86 || code === 88;
/** The words behind a house number and a space or dash: bis, hs, a Roman number, a letter from A to H. */
function isAddition(text: Codes, at: number, end: number): boolean {
  const code = text[at]!;
  if (code <= 90) {
    let roman = at;
    while (isRoman(text[roman]!)) roman++;
    return (roman === end && end - at <= 4) || (end - at === 1 && code >= 65 && code <= 72);
  }
  for (const word of additions)
    if (word.length === end - at && reads(text, at, word) && isSmall(text, at, end)) return true;
  return false;
}
/** Up to three digits and a letter or none, or a letter: what is joined to a house number. */
function isJoined(text: Codes, at: number, end: number): boolean {
  const digits = digitsEnd(text, at);
  if (digits - at > 3 || end - digits > 1) return false;
  return digits === end || (text[digits]! < 0x80 && isLetter(text[digits]!));
}

/** Behind a house number: a letter, bis, hs, another number behind a dash. */
function additionEnd(text: Codes, end: number): number {
  let next = end;
  if (isLetter(text[next]!)) {
    const letters = lettersEnd(text, next);
    return letters - next <= 3 && !isDigit(text[letters]!) ? letters : end;
  }
  const gap = skip(text, next, '-/', 2);
  if (gap === next) return end;
  next = gap;
  const after = wordEnd(text, next);
  if (after - next > 5 || after === next) return end;
  if (isLetter(text[next]!) && isAddition(text, next, after)) return after;
  return !isSpace(text[end]!) && isJoined(text, next, after) ? after : end;
}

/** A house number from `at` on: where it ends, its addition included, or 0. */
function houseNumberEnd(text: Codes, at: number): number {
  const end = digitsEnd(text, at);
  if (end === at || end - at > 5 || text[at] === nought) return 0;
  return additionEnd(text, end);
}

/** A postcode with the house number behind it, or a house number with the postcode behind it. */
export function postcodeAddressAt(text: Codes, at: number, cued: boolean): Found | null {
  const post = postcodeEnd(text, at, cued);
  if (post > 0) {
    let next = skip(text, post, ',;:-/', 4);
    for (let words = 0; words < 3 && isLetter(text[next]!); words++) {
      const word = lettersEnd(text, next);
      if (word - next > 10 || !numberWords.has(text, next, word)) return null;
      next = skip(text, word, '.:', 3);
    }
    const end = houseNumberEnd(text, next);
    if (end > 0 && !isMore(text, end)) return { start: at, end, label: '[adres]' };
    return null;
  }
  const house = houseNumberEnd(text, at);
  if (house === 0) return null;
  let next = skip(text, house, ',;', 4);
  let named = false;
  for (let words = 0; words < 3 && isLetter(text[next]!); words++) {
    const word = lettersEnd(text, next);
    if (!postWords.has(text, next, word) && !joining.has(text, next, word)) return null;
    named ||= postWords.has(text, next, word);
    next = skip(text, word, ':.', 3);
  }
  if (next === house) return null;
  const end = postcodeEnd(text, next, named);
  return end > 0 ? { start: numberWordStart(text, at), end, label: '[adres]' } : null;
}
/** The word nummer or huisnummer before a number goes along. */
function numberWordStart(text: Codes, at: number): number {
  const gap = skipBack(text, at, '.:', 3);
  const start = gap < at ? wordStart(text, gap, 12) : at;
  return gap - start > 1 && numberWords.has(text, start, gap) ? start : at;
}
/** What stands behind is part of a longer number, a time or an amount. */
const isMore = (text: Codes, end: number) =>
  isWord(text[end]!) || (isOneOf(':.,', text[end]!) && isDigit(text[end + 1]!)) || text[end] === percent;

const streetEnds =
  'straat laan weg plein gracht kade singel dijk pad hof steeg dreef plantsoen park ring markt akker veld poort ' +
  'brink haven boulevard allee werf oord wal burgwal baan heuvel horst kamp meent rade hage wetering zoom vaart sloot str ln';
/** By their last two letters. */
const endsBy: (string[] | undefined)[] = Array.from({ length: 32 * 32 }, () => undefined);
const pair = (last: number, before: number) => (before & 31) * 32 + (last & 31);
for (const part of streetEnds.split(' ')) {
  const key = pair(part.charCodeAt(part.length - 1), part.charCodeAt(part.length - 2));
  endsBy[key] = [...(endsBy[key] ?? []), part];
}
/** What streets end in whose last two letters are those before `end`. */
const endsAt = (text: Codes, end: number): string[] | undefined =>
  text[end - 1]! < 0x80 && text[end - 2]! < 0x80 && text[end - 1]! > 64 && text[end - 2]! > 64
    ? endsBy[pair(text[end - 1]!, text[end - 2]!)]
    : undefined;
/** Ends of streets that are a word by themselves: a street only with a capital. */
const streetWords = new Words(streetEnds);
/** Words that end like a street and are none. */
const noStreets = new Words(
  'milieustraat onderweg snelweg weg terugweg heenweg werkplein fietspad zebrapad voetpad wandelpad tegelpad bouwhof kerkhof ' +
    'gerechtshof hof autoweg spoorweg omweg vandaag winkelstraat hoofdweg zijstraat speelveld sportveld voetbalveld grasveld ' +
    'zwembad park speelplein schoolplein marktplein parkeerplein dorpsplein wachtstraat wasstraat baan glijbaan skatebaan ' +
    'atletiekbaan tennisbaan rijbaan weekmarkt vrijmarkt rommelmarkt kerstmarkt arbeidsmarkt woningmarkt jaarmarkt supermarkt ' +
    'haven jachthaven luchthaven telefoonkamp opvangkamp zomerkamp heliport paspoort sport transport rapport kring wandeling ' +
    'kroonring oefening halverwege waterweg toegangsweg ventweg halfweg bijzaak afval geval overal interval nederland ' +
    'industriepark pretpark wagenpark zonnepark windpark rotonde bedrijfshaven werf scheepswerf verkeersplein stadspark',
);
const units = new Words(
  'keer x uur uren min minuut minuten dag dagen week weken maand maanden jaar meter m km euro personen mensen persoon procent maal ' +
    'kinderen stuks seconden sterren etages lokalen hoog graden cm grote woningen verdiepingen verdieping van op tot m2 weer',
);
const particles = new Words("van de der den het ten ter 't te la le op aan in en");
const noNames = new Words(
  'op aan in bij van voor naar de het een en of ik wij mijn ons uw uit tegenover naast achter met over onder adres straat door tot om',
);

/** What kind of street the word from `begin` to `end` says that it is. */
function endingOf(text: Codes, begin: number, end: number): string | undefined {
  for (const part of endsAt(text, end) ?? [])
    if (part.length <= end - begin && reads(text, end - part.length, part)) return part;
  return undefined;
}
/** 1e, 2e: the first word of a name may be a number. */
const isOrdinal = (text: Codes, start: number, end: number) =>
  isDigit(text[start]!) && text[end - 1] === 101 && digitsEnd(text, start) === end - 1;

/** The street that ends at `end`, begun where its name begins, or -1. */
function streetStart(text: Codes, end: number, cued: boolean): number {
  const last = text[end - 1] === point ? end - 1 : end;
  const begin = wordStart(text, last, 40);
  // Laan van NOI, Plein 1944.
  if (last - begin < 2 || isDigit(text[begin]!)) return -1;
  const capital = isUpper(text[begin]!);
  const ending = endingOf(text, begin, last);
  const isStreet =
    ending !== undefined &&
    (capital ||
      (last - begin > ending.length + 2 &&
        (last < end || (ending !== 'str' && ending !== 'ln')) &&
        !streetWords.has(text, begin, last) &&
        !noStreets.has(text, begin, last)));
  let start = begin;
  let named = isStreet || (cued && capital);
  // Back over the name: capitals, particles between them, Laan van ….
  for (let steps = 0, at = begin; steps < 5; steps++) {
    const gap = skipBack(text, at, '.-', 2);
    if (gap === at || gap === 0) break;
    const before = wordStart(text, gap, 30);
    if (before === gap) break;
    const upper = isUpper(text[before]!) || isOrdinal(text, before, gap);
    at = before;
    if (upper && streetWords.has(text, before, gap)) {
      named = capital || named;
      if (capital || isStreet) start = before;
    } else if (
      particles.has(text, before, gap) &&
      !(upper && gap - before === 2 && reads(text, before, 'op'))
    ) {
      // A capital within a sentence belongs to the name: Van Speijkstraat.
      if (upper && ((gap - before === 2 && reads(text, before, 'de')) || isBehindWord(text, before)))
        start = before;
    } else if (upper && !noNames.has(text, before, gap)) {
      if (named || capital) start = before;
    } else break;
  }
  return named ? start : -1;
}
const isBehindWord = (text: Codes, at: number) => {
  const gap = skipBack(text, at, '', 2);
  return gap > 0 && isLetter(text[gap - 1]!);
};

/** A house number at `at` behind the name of a street; a postcode behind it goes along. */
export function streetAddressAt(text: Codes, at: number, cued: boolean): Found | null {
  if (at === 0 || !isSpace(text[at - 1]!)) return null;
  let nameEnd = skipBack(text, at, '', 3);
  const wordLast = nameEnd > 0 && text[nameEnd - 1] === point ? nameEnd - 1 : nameEnd;
  const wordBegin = wordStart(text, wordLast, 12);
  if (wordLast - wordBegin < 2) return null;
  if (houseWords.has(text, wordBegin, wordLast)) nameEnd = skipBack(text, wordBegin, ',', 3);
  else if (!cued && endsAt(text, wordLast) === undefined && !isNamed(text, wordBegin)) return null;
  const start = streetStart(text, nameEnd, cued);
  if (start < 0) return null;
  const end = houseNumberEnd(text, at);
  if (end === 0 || isMore(text, end)) return null;
  const next = skip(text, end, '', 2);
  const unit = lettersEnd(text, next);
  if (unit - next === 4 && reads(text, next, 'jaar')) return null;
  if (!cued && units.has(text, next, unit)) return null;
  const comma = skip(text, end, ',', 3);
  const post = isDigit(text[comma]!) ? postcodeEnd(text, comma, false) : 0;
  return { start, end: post || end, label: '[adres]' };
}
/** Laan van Meerdervoort, Plein van …: the kind of street stands before a name. */
function isNamed(text: Codes, at: number): boolean {
  if (skipBack(text, at, '', 2) === at) return false;
  let end = at + 3;
  while (isSpace(text[end - 1]!)) end--;
  return isUpper(text[at]!) || particles.has(text, at, end);
}
