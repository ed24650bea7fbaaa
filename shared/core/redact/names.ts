import { type Found, isDash, isLetter, isSpace, isUpper } from './characters.ts';

const set = (words: string) => new Set(words.split(' '));
const particles = set(
  "van de der den ter ten te 't het el al la le du di da bin ben ibn von zu zum op in vd v/d und del dos",
);
/** Words with a capital that are no name: the office, and what begins a sentence. */
const noNames = set(
  'burgerzaken gemeente balie loket publiekszaken werk inkomen wmo stadhuis digid telefoon wethouder burgemeester raad ' +
    'gemeenteraad college afdeling klantcontactcentrum kcc team heeft had was is zei wil kan moet mag komt gaf ging vond ' +
    'aan bij uit op in van voor met als en of maar want dat die dit deze een ik u wij we zij ze hij het de er hier daar ' +
    'nog niet ook al dan toen wat wie waar hoe waarom geen alle iedereen niemand inwoner burger gemeenten dank bedankt ' +
    'medewerker medewerkers iemand handhaving receptie beveiliging service dienst mevrouw meneer heer dames heren sorry ' +
    'belastingen toezicht vergunningen parkeren jeugd zorg receptioniste app website chat chatbot mijnoverheid ja nee',
);
/** Behind "mijn naam is": what is said of a name instead of a name. */
const saidOfNames = set(
  'niet verkeerd fout fouten haas goed mooi nog ook al een de het bekend onbekend veranderd gewijzigd en u je jullie jou mij ' +
    'anders foutief onjuist juist kwijt te zo dus geen wel steeds nu vaak door in op met bij als dat dit die volgens dan toch ' +
    'welkom uw mijn zijn haar hun er daar hier voor naar nooit altijd correct spelled wrong not misspelled yanlış zelf',
);
/** A second name in small letters is none of these. */
const goesOn = set(
  'ik en uit van wil kan heb ben was is wij we maar want die dat met voor uw u op in aan bij had moet mag woon kom zou en of dus',
);

const isNameSign = (code: number) => isLetter(code) || isDash(code) || code === 39 || code === 0x2019;

function nameWordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < 30 && isNameSign(text.charCodeAt(end))) end++;
  while (end > at && !isLetter(text.charCodeAt(end - 1))) end--;
  return end;
}

/**
 * A name from `at` on: words with a capital, initials, particles between. With `small`, up to two words in small
 * letters count as well.
 */
function nameFrom(text: string, at: number, small: boolean): Found | null {
  let next = at;
  let end = -1;
  let smalls = 0;
  for (let words = 0; words < 7; words++) {
    const word = nameWordEnd(text, next);
    if (word === next) break;
    const name = text.slice(next, word);
    const spoken = name.toLowerCase();
    const capital = isUpper(text.charCodeAt(next));
    const initial = capital && text[word] === '.' && word - next <= 2;
    if (initial) end = word + 1;
    else if (particles.has(spoken) && !(small && end < 0 && saidOfNames.has(spoken) && !capital)) {
      // A particle counts with the name behind it.
    } else if (capital) {
      if (noNames.has(spoken) || (end > 0 && saidOfNames.has(spoken))) break;
      end = word;
    } else if (small && smalls < 2 && word - next > 1 && !(smalls === 0 ? saidOfNames : goesOn).has(spoken)) {
      smalls++;
      end = word;
    } else break;
    next = initial ? word + 1 : word;
    const gap = next;
    while (next < text.length && next - gap < 2 && isSpace(text.charCodeAt(next)) && text[next] !== '\n')
      next++;
    if (gap === next && !initial) break;
  }
  return end > at ? { start: at, end, label: '[naam]' } : null;
}

const abbreviations = set('mevr mw mej dhr mr mrs ms fam');
const spacesFrom = (text: string, at: number, signs: string): number => {
  let next = at;
  while (
    next < text.length &&
    next - at < 6 &&
    (isSpace(text.charCodeAt(next)) || signs.includes(text[next]!))
  )
    next++;
  return next;
};

const before = (text: string, start: number, words: string): boolean => {
  const from = start - words.length;
  return (
    from >= 0 &&
    text.slice(from, start).toLowerCase() === words &&
    !(from > 0 && isLetter(text.charCodeAt(from - 1)))
  );
};

/** A name behind a word that announces one, which stands from `start` to `end`. */
export function nameAfter(text: string, cue: string, word: string, start: number, end: number): Found | null {
  switch (cue) {
    case 'name': {
      if (word === 'heet')
        return before(text, start, 'ik ') ? nameFrom(text, spacesFrom(text, end, ''), true) : null;
      if (text[end] === ':') return nameFrom(text, spacesFrom(text, end, ':'), true);
      if (word === 'ismim' || word === 'adım') return nameFrom(text, spacesFrom(text, end, ':'), false);
      const verb = spacesFrom(text, end, '');
      const is = /^(?:is|ist) /i.exec(text.slice(verb, verb + 4));
      if (!is) return null;
      const own = before(text, start, 'mijn ') || before(text, start, 'my ') || before(text, start, 'mein ');
      return nameFrom(text, spacesFrom(text, verb + is[0].length, ':'), own);
    }
    case 'title': {
      const at = spacesFrom(text, end, abbreviations.has(word) ? '.:' : '');
      if (at === end) return null;
      // "de mevrouw van de balie": with an article before it, what follows says which one.
      const told = before(text, start, 'de ') || before(text, start, 'die ') || before(text, start, 'een ');
      const first = text.slice(at, nameWordEnd(text, at));
      if (told && word !== 'heer' && particles.has(first)) return null;
      return nameFrom(text, at, false);
    }
    case 'greeting': {
      const at = spacesFrom(text, end, '.,:!-');
      return at > end ? nameFrom(text, at, false) : null;
    }
    case 'helped': {
      const told =
        (word === 'door' && before(text, start, 'geholpen ')) ||
        word === 'collega' ||
        word === 'tav' ||
        (word === 'v' && before(text, start, 't.a.')) ||
        (word === 'g' && before(text, start, 'm.v.'));
      const at = spacesFrom(text, end, word === 'door' || word === 'collega' ? '' : '.,:');
      return told && at > end ? nameFrom(text, at, false) : null;
    }
    default:
      return null;
  }
}
