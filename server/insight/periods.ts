import type { Filters } from '#shared/contract/figures.ts';
import type { Settings } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';

export interface Days {
  from: string;
  to: string;
}

/** Two periods to compare. */
export interface PeriodsAsked {
  filters: Omit<Filters, 'from' | 'to'>;
  base: Days;
  current: Days;
  today: number;
}

export function selectionsOf(settings: Settings, { filters, base, current, today }: PeriodsAsked) {
  const select = (days: Days) => new Selection(settings, { ...filters, ...days }, undefined, today);
  return { base: select(base), current: select(current) };
}
