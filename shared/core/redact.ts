import { postcodeAddressAt, streetAddressAt } from './redact/address.ts';
import { type Found, isDash, isDigit, isLetter, isSpace, isWord } from './redact/characters.ts';
import { type Cue, cuesOf, mayHold, nextHash } from './redact/cues.ts';
import { emailAt, spelledEmailAt, webAddressIn } from './redact/email.ts';
import { fold, isOdd } from './redact/fold.ts';
import { ibanAt } from './redact/iban.ts';
import { nameAfter } from './redact/names.ts';
import { numbersAt, spelledAt, writtenDateAt } from './redact/numbers.ts';
import { documentAt, plateAt } from './redact/plate.ts';

/** How far a word reaches that announces what follows, in characters. */
const reach = { birth: 40, home: 60, plate: 40, document: 40, bsn: 30, vnumber: 30, post: 15 };
type Announcing = keyof typeof reach;

/** Reads a text once, from left to right; every look around is of a bounded length, so time is linear. */
class Reading {
  readonly #text: string;
  #stored = '';
  /** Up to where the text is in what is stored, or replaced. */
  #done = 0;
  /** Up to where what a word announced is still near. */
  readonly #near: Record<Announcing, number> = {
    ...{ birth: -1, home: -1, plate: -1, document: -1, bsn: -1, vnumber: -1, post: -1 },
  };

  constructor(text: string) {
    this.#text = text;
  }

  #put = ({ start, end, label }: Found): number => {
    this.#stored += this.#text.slice(this.#done, Math.max(start, this.#done)) + label;
    this.#done = end;
    return end;
  };

  read(): string {
    const text = this.#text;
    /** The begin of what stands between spaces, and whether it was tried as a web address. */
    let piece = 0;
    let tried = false;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (isDigit(code)) at = this.#digits(at);
      else if (isLetter(code)) at = this.#word(at);
      else {
        if (isSpace(code)) {
          piece = at + 1;
          tried = false;
        } else if (code === 64) {
          const found = this.#webAddress(piece, at, tried) ?? emailAt(text, at, this.#done);
          tried = true;
          if (found) {
            at = this.#put(found);
            continue;
          }
        } else if ((code === 63 || code === 35) && !tried) {
          const found = this.#webAddress(piece, at, tried);
          tried = true;
          if (found) {
            at = this.#put(found);
            continue;
          }
        }
        at++;
      }
    }
    return this.#stored + text.slice(this.#done);
  }

  #webAddress(piece: number, at: number, tried: boolean): Found | null {
    if (tried) return null;
    let end = at;
    while (end < this.#text.length && !isSpace(this.#text.charCodeAt(end))) end++;
    const found = webAddressIn(this.#text, Math.max(piece, this.#done), end);
    return found && found.end > at ? found : null;
  }

  #digits(at: number): number {
    const text = this.#text;
    const near = this.#near;
    const inside = at > 0 && isWord(text.charCodeAt(at - 1));
    const found = inside
      ? null
      : (streetAddressAt(text, at, at <= near.home) ??
        postcodeAddressAt(text, at, at <= near.post) ??
        plateAt(text, at, at <= near.plate) ??
        (at <= near.birth ? writtenDateAt(text, at) : null));
    if (found) return this.#put(found);
    const announced = {
      birth: at <= near.birth,
      bsn: at <= near.bsn,
      vnumber: at <= near.vnumber,
    };
    return numbersAt(text, at, announced, this.#put);
  }

  #word(at: number): number {
    const text = this.#text;
    const near = this.#near;
    let end = at;
    let hash = 0;
    for (let code = text.charCodeAt(end); isLetter(code); code = text.charCodeAt(++end))
      hash = nextHash(hash, code);
    // Letters that a number may begin with: GB-001-B, NL91 ABNA …, NX1B2C3D4.
    const next = text.charCodeAt(end);
    const opens =
      isDigit(next) || ((isDash(next) || isSpace(next) || next === 46) && isWord(text.charCodeAt(end + 1)));
    if (end - at <= 5 && opens && !(at > 0 && isDigit(text.charCodeAt(at - 1))) && this.#digitsSoon(end)) {
      const found =
        (end - at <= 3 ? plateAt(text, at, at <= near.plate) : null) ??
        (end - at <= 2 ? ibanAt(text, at) : null) ??
        documentAt(text, at, at <= near.document);
      if (found) return this.#put(found);
    }
    for (const { cue, word } of cuesOf(hash, text, at, end)) {
      const found = this.#cue(cue, word, at, end);
      if (found) return this.#put(found);
    }
    return end;
  }

  /** Whether a digit comes before the word after next: else nothing that begins with letters is a number. */
  #digitsSoon(at: number): boolean {
    for (let next = at; next < at + 5; next++) if (isDigit(this.#text.charCodeAt(next))) return true;
    return false;
  }

  #cue(cue: Cue, word: string, start: number, end: number): Found | null {
    switch (cue) {
      case 'at':
        return spelledEmailAt(this.#text, start, end, this.#done);
      case 'digit':
        return spelledAt(this.#text, start);
      case 'name':
      case 'title':
      case 'greeting':
      case 'helped':
        return nameAfter(this.#text, cue, word, start, end);
      default:
        this.#near[cue] = end + reach[cue];
        return null;
    }
  }
}

/**
 * Takes personal data out of text before it is stored: a label such as `[telefoonnummer]` takes its place. Runs on the
 * server's doors, in the import and on the tablet; time is linear in the length of the text.
 *
 * Found are e-mail and web addresses, IBANs, telephone numbers, every run of seven or more digits (the 11-test only
 * chooses the label of a BSN), dates with a year, postcodes and streets with a house number, number plates, numbers of
 * passports, and names behind a word that announces one. Other names cannot be promised.
 */
export const redact = (text: string): string => settled(text, mostRounds);

/** So often at most it is begun anew when the second reading found something more, which is rare. */
const mostRounds = 3;
/** Not for texts that are longer than any that is kept, in characters: those are read twice and no more. */
const longestSettled = 10_000;

function settled(text: string, rounds: number): string {
  if (!mayHold(text)) return text;
  let odd = false;
  for (let at = 0; at < text.length && !odd; at++) odd = isOdd(text.charCodeAt(at));
  const plain = odd ? fold(text) : text;
  const stored = new Reading(plain).read();
  if (stored === plain) return stored;
  // What stood against a number stands against a label now, as against a space: it is read once more.
  const again = new Reading(stored).read();
  const result = odd ? fold(again) : again;
  const isDone = result === stored || rounds === 1 || text.length > longestSettled;
  return isDone ? result : settled(result, rounds - 1);
}
