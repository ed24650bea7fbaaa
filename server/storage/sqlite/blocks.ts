import { countsLength, gradeCount } from '#shared/core/histogram.ts';

/** The roll-ups of one day or third on one level. Rows of one combination add up. */
export interface Block {
  version: number;
  /** Rows of grades with counts below 32: the first five counts in `low`, five bits each, the others in `high`. */
  packed: { combination: Uint32Array; low: Uint32Array; high: Uint32Array };
  /** The others, `countsLength` counts each; below 0 in a row of open hours where something was taken away. */
  whole: { combination: Uint32Array; counts: Int32Array };
}

export const bits = 5;
export const most = 2 ** bits - 1;
/** How many counts a word has. */
export const half = gradeCount / 2;

export const blockOf = (version: number, packed: number, whole: number): Block => ({
  version,
  packed: {
    combination: new Uint32Array(packed),
    low: new Uint32Array(packed),
    high: new Uint32Array(packed),
  },
  whole: { combination: new Uint32Array(whole), counts: new Int32Array(whole * countsLength) },
});
export const none = blockOf(0, 0, 0);

/** Of a block besides its rows: five arrays and their buffers, measured over ten thousand. */
const ofItself = 1200;
/** What it takes of memory, in bytes: 12 for a packed row, 64 for another. */
export const bytesOf = ({ packed, whole }: Block): number =>
  ofItself + packed.combination.length * 12 + whole.combination.length * 4 * (1 + countsLength);

/** The target of a combination that is not asked for. */
export const notAsked = -1;

/** Adds the counts of every row to those that begin at the target of its combination. */
export function addBlock(
  { packed, whole }: Block,
  sign: 1 | -1,
  targets: Int32Array,
  counts: Int32Array,
): void {
  const { combination, low, high } = packed;
  for (let row = 0; row < combination.length; row++) {
    const at = targets[combination[row]!]!;
    if (at === notAsked) continue;
    let [first, second] = [low[row]!, high[row]!];
    for (let i = 0; i < half; i++) {
      counts[at + i]! += sign * (first & most);
      counts[at + i + half]! += sign * (second & most);
      first >>= bits;
      second >>= bits;
    }
  }
  for (let row = 0; row < whole.combination.length; row++) {
    const at = targets[whole.combination[row]!]!;
    if (at === notAsked) continue;
    for (let i = 0; i < countsLength; i++) counts[at + i]! += sign * whole.counts[row * countsLength + i]!;
  }
}

/** Adds blocks up: one row for each number that `into` gives. Combinations are numbers below `combinations`. */
export function sumOf(
  version: number,
  blocks: readonly Block[],
  combinations: number,
  into: (combination: number) => number,
): Block {
  const targets = new Int32Array(combinations).fill(notAsked);
  const found = new Map<number, number>();
  for (const { packed, whole } of blocks)
    for (const numbers of [packed.combination, whole.combination])
      for (const number of numbers) {
        if (targets[number] !== notAsked) continue;
        const sum = into(number);
        const at = found.get(sum) ?? found.size * countsLength;
        found.set(sum, at);
        targets[number] = at;
      }
  const counts = new Int32Array(found.size * countsLength);
  for (const block of blocks) addBlock(block, 1, targets, counts);
  return fitted(version, found, counts);
}

/** Packs the rows that can be. */
function fitted(version: number, found: ReadonlyMap<number, number>, counts: Int32Array): Block {
  const fits = (at: number): boolean => {
    let grades = 0;
    for (let i = 0; i < gradeCount; i++) grades |= counts[at + i]!;
    let smileys = 0;
    for (let i = gradeCount; i < countsLength; i++) smileys |= counts[at + i]!;
    return (grades & ~most) === 0 && smileys === 0;
  };
  const fitting = [...found.values()].filter(fits).length;
  const block = blockOf(version, fitting, found.size - fitting);
  const { packed, whole } = block;
  let [p, w] = [0, 0];
  for (const [number, at] of found)
    if (fits(at)) {
      packed.combination[p] = number;
      for (let i = half - 1; i >= 0; i--) {
        packed.low[p] = (packed.low[p]! << bits) | counts[at + i]!;
        packed.high[p] = (packed.high[p]! << bits) | counts[at + i + half]!;
      }
      p++;
    } else {
      whole.combination[w] = number;
      whole.counts.set(counts.subarray(at, at + countsLength), w++ * countsLength);
    }
  return block;
}
