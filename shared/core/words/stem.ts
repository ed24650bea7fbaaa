/**
 * The Snowball stemmer for Dutch that is called `dutch_porter` (`dutch` before Snowball 3): Martin Porter's algorithm,
 * https://snowballstem.org/algorithms/dutch_porter/stemmer.html. Written out here because the packages that have it
 * bring a container with a sentiment lexicon and a cache without end, or 868 kB and some thirty times the time per word.
 *
 * R1 is what follows the first consonant after a vowel, but begins at 3 or later; R2 is the same within R1. An ending
 * goes only when it lies in its region, so that short words stay whole.
 */
const vowels = 'aeiouyè';
const isVowel = (letter: string | undefined): boolean => letter !== undefined && vowels.includes(letter);
/** A consonant that is there: before the beginning of a word stands nothing. */
const isConsonant = (letter: string | undefined): boolean => letter !== undefined && !vowels.includes(letter);

const accents: Readonly<Record<string, string>> = {
  ...{ ä: 'a', á: 'a', ë: 'e', é: 'e', ï: 'i', í: 'i', ö: 'o', ó: 'o', ü: 'u', ú: 'u' },
};

/** The end of the first vowel and consonant after it, from `from` on; the length of the word when there is none. */
function afterVowelAndConsonant(word: string, from: number): number {
  let at = from;
  while (at < word.length && !isVowel(word[at])) at++;
  while (at < word.length && isVowel(word[at])) at++;
  return Math.min(at + 1, word.length);
}

/** An i between vowels and a y after a vowel or in front are consonants: capitals until the end. */
function markConsonants(word: string): string {
  const letters = [...word.replace(/[äáëéïíöóüú]/g, (letter) => accents[letter] ?? letter)];
  if (letters[0] === 'y') letters[0] = 'Y';
  for (let i = 0; i + 1 < letters.length; i++) {
    if (!isVowel(letters[i])) continue;
    if (letters[i + 1] === 'i' && isVowel(letters[i + 2])) letters[i + 1] = 'I';
    else if (letters[i + 1] === 'y') letters[i + 1] = 'Y';
  }
  return letters.join('');
}

const undouble = (word: string): string => (/(?:kk|dd|tt)$/.test(word) ? word.slice(0, -1) : word);
const longest = (word: string, endings: readonly string[]): string | undefined =>
  endings.find((ending) => word.endsWith(ending));

/** `length` letters off, if they lie in the region from `region` on. */
const cut = (word: string, length: number, region: number): string | null =>
  word.length - length >= region ? word.slice(0, word.length - length) : null;

function withoutEn(word: string, length: number, r1: number): string {
  const rest = cut(word, length, r1);
  return rest !== null && isConsonant(rest.at(-1)) && !rest.endsWith('gem') ? undouble(rest) : word;
}

function withoutE(word: string, r1: number): string {
  if (!word.endsWith('e')) return word;
  const rest = cut(word, 1, r1);
  return rest !== null && isConsonant(rest.at(-1)) ? undouble(rest) : word;
}

/** Plural and inflection: -heden, -en, -ene, -s, -se. */
function step1(word: string, r1: number): string {
  const ending = longest(word, ['heden', 'ene', 'en', 'se', 's']);
  if (!ending) return word;
  if (ending === 'en' || ending === 'ene') return withoutEn(word, ending.length, r1);
  const rest = cut(word, ending.length, r1);
  if (rest === null) return word;
  if (ending === 'heden') return `${rest}heid`;
  return isConsonant(rest.at(-1)) && !rest.endsWith('j') ? rest : word;
}

/** -heid, and the -en before it. */
function step3a(word: string, r1: number, r2: number): string {
  if (!word.endsWith('heid')) return word;
  const rest = cut(word, 4, r2);
  if (rest === null || rest.endsWith('c')) return word;
  return rest.endsWith('en') ? withoutEn(rest, 2, r1) : rest;
}

/** -end, -ing, -ig, -lijk, -baar, and -bar where an e was cut before. */
function step3b(word: string, r1: number, r2: number, eWasCut: boolean): string {
  const ending = longest(word, ['lijk', 'baar', 'end', 'ing', 'bar', 'ig']);
  const rest = ending ? cut(word, ending.length, r2) : null;
  if (!ending || rest === null) return word;
  if (ending === 'ig') return rest.endsWith('e') ? word : rest;
  if (ending === 'lijk') return withoutE(rest, r1);
  if (ending === 'bar') return eWasCut ? rest : word;
  if (ending === 'baar') return rest;
  const shorter = rest.endsWith('ig') ? cut(rest, 2, r2) : null;
  return shorter !== null && !shorter.endsWith('e') ? shorter : undouble(rest);
}

/** maan → man, brood → brod: so that it meets manen and broden. */
const step4 = (word: string): string =>
  /(?:^|[^aeiouyè])(?:aa|ee|oo|uu)[^aeiouyèI]$/.test(word) && isConsonant(word.at(-4))
    ? word.slice(0, -2) + word.slice(-1)
    : word;

/** The stem of one word in lower case. */
export function stem(word: string): string {
  const marked = markConsonants(word);
  const first = afterVowelAndConsonant(marked, 0);
  const r1 = Math.min(Math.max(first, 3), Math.max(marked.length, 3));
  const r2 = afterVowelAndConsonant(marked, first);
  const plural = step1(marked, r1);
  const withoutLastE = withoutE(plural, r1);
  const noun = step3a(withoutLastE, r1, r2);
  const bare = step3b(noun, r1, r2, withoutLastE !== plural);
  return step4(bare).replace(/[YI]/g, (letter) => letter.toLowerCase());
}
