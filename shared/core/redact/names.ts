import { type Codes, type Found, isDash, isLetter, isOneOf, isSpace, isUpper } from './characters.ts';
import { isSmall, reads, readsBefore, Words } from './words.ts';

const particles = new Words(
  "van de der den ter ten te 't het el al la le du di da bin ben ibn von zu zum op in vd v/d und del dos",
);
/** Words with a capital that are no name: the office, and what begins a sentence. */
const noNames = new Words(
  'burgerzaken gemeente balie loket publiekszaken werk inkomen wmo stadhuis digid telefoon wethouder burgemeester raad ' +
    'gemeenteraad college afdeling klantcontactcentrum kcc team heeft had was is zei wil kan moet mag komt gaf ging vond ' +
    'aan bij uit op in van voor met als en of maar want dat die dit deze een ik u wij we zij ze hij het de er hier daar ' +
    'nog niet ook al dan toen wat wie waar hoe waarom geen alle iedereen niemand inwoner burger gemeenten dank bedankt ' +
    'medewerker medewerkers iemand handhaving receptie beveiliging service dienst mevrouw meneer heer dames heren sorry ' +
    'belastingen toezicht vergunningen parkeren jeugd zorg receptioniste app website chat chatbot mijnoverheid ja nee',
);
/** Behind "mijn naam is": what is said of a name instead of a name. */
const saidOfNames = new Words(
  'niet verkeerd fout fouten haas goed mooi nog ook al een de het bekend onbekend veranderd gewijzigd en u je jullie jou mij ' +
    'anders foutief onjuist juist kwijt te zo dus geen wel steeds nu vaak door in op met bij als dat dit die volgens dan toch ' +
    'welkom uw mijn zijn haar hun er daar hier voor naar nooit altijd correct spelled wrong not misspelled yanlış zelf',
);
/** A second name in small letters is none of these. */
const goesOn = new Words(
  'ik en uit van wil kan heb ben was is wij we maar want die dat met voor uw u op in aan bij had moet mag woon kom zou en of dus',
);

const isNameSign = (code: number) => isLetter(code) || isDash(code) || code === 39 || code === 0x2019;

function nameWordEnd(text: Codes, at: number): number {
  let end = at;
  while (end - at < 30 && isNameSign(text[end]!)) end++;
  while (end > at && !isLetter(text[end - 1]!)) end--;
  return end;
}

const point = 46;
const colon = 58;

/**
 * A name from `at` on: words with a capital, initials, particles between. With `small`, up to two words in small
 * letters count as well.
 */
function nameFrom(text: Codes, at: number, small: boolean): Found | null {
  let next = at;
  let end = -1;
  let smalls = 0;
  for (let words = 0; words < 7; words++) {
    const word = nameWordEnd(text, next);
    if (word === next) break;
    const capital = isUpper(text[next]!);
    const initial = capital && text[word] === point && word - next <= 2;
    if (initial) end = word + 1;
    else if (
      particles.has(text, next, word) &&
      !(small && end < 0 && !capital && saidOfNames.has(text, next, word))
    ) {
      // A particle counts with the name behind it.
    } else if (capital) {
      if (noNames.has(text, next, word) || (end > 0 && saidOfNames.has(text, next, word))) break;
      end = word;
    } else if (
      small &&
      smalls < 2 &&
      word - next > 1 &&
      !(smalls === 0 ? saidOfNames : goesOn).has(text, next, word)
    ) {
      smalls++;
      end = word;
    } else break;
    next = initial ? word + 1 : word;
    const gap = next;
    while (next - gap < 2 && isSpace(text[next]!) && text[next] !== 10) next++;
    if (gap === next && !initial) break;
  }
  return end > at ? { start: at, end, label: '[naam]' } : null;
}

const abbreviations = new Set(['mevr', 'mw', 'mej', 'dhr', 'mr', 'mrs', 'ms', 'fam']);
const spacesFrom = (text: Codes, at: number, signs: string): number => {
  let next = at;
  while (next - at < 6 && (isSpace(text[next]!) || isOneOf(signs, text[next]!))) next++;
  return next;
};

/** A name behind a word that announces one, which stands from `start` to `end`. */
export function nameAfter(text: Codes, cue: string, word: string, start: number, end: number): Found | null {
  switch (cue) {
    case 'name': {
      if (word === 'heet')
        return readsBefore(text, start, 'ik ') ? nameFrom(text, spacesFrom(text, end, ''), true) : null;
      if (text[end] === colon) return nameFrom(text, spacesFrom(text, end, ':'), true);
      if (word === 'ismim' || word === 'adım') return nameFrom(text, spacesFrom(text, end, ':'), false);
      const verb = spacesFrom(text, end, '');
      const is = reads(text, verb, 'is ') ? 3 : reads(text, verb, 'ist ') ? 4 : 0;
      if (is === 0) return null;
      const own =
        readsBefore(text, start, 'mijn ') ||
        readsBefore(text, start, 'my ') ||
        readsBefore(text, start, 'mein ');
      return nameFrom(text, spacesFrom(text, verb + is, ':'), own);
    }
    case 'title': {
      const at = spacesFrom(text, end, abbreviations.has(word) ? '.:' : '');
      if (at === end) return null;
      // "de mevrouw van de balie": with an article before it, what follows says which one.
      const told =
        readsBefore(text, start, 'de ') ||
        readsBefore(text, start, 'die ') ||
        readsBefore(text, start, 'een ');
      if (told && word !== 'heer') {
        const first = nameWordEnd(text, at);
        if (isSmall(text, at, first) && particles.has(text, at, first)) return null;
      }
      return nameFrom(text, at, false);
    }
    case 'greeting': {
      const at = spacesFrom(text, end, '.,:!-');
      return at > end ? nameFrom(text, at, false) : null;
    }
    case 'helped': {
      const told =
        (word === 'door' && readsBefore(text, start, 'geholpen ')) ||
        word === 'collega' ||
        word === 'tav' ||
        (word === 'v' && readsBefore(text, start, 't.a.')) ||
        (word === 'g' && readsBefore(text, start, 'm.v.'));
      const at = spacesFrom(text, end, word === 'door' || word === 'collega' ? '' : '.,:');
      return told && at > end ? nameFrom(text, at, false) : null;
    }
    default:
      return null;
  }
}
