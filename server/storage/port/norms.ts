import type { CellQuery } from '../port.ts';

/** How many ratings of a day answered the question of a norm, and how many confirmed it. */
export interface NormCount {
  norm: number;
  day: number;
  asked: number;
  confirmed: number;
}

/** Which days and placements; the days are inclusive, `null` is all. */
export type NormQuery = Pick<CellQuery, 'from' | 'to' | 'placements'>;
