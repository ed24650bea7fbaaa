import type { Figures } from '#shared/contract/figures.ts';

export interface Band {
  low: number;
  high: number;
}

/** The margin that holds for how one looks: the peek-safe one while the period runs, where there is one. */
export function bandOf(figures: Figures, running: boolean): Band | null {
  const { low, high, liveLow, liveHigh } = figures;
  if (running && liveLow !== null && liveHigh !== null) return { low: liveLow, high: liveHigh };
  return low === null || high === null ? null : { low, high };
}
