import { type Codes, isDigit, isLetter } from './characters.ts';
import { isOdd } from './fold.ts';
import { reads } from './words.ts';

/** Words that say what stands behind them. `spelled` ones write an address or a number out. */
const words = {
  /** After these a name in small letters counts as well. */
  name: 'naam name voornaam achternaam heet ismim adım',
  title: 'mevrouw meneer mijnheer heer mevr mw mej juffrouw dhr mr mrs ms miss herr frau familie fam',
  greeting: 'groet groeten groetjes groetend mvg hoogachtend ondertekend regards',
  helped: 'door collega tav v g',
  birth: 'geboren geb geboortedatum gebdatum geboorte verjaardag born birthday dob',
  home: 'woon woont wonen wonend wonende woonde woonachtig adres huisadres woonadres',
  plate: 'kenteken kentekens kentekenplaat nummerplaat nummerbord',
  document:
    'paspoort paspoortnummer documentnummer identiteitskaart idkaart id rijbewijs rijbewijsnummer passport',
  bsn: 'bsn burgerservicenummer sofinummer sofi',
  vnumber: 'v vnummer vnr vreemdelingennummer',
  post: 'postcode postcodes pc',
  at: 'at apenstaart apenstaartje a',
  digit: 'nul een één twee drie vier vijf zes zeven acht negen',
} as const;
export type Cue = keyof typeof words;

export const nextHash = (hash: number, code: number): number => (hash * 31 + (code | 32)) | 0;
const hashOf = (word: string): number => {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = nextHash(hash, word.charCodeAt(at));
  return hash;
};

interface Telling {
  word: string;
  cue: Cue;
}
const cues = new Map<number, Telling[]>();
for (const [cue, list] of Object.entries(words) as [Cue, string][])
  for (const word of list.split(' ')) {
    const same = cues.get(hashOf(word));
    if (same) same.push({ word, cue });
    else cues.set(hashOf(word), [{ word, cue }]);
  }
const none: Telling[] = [];

/** What words of this hash say about what follows; a word may say two things (v: a V-number, or t.a.v.). */
export const cuesOf = (hash: number): Telling[] =>
  known[slot(hash)] === 1 ? (cues.get(hash) ?? none) : none;
/** Whether the word from `start` to `end`, which has its hash, is the one that tells. */
export const tells = ({ word }: Telling, text: Codes, start: number, end: number): boolean =>
  word.length === end - start && reads(text, start, word);

/** A first look, before the real one. */
const known = new Uint8Array(1024);
const slot = (hash: number) => (hash ^ (hash >>> 11)) & 1023;
for (const hash of cues.keys()) known[slot(hash)] = 1;

/** Words on their own that make a text without digits and @ worth reading. */
const telling = new Uint8Array(1024);
for (const cue of ['name', 'title', 'greeting', 'helped', 'at'] as const)
  for (const word of words[cue].split(' ')) if (word !== 'a') telling[slot(hashOf(word))] = 1;
telling[slot(hashOf('nul'))] = 1;

/** Whether anything in the text may be personal: one pass that most comments end with. */
export function mayHold(text: string): boolean {
  let hash = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if ((code | 32) >= 97 && (code | 32) <= 122) hash = (hash * 31 + (code | 32)) | 0;
    else {
      if (hash !== 0 && telling[slot(hash)] === 1 && cues.has(hash)) return true;
      hash = 0;
      // A digit, an @, (a) for one, an address with a query.
      if (isDigit(code) || code === 64) return true;
      if (code === 40 && text.charCodeAt(at + 2) === 41) return true;
      if ((code === 63 || code === 35) && at + 1 < length && isLetter(text.charCodeAt(at + 1))) return true;
      if (code >= 0x80) {
        if (isOdd(code)) return true;
        if (isLetter(code)) hash = 1;
      }
    }
  }
  return hash !== 0 && telling[slot(hash)] === 1 && cues.has(hash);
}
