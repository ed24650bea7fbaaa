import type { Rhythm, RhythmCell } from '#shared/contract/rhythm.ts';
import type { Cell } from '../storage/port.ts';
import { type Selection, Tally } from '../storage/selection.ts';

/** Figures per hour of the week, of cells whose time is weekday × 24 + hour. */
export function rhythmOf(selection: Selection, cells: readonly Cell[]): Rhythm {
  const total = new Tally();
  const hours = new Map<number, Tally>();
  for (const cell of cells) {
    total.add(cell.placement, cell.counts);
    let tally = hours.get(cell.time);
    if (!tally) {
      tally = new Tally();
      hours.set(cell.time, tally);
    }
    tally.add(cell.placement, cell.counts);
  }
  return {
    total: selection.stat(total, null),
    cells: [...hours]
      .sort(([a], [b]) => a - b)
      .map(([time, tally]): RhythmCell => {
        const { n, mean, low, high, enough, mixedMethods } = selection.stat(tally, null);
        return {
          ...{ weekday: Math.floor(time / 24), hour: time % 24 },
          ...{ n: enough === 'none' && n > 0 ? null : n, mean, low, high, enough, mixedMethods },
        };
      })
      .filter(({ n }) => n !== 0),
  };
}
