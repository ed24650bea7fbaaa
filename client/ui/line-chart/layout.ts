export interface ChartPoint {
  value: number | null;
  low: number | null;
  high: number | null;
  target?: number | undefined;
  /** It still gets ratings. */
  running?: boolean;
}

/** Positions in one go: interrupted where there is no value and where another way of asking begins. */
export function runsIn(
  points: readonly ChartPoint[],
  breaks: readonly number[],
  has: (point: ChartPoint) => boolean = ({ value }) => value !== null,
): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  for (const [index, point] of points.entries()) {
    if (breaks.includes(index) || !has(point)) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (has(point)) run.push(index);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** The part of the scale to show: whole or half grades, at least one wide, within 1 to 10. */
export function rangeOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [1, 10];
  let from = Math.max(1, Math.floor(Math.min(...values) * 2) / 2);
  let to = Math.min(10, Math.ceil(Math.max(...values) * 2) / 2);
  if (to - from < 1) {
    to = Math.min(10, to + 0.5);
    from = Math.max(1, to - 1);
  }
  return [from, to];
}

/** Marks on the grade axis: whole grades, or halves where few fit. */
export function ticksOf([from, to]: readonly [number, number]): number[] {
  const step = to - from <= 2.5 ? 0.5 : to - from <= 5 ? 1 : 2;
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to + 1e-9; tick += step) ticks.push(tick);
  return ticks;
}

/** Which positions get words below: so many as fit, evenly, the first of them included. */
export function labelled(count: number, room: number, width: number): number[] {
  const every = Math.max(1, Math.ceil((count * room) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}
