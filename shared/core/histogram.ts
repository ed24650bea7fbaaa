/** Counts per answer: ten grades (index 0 is grade 1) and, kept apart, five smileys. Adding ratings is adding numbers. */
export const gradeCount = 10;
export const smileyCount = 5;
/** Ten grades followed by five smileys: the form in which both travel together. */
export const countsLength = gradeCount + smileyCount;

export type Counts = number[];
export const noCounts = (): Counts => new Array<number>(countsLength).fill(0);

/** Where an answer is counted. */
export const indexOfAnswer = (answer: {
  grade?: number | null | undefined;
  smiley?: number | null | undefined;
}): number => (answer.grade ? answer.grade - 1 : gradeCount + (answer.smiley ?? 0) - 1);

export function addCounts(into: Counts, counts: readonly number[]): void {
  for (let i = 0; i < countsLength; i++) into[i] = (into[i] ?? 0) + (counts[i] ?? 0);
}

export const gradesOf = (counts: readonly number[]): number[] => counts.slice(0, gradeCount);
export const smileysOf = (counts: readonly number[]): number[] => counts.slice(gradeCount, countsLength);

/** The grade that a smiley of 1 to 5 stands for, 1 to 10 in steps of 2.25: always shown as "berekend". */
export const gradeOfSmiley = (smiley: number): number => 1 + ((smiley - 1) * 9) / 4;

/** n, sum and sum of squares of a histogram whose bar `i` stands for the value `gradeOf(i + 1)`. */
export function moments(histogram: readonly number[], gradeOf: (step: number) => number = (step) => step) {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < histogram.length; i++) {
    const count = histogram[i] ?? 0;
    const value = gradeOf(i + 1);
    n += count;
    sum += count * value;
    squares += count * value * value;
  }
  return { n, sum, squares };
}
