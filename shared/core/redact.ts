import { postcodeAddressAt, streetAddressAt } from './redact/address.ts';
import { type Codes, type Found, isDash, isDigit, isLetter, isSpace, isWord } from './redact/characters.ts';
import { type Cue, cuesOf, mayHold, nextHash, tells } from './redact/cues.ts';
import { emailAt, spelledEmailAt, webAddressIn } from './redact/email.ts';
import { fold, isOdd } from './redact/fold.ts';
import { ibanAt } from './redact/iban.ts';
import { nameAfter } from './redact/names.ts';
import { numbersAt, spelledAt, writtenDateAt } from './redact/numbers.ts';
import { Page } from './redact/page.ts';
import { documentAt, plateAt } from './redact/plate.ts';

/** How far a word reaches that announces what follows, in characters. */
const reach = { birth: 40, home: 60, plate: 40, document: 40, bsn: 30, vnumber: 30, post: 15 };
type Announcing = keyof typeof reach;

/** Reads a text once, from left to right; every look around is of a bounded length, so time is linear. */
class Reading {
  readonly #text: Codes;
  readonly #length: number;
  readonly #stored: Page;
  /** Up to where the text is in what is stored, or replaced. */
  #done = 0;
  /** Up to where what a word announced is still near. */
  readonly #near: Record<Announcing, number> = {
    ...{ birth: -1, home: -1, plate: -1, document: -1, bsn: -1, vnumber: -1, post: -1 },
  };

  constructor(text: Page, stored: Page) {
    this.#text = text.codes;
    this.#length = text.length;
    this.#stored = stored.clear();
  }

  #put = ({ start, end, label }: Found): number => {
    this.#stored.putPart(this.#text, this.#done, start);
    this.#stored.put(label);
    this.#done = end;
    return end;
  };

  /** Writes what is stored; whether anything was personal. */
  read(): boolean {
    const text = this.#text;
    /** The begin of what stands between spaces, and whether it was tried as a web address. */
    let piece = 0;
    let tried = false;
    for (let at = 0; at < this.#length; ) {
      const code = text[at]!;
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
    if (this.#done === 0) return false;
    this.#stored.putPart(text, this.#done, this.#length);
    this.#stored.close();
    return true;
  }

  #webAddress(piece: number, at: number, tried: boolean): Found | null {
    if (tried) return null;
    let end = at;
    while (end < this.#length && !isSpace(this.#text[end]!)) end++;
    const found = webAddressIn(this.#text, Math.max(piece, this.#done), end);
    return found && found.end > at ? found : null;
  }

  #digits(at: number): number {
    const text = this.#text;
    const near = this.#near;
    const inside = at > 0 && isWord(text[at - 1]!);
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
    for (let code = text[end]!; isLetter(code); code = text[++end]!) hash = nextHash(hash, code);
    // Letters that a number may begin with: GB-001-B, NL91 ABNA …, NX1B2C3D4.
    const next = text[end]!;
    const opens = isDigit(next) || ((isDash(next) || isSpace(next) || next === 46) && isWord(text[end + 1]!));
    if (end - at <= 5 && opens && !(at > 0 && isDigit(text[at - 1]!)) && this.#digitsSoon(end)) {
      const found =
        (end - at <= 3 ? plateAt(text, at, at <= near.plate) : null) ??
        (end - at <= 2 ? ibanAt(text, at) : null) ??
        documentAt(text, at, at <= near.document);
      if (found) return this.#put(found);
    }
    for (const telling of cuesOf(hash)) {
      if (!tells(telling, text, at, end)) continue;
      const found = this.#cue(telling.cue, telling.word, at, end);
      if (found) return this.#put(found);
    }
    return end;
  }

  /** Whether a digit comes before the word after next: else nothing that begins with letters is a number. */
  #digitsSoon(at: number): boolean {
    for (let next = at; next < at + 5; next++) if (isDigit(this.#text[next]!)) return true;
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
export function redact(text: string): string {
  if (!mayHold(text)) return text;
  const pages = text.length > longestSettled ? pagesOf(text.length) : kept;
  let stored = text;
  for (let round = 0; round < mostRounds; round++) {
    const { text: result, settled } = readTwice(stored, pages);
    for (const page of pages) page.wipe();
    if (settled || stored.length > longestSettled || !mayHold(result)) return result;
    stored = result;
  }
  return stored;
}

/** So often at most it is begun anew when the second reading found something more, which is rare. */
const mostRounds = 3;
/** Not for texts that are longer than any that is kept, in characters: those are read twice and no more. */
const longestSettled = 10_000;

const pagesOf = (room: number) => [new Page(room), new Page(room), new Page(room)] as const;
/** Used again and again; wiped, so that no comment stays on them. */
const kept = pagesOf(longestSettled);

/** What stood against a number stands against a label now, as against a space: so it is read once more. */
function readTwice(
  text: string,
  [first, second, third]: readonly [Page, Page, Page],
): { text: string; settled: boolean } {
  first.clear().put(text).close();
  const odd = hasOdd(first);
  const plain = odd ? fold(first, second) : first;
  const spare = odd ? first : second;
  if (!new Reading(plain, spare).read()) return { text: odd ? String(plain) : text, settled: true };
  const again = new Reading(spare, third).read() ? third : spare;
  if (!odd) return { text: String(again), settled: again === spare || again.equals(spare) };
  const folded = fold(again, plain);
  return { text: String(folded), settled: folded.equals(spare) };
}

function hasOdd({ codes, length }: Page): boolean {
  for (let at = 0; at < length; at++) if (isOdd(codes[at]!)) return true;
  return false;
}
