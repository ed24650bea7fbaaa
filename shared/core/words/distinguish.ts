/**
 * The words that set one group of comments apart from another: low grades from high ones, or the low grades of a new
 * period from those of the old.
 *
 * A term counts once per comment and needs at least five comments. Which |z| is beyond chance is not read from a table,
 * because many terms are looked at and they hang together: the comments are dealt anew over the two groups, 199 times,
 * and the largest |z| of all terms is noted each time. A term is named when its own |z| is beyond the 190th of those
 * 199; so with two groups that do not differ any term at all is named in at most 5 of 100 cases (Westfall and Young,
 * Resampling-Based Multiple Testing, 1993; the count of permutations plus one is a multiple of 20, so this is exact).
 */
import { type Corpus, isPair, partsOf, readCorpus, shownForms } from './corpus.ts';
import { zOf } from './fightin-words.ts';
import { seededRandom } from './random.ts';

export interface Doc<Id = number | string> {
  id: Id;
  text: string;
}

export interface DistinguishOptions {
  /** Comments, of both groups together, that a term must be in. */
  atLeast?: number;
  /** The chance to name any term where the groups do not differ. */
  alpha?: number;
  /** One less than a multiple of 1 / alpha. */
  permutations?: number;
  /** α0, the weight of the prior: 500 counts are what about thirty comments hold. */
  priorWeight?: number;
  seed?: number;
  /** At most so many terms, and so many comments to each. */
  limit?: number;
  examples?: number;
  /** A word is left out where a named pair with it has at least this share of its comments. */
  overlap?: number;
}

export interface Term<Id = number | string> {
  /** As it is written most often. */
  term: string;
  /** Above 0: more in group A. */
  z: number;
  /** Comments with it in both groups, and in each. */
  n: number;
  inA: number;
  inB: number;
  /** Comments of the group that it marks, no text twice, in the order in which they were given. */
  docs: Id[];
}

interface Counted {
  corpus: Corpus;
  /** Of every term: comments with it, all and in A. */
  total: Float64Array;
  inA: Float64Array;
  /** Terms with enough comments. */
  enough: Int32Array;
  /** Counts of all terms in A and in both. */
  nA: number;
  nAll: number;
}

function count(corpus: Corpus, sizeA: number, atLeast: number): Counted {
  const total = new Float64Array(corpus.terms.length);
  const inA = new Float64Array(corpus.terms.length);
  const nA = corpus.heldStarts[sizeA]!;
  corpus.held.forEach((term, i) => {
    total[term]!++;
    if (i < nA) inA[term]!++;
  });
  const enough = Int32Array.from(total.keys()).filter((term) => total[term]! >= atLeast);
  return { corpus, total, inA, enough, nA, nAll: corpus.held.length };
}

/** The terms of each comment that have enough comments, renumbered: what the permutations run over. */
function compact({ corpus, enough }: Counted) {
  const number = new Int32Array(corpus.terms.length).fill(-1);
  enough.forEach((term, i) => {
    number[term] = i;
  });
  const held = new Int32Array(corpus.held.length);
  const starts = new Int32Array(corpus.heldStarts.length);
  let length = 0;
  for (let comment = 0; comment + 1 < starts.length; comment++) {
    starts[comment] = length;
    for (let i = corpus.heldStarts[comment]!; i < corpus.heldStarts[comment + 1]!; i++) {
      const term = number[corpus.held[i]!]!;
      if (term >= 0) held[length++] = term;
    }
  }
  starts[starts.length - 1] = length;
  return { held, starts };
}

/** The |z| that chance stays within, with probability 1 − alpha, for all terms together. */
function threshold(
  counted: Counted,
  sizeA: number,
  priorWeight: number,
  options: DistinguishOptions,
): number {
  const { permutations = 199, alpha = 0.05, seed = 1 } = options;
  const { corpus, total, enough, nAll } = counted;
  const { held, starts } = compact(counted);
  const random = seededRandom(seed);
  const comments = corpus.heldStarts.length - 1;
  // |z| is the same when the groups change places, so only the smaller one is dealt and counted.
  const size = Math.min(sizeA, comments - sizeA);
  const order = Int32Array.from({ length: comments }, (_, i) => i);
  const dealt = new Float64Array(enough.length);
  const priors = Float64Array.from(enough, (term) => (priorWeight * total[term]!) / nAll);
  const largest = new Float64Array(permutations);
  for (let round = 0; round < permutations; round++) {
    dealt.fill(0);
    let n = 0;
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(random() * (comments - i));
      const comment = order[j]!;
      order[j] = order[i]!;
      order[i] = comment;
      n += corpus.heldStarts[comment + 1]! - corpus.heldStarts[comment]!;
      for (let k = starts[comment]!; k < starts[comment + 1]!; k++) dealt[held[k]!]!++;
    }
    let most = 0;
    for (let i = 0; i < enough.length; i++) {
      const y = dealt[i]!;
      const z = Math.abs(zOf(y, total[enough[i]!]! - y, n, nAll - n, priors[i]!, priorWeight));
      if (z > most) most = z;
    }
    largest[round] = most;
  }
  largest.sort();
  return largest[Math.ceil((1 - alpha) * (permutations + 1)) - 1] ?? Number.POSITIVE_INFINITY;
}

/** A word that is hardly ever written without the rest of a named pair says nothing beside that pair. */
function withoutEchoes(found: Found[], overlap: number): Found[] {
  const words = new Map(found.filter(({ key }) => !isPair(key)).map((term) => [term.key, term]));
  const echoes = new Set<Found>();
  for (const pair of found.filter(({ key }) => isPair(key))) {
    for (const part of partsOf(pair.key)) {
      const word = words.get(part);
      if (word && word.z > 0 === pair.z > 0 && pair.marked >= overlap * word.marked) echoes.add(word);
    }
  }
  return found.filter((term) => !echoes.has(term));
}

interface Found {
  id: number;
  key: number;
  z: number;
  /** Comments with it in the group that it marks. */
  marked: number;
}

/** Of each found term the first comments of its group; a text that many people sent alike is shown once. */
function examplesOf(
  found: Found[],
  corpus: Corpus,
  docs: readonly Doc<unknown>[],
  sizeA: number,
  most: number,
) {
  const examples = new Map<number, { texts: Set<string>; at: number[] }>();
  const wanted = new Map(found.map((term) => [term.id, term.z > 0]));
  for (let comment = 0; comment < docs.length; comment++) {
    for (let i = corpus.heldStarts[comment]!; i < corpus.heldStarts[comment + 1]!; i++) {
      const id = corpus.held[i]!;
      if (wanted.get(id) !== comment < sizeA) continue;
      const known = examples.get(id) ?? { texts: new Set<string>(), at: [] };
      examples.set(id, known);
      const text = docs[comment]!.text.toLowerCase().trim();
      if (known.at.length >= most || known.texts.has(text)) continue;
      known.texts.add(text);
      known.at.push(comment);
    }
  }
  return examples;
}

export function distinguish<Id>(
  groupA: readonly Doc<Id>[],
  groupB: readonly Doc<Id>[],
  options: DistinguishOptions = {},
): Term<Id>[] {
  const { atLeast = 5, priorWeight = 500, limit = 20, examples = 3, overlap = 0.9 } = options;
  const docs = [...groupA, ...groupB];
  const sizeA = groupA.length;
  if (sizeA === 0 || groupB.length === 0) return [];
  const corpus = readCorpus(docs.map(({ text }) => text));
  const counted = count(corpus, sizeA, atLeast);
  const { total, inA, enough, nA, nAll } = counted;
  if (enough.length === 0) return [];
  const beyond = threshold(counted, sizeA, priorWeight, options);

  const found: Found[] = [];
  for (const id of enough) {
    const [all, a] = [total[id]!, inA[id]!];
    const z = zOf(a, all - a, nA, nAll - nA, (priorWeight * all) / nAll, priorWeight);
    if (Math.abs(z) > beyond) found.push({ id, key: corpus.terms[id]!, z, marked: z > 0 ? a : all - a });
  }
  const named = withoutEchoes(found, overlap)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || a.key - b.key)
    .slice(0, limit);
  const forms = shownForms(corpus, new Set(named.map(({ key }) => key)));
  const shown = examplesOf(named, corpus, docs, sizeA, examples);
  return named.map(({ id, key, z }) => ({
    term: forms.get(key)!,
    z,
    n: total[id]!,
    inA: inA[id]!,
    inB: total[id]! - inA[id]!,
    docs: (shown.get(id)?.at ?? []).map((comment) => docs[comment]!.id),
  }));
}
