import {
  digitsEnd,
  type Found,
  isDash,
  isDigit,
  isLetter,
  isSpace,
  isUpper,
  isWord,
  lettersEnd,
  skip,
  skipBack,
  wordEnd,
  wordStart,
} from './characters.ts';

const set = (words: string) => new Set(words.split(' '));
/** Two small letters behind four digits that are a word and no part of a postcode. */
const twoLetters = set(
  'is en de op in om na te er ik we ze je of nu al zo ja nr km kg mg ml mm cm px gb mb kb kw m2 uw hi ha ok ie wo do di ma vr za zo',
);
const numberWords = set('huisnummer huisnr nummer nr no op met en');

/** A postcode that begins at `at`: where it ends, or 0. Small letters apart from the digits only after `cued`. */
function postcodeEnd(text: string, at: number, cued: boolean): number {
  const digits = digitsEnd(text, at);
  if (digits - at !== 4 || text[at] === '0') return 0;
  let letters = digits;
  while (letters - digits < 2 && (isSpace(text.charCodeAt(letters)) || isDash(text.charCodeAt(letters))))
    letters++;
  const end = lettersEnd(text, letters);
  if (end - letters !== 2 || text.charCodeAt(letters) >= 0x80) return 0;
  // 2511BT70 is written as well, 2511BT7A0 is not.
  const word = text.slice(letters, end);
  const capitals = isUpper(text.charCodeAt(letters)) && isUpper(text.charCodeAt(letters + 1));
  if (!capitals && !cued && twoLetters.has(word.toLowerCase())) return 0;
  return end;
}

/** Behind a house number: a letter, bis, hs, another number behind a dash. */
function additionEnd(text: string, end: number): number {
  let next = end;
  if (isLetter(text.charCodeAt(next))) {
    const letters = lettersEnd(text, next);
    return letters - next <= 3 && !isDigit(text.charCodeAt(letters)) ? letters : end;
  }
  const gap = skip(text, next, '-/', 2);
  if (gap === next) return end;
  next = gap;
  const after = wordEnd(text, next);
  if (after - next > 5) return end;
  const word = text.slice(next, after);
  const joined = !isSpace(text.charCodeAt(end));
  if (isLetter(text.charCodeAt(next)) && /^(?:bis|hs|huis|zwart|rood|[IVX]{1,4}|[A-H])$/.test(word))
    return after;
  return joined && /^(?:\d{1,3}[a-z]?|[a-z])$/i.test(word) ? after : end;
}

/** A house number from `at` on: where it ends, its addition included, or 0. */
function houseNumberEnd(text: string, at: number): number {
  const end = digitsEnd(text, at);
  if (end === at || end - at > 5 || text[at] === '0') return 0;
  return additionEnd(text, end);
}

/** A postcode with the house number behind it, or a house number with the postcode behind it. */
export function postcodeAddressAt(text: string, at: number, cued: boolean): Found | null {
  const post = postcodeEnd(text, at, cued);
  if (post > 0) {
    let next = skip(text, post, ',;:-/', 4);
    for (let words = 0; words < 3 && isLetter(text.charCodeAt(next)); words++) {
      const word = lettersEnd(text, next);
      if (word - next > 10 || !numberWords.has(text.slice(next, word).toLowerCase())) return null;
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
  for (let words = 0; words < 3 && isLetter(text.charCodeAt(next)); words++) {
    const word = lettersEnd(text, next);
    const spoken = word - next > 8 ? '' : text.slice(next, word).toLowerCase();
    if (spoken !== 'postcode' && spoken !== 'pc' && spoken !== 'met' && spoken !== 'en') return null;
    named ||= spoken === 'postcode' || spoken === 'pc';
    next = skip(text, word, ':.', 3);
  }
  if (next === house) return null;
  const end = postcodeEnd(text, next, named);
  return end > 0 ? { start: numberWordStart(text, at), end, label: '[adres]' } : null;
}
/** The word nummer or huisnummer before a number goes along. */
function numberWordStart(text: string, at: number): number {
  const gap = skipBack(text, at, '.:', 3);
  const start = gap < at ? wordStart(text, gap, 12) : at;
  return numberWords.has(text.slice(start, gap).toLowerCase()) && gap - start > 1 ? start : at;
}
/** What stands behind is part of a longer number, a time or an amount. */
const isMore = (text: string, end: number) =>
  isWord(text.charCodeAt(end)) ||
  (':.,'.includes(text[end] ?? ' ') && isDigit(text.charCodeAt(end + 1))) ||
  text[end] === '%';

const streetEnds = (
  'straat laan weg plein gracht kade singel dijk pad hof steeg dreef plantsoen park ring markt akker veld poort ' +
  'brink haven boulevard allee werf oord wal burgwal baan heuvel horst kamp meent rade hage wetering zoom vaart sloot str ln'
).split(' ');
const abbreviated = set('str ln');
/** By their last two letters. */
const endsBy = new Map<string, string[]>();
for (const part of streetEnds) endsBy.set(part.slice(-2), [...(endsBy.get(part.slice(-2)) ?? []), part]);
/** Ends of streets that are a word by themselves: a street only with a capital. */
const streetWords = new Set(streetEnds);
/** Words that end like a street and are none. */
const noStreets = set(
  'milieustraat onderweg snelweg weg terugweg heenweg werkplein fietspad zebrapad voetpad wandelpad tegelpad bouwhof kerkhof ' +
    'gerechtshof hof autoweg spoorweg omweg vandaag winkelstraat hoofdweg zijstraat speelveld sportveld voetbalveld grasveld ' +
    'zwembad park speelplein schoolplein marktplein parkeerplein dorpsplein wachtstraat wasstraat baan glijbaan skatebaan ' +
    'atletiekbaan tennisbaan rijbaan weekmarkt vrijmarkt rommelmarkt kerstmarkt arbeidsmarkt woningmarkt jaarmarkt supermarkt ' +
    'haven jachthaven luchthaven telefoonkamp opvangkamp zomerkamp heliport paspoort sport transport rapport kring wandeling ' +
    'kroonring oefening halverwege waterweg toegangsweg ventweg halfweg bijzaak afval geval overal interval nederland ' +
    'industriepark pretpark wagenpark zonnepark windpark rotonde bedrijfshaven werf scheepswerf verkeersplein stadspark',
);
const units = set(
  'keer x uur uren min minuut minuten dag dagen week weken maand maanden jaar meter m km euro personen mensen persoon procent maal ' +
    'kinderen stuks seconden sterren etages lokalen hoog graden cm grote woningen verdiepingen verdieping van op tot m2 weer',
);
const particles = set("van de der den het ten ter 't te la le op aan in en");
const noNames = set(
  'op aan in bij van voor naar de het een en of ik wij mijn ons uw uit tegenover naast achter met over onder adres straat door tot om',
);

/** The street that ends at `end`, begun where its name begins, or -1. */
function streetStart(text: string, end: number, cued: boolean): number {
  let last = end;
  if (text[last - 1] === '.') last--;
  const begin = wordStart(text, last, 40);
  const word = text.slice(begin, last);
  const small = word.toLowerCase();
  if (word.length < 2 || isDigit(text.charCodeAt(begin))) {
    // Laan van NOI, Plein 1944.
    return -1;
  }
  const capital = isUpper(text.charCodeAt(begin));
  const ending = endsBy.get(small.slice(-2))?.find((part) => small.endsWith(part));
  const whole = ending !== undefined && streetWords.has(small);
  let isStreet = false;
  if (
    ending !== undefined &&
    (capital || (!whole && !noStreets.has(small) && small.length > ending.length + 2))
  )
    isStreet = !abbreviated.has(ending) || text[end - 1] === '.' || capital;
  let start = begin;
  let named = isStreet || (cued && capital);
  // Back over the name: capitals, particles between them, Laan van ….
  for (let steps = 0, at = begin; steps < 5; steps++) {
    const gap = skipBack(text, at, '.-', 2);
    if (gap === at || gap === 0) break;
    const before = wordStart(text, gap, 30);
    if (before === gap) break;
    const part = text.slice(before, gap);
    const spoken = part.toLowerCase();
    const first = text.charCodeAt(before);
    const upper = isUpper(first) || (isDigit(first) && /^\d+e$/.test(part));
    at = before;
    if (upper && streetWords.has(spoken)) {
      named = capital || named;
      if (capital || isStreet) start = before;
    } else if (particles.has(spoken) && !(upper && spoken === 'op')) {
      // A capital within a sentence belongs to the name: Van Speijkstraat.
      if (upper && (spoken === 'de' || isLetter(text.charCodeAt(skipBack(text, before, '', 2) - 1))))
        start = before;
    } else if (upper && !noNames.has(spoken)) {
      if (named || capital) start = before;
    } else break;
  }
  return named ? start : -1;
}

/** A house number at `at` behind the name of a street; a postcode behind it goes along. */
export function streetAddressAt(text: string, at: number, cued: boolean): Found | null {
  if (at === 0 || !isSpace(text.charCodeAt(at - 1))) return null;
  let nameEnd = skipBack(text, at, '', 3);
  const dot = nameEnd > 0 && text[nameEnd - 1] === '.' ? 1 : 0;
  const wordBegin = wordStart(text, nameEnd - dot, 12);
  if (nameEnd - dot - wordBegin < 2) return null;
  const spoken = text.slice(wordBegin, nameEnd - dot).toLowerCase();
  if (spoken === 'nr' || spoken === 'nummer' || spoken === 'huisnummer')
    nameEnd = skipBack(text, wordBegin, ',', 3);
  else if (!cued && !endsBy.has(spoken.slice(-2)) && !isNamed(text, wordBegin)) return null;
  const start = streetStart(text, nameEnd, cued);
  if (start < 0) return null;
  const end = houseNumberEnd(text, at);
  if (end === 0 || isMore(text, end)) return null;
  const next = skip(text, end, '', 2);
  const unitEnd = lettersEnd(text, next);
  if (unitEnd > next && unitEnd - next < 13) {
    const unit = text.slice(next, unitEnd).toLowerCase();
    if (unit === 'jaar' || (!cued && units.has(unit))) return null;
  }
  const comma = skip(text, end, ',', 3);
  const post = isDigit(text.charCodeAt(comma)) ? postcodeEnd(text, comma, false) : 0;
  return { start, end: post || end, label: '[adres]' };
}
/** Laan van Meerdervoort, Plein van …: the kind of street stands before a name. */
function isNamed(text: string, at: number): boolean {
  const gap = skipBack(text, at, '', 2);
  return (
    gap < at &&
    (isUpper(text.charCodeAt(at)) ||
      particles.has(
        text
          .slice(at, at + 3)
          .trim()
          .toLowerCase(),
      ))
  );
}
