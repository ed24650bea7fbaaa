import type { Rhythm, RhythmCell } from '#shared/contract/rhythm.ts';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** The hours from the first to the last of the day that has ratings on any weekday. */
export function hoursOf({ cells }: Rhythm): number[] {
  const hours = cells.map(({ hour }) => hour);
  if (hours.length === 0) return [];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}

export const cellAt = ({ cells }: Rhythm, weekday: number, hour: number): RhythmCell | undefined =>
  cells.find((cell) => cell.weekday === weekday && cell.hour === hour);

/** How far a cell is from the mean, in five steps: −2 is lowest. Steps of a quarter point. */
export function stepOf(cell: RhythmCell, mean: number | null): number {
  if (cell.mean === null || mean === null) return 0;
  const steps = Math.round((cell.mean - mean) / 0.35);
  return Math.max(-2, Math.min(2, steps));
}

/** The hours that certainly lie above and below the mean, the farthest of each; 30 ratings at least. */
export function extremes(rhythm: Rhythm): { best: RhythmCell | null; worst: RhythmCell | null } {
  const { mean } = rhythm.total;
  const sure = rhythm.cells.filter(({ enough, mixedMethods }) => enough === 'yes' && !mixedMethods);
  const above = sure.filter(({ low }) => mean !== null && low !== null && low > mean);
  const below = sure.filter(({ high }) => mean !== null && high !== null && high < mean);
  const by = (a: RhythmCell, b: RhythmCell) => (a.mean ?? 0) - (b.mean ?? 0);
  return { best: above.sort(by).at(-1) ?? null, worst: below.sort(by)[0] ?? null };
}
