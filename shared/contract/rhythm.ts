import * as z from 'zod';
import { Stat } from './figures.ts';

const figure = z.number().nullable();
/** The ratings of one hour of the week. Below ten nothing is told: not the grade, and not how many. */
export const RhythmCell = z.object({
  weekday: z.int().min(1).max(7).meta({ description: '1 is Monday' }),
  hour: z.int().min(0).max(23),
  n: z.int().nullable(),
  mean: figure,
  low: figure,
  high: figure,
  enough: z.enum(['none', 'indicative', 'yes']),
  mixedMethods: z.boolean(),
});
export type RhythmCell = z.infer<typeof RhythmCell>;

/** Weekday by hour (ritme); hours without ratings are left out. */
export const Rhythm = z.object({ total: Stat, cells: z.array(RhythmCell) }).meta({ id: 'Rhythm' });
export type Rhythm = z.infer<typeof Rhythm>;
