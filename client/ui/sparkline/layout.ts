export interface SparkPoint {
  /** Null where there were too few ratings: the line has a gap there. */
  value: number | null;
  /** The period still runs, so its figure still moves. */
  running?: boolean;
}
export interface SparkBreak {
  /** The method changed between position `before − 1` and `before`. */
  before: number;
  label: string;
}

/** Across in percent of the width, down in pixels. */
export const size = { height: 56, edge: 8 } as const;
export const full: number = size.height + 2 * size.edge;

export const xOf = (index: number, count: number): number => (count < 2 ? 50 : (index / (count - 1)) * 100);
export const yOf = (value: number, [from, to]: readonly [number, number]): number =>
  size.edge + (1 - (value - from) / (to - from)) * size.height;

/**
 * Runs of neighbouring points that may be joined by a line: no gap and no change of method in between. What still
 * runs is left out, because a few ratings can throw it far: it is joined by a fainter line.
 */
export function runsOf(points: readonly SparkPoint[], breaks: readonly SparkBreak[]): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  points.forEach((point, index) => {
    if (breaks.some((each) => each.before === index) || point.value === null || point.running) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (point.value !== null && !point.running) run.push(index);
  });
  if (run.length > 0) runs.push(run);
  return runs;
}
