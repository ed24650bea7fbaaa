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

export const size = { width: 240, height: 56, right: 30, top: 6 } as const;

export const xOf = (index: number, count: number): number =>
  count < 2 ? size.width / 2 : (index / (count - 1)) * size.width;
export const yOf = (value: number, [from, to]: readonly [number, number]): number =>
  size.top + (1 - (value - from) / (to - from)) * size.height;

/** Runs of neighbouring points that may be joined by a line: no gap and no change of method in between. */
export function runsOf(points: readonly SparkPoint[], breaks: readonly SparkBreak[]): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  points.forEach((point, index) => {
    if (breaks.some((each) => each.before === index) || point.value === null) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (point.value !== null) run.push(index);
  });
  if (run.length > 0) runs.push(run);
  return runs;
}
