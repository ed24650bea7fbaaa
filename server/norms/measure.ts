import type { Filters } from '#shared/contract/figures.ts';
import { limits } from '#shared/contract/limits.ts';
import type { MeasuredNorm, ServiceNormsQuery, ShareFigures } from '#shared/contract/service-norms.ts';
import { firstDayOf, startOfDay } from '#shared/core/calendar.ts';
import { wilson } from '#shared/core/themes/shares.ts';
import type { NormCount } from '../storage/port/norms.ts';
import type { Reader } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';

interface Asked {
  filters: Filters;
  interval: ServiceNormsQuery['interval'];
  /** Day of the question, in Amsterdam. */
  today: number;
}

function shareOf(counts: readonly Pick<NormCount, 'asked' | 'confirmed'>[]): ShareFigures {
  const n = counts.reduce((sum, { asked }) => sum + asked, 0);
  const confirmed = counts.reduce((sum, count) => sum + count.confirmed, 0);
  if (n < limits.indicative) return { n, share: null, low: null, high: null, enough: 'none' };
  const { value, low, high } = wilson(confirmed, n);
  return { n, share: value, low, high, enough: n < limits.enough ? 'indicative' : 'yes' };
}

/** Met or not only where the whole interval lies on one side. */
function verdictOf({ low, high, enough }: ShareFigures, target: number | null): MeasuredNorm['verdict'] {
  if (target === null || low === null || high === null) return undefined;
  if (enough !== 'yes' || (low < target && high >= target)) return 'undecided';
  return low >= target ? 'met' : 'not-met';
}

/** Runs in the reading thread. */
export async function answer(reader: Reader, { filters, interval, today }: Asked): Promise<MeasuredNorm[]> {
  const settings = reader.settings();
  const { from, to, placements } = new Selection(settings, filters, undefined, today).query();
  const counts = Map.groupBy(await reader.normCounts({ from, to, placements }), ({ norm }) => norm);
  return settings.serviceNorms.map(({ id, ...norm }) => {
    const own = counts.get(id) ?? [];
    const whole = shareOf(own);
    const verdict = verdictOf(whole, norm.target);
    const points = [...Map.groupBy(own, ({ day }) => firstDayOf(interval, day))]
      .sort(([a], [b]) => a - b)
      .map(([day, some]) => ({ start: new Date(startOfDay(day)).toISOString(), ...shareOf(some) }))
      .filter(({ n }) => n > 0);
    return { ...norm, ...whole, ...(verdict ? { verdict } : {}), points };
  });
}

export const measuredNorms = (thread: ReadingThread, asked: Asked): Promise<MeasuredNorm[]> =>
  thread.ask<MeasuredNorm[]>(import.meta.url, asked);
