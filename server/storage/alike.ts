import type { Settings } from './port.ts';

type Placed = Pick<Settings, 'touchpoints' | 'placements'>;

/** Touchpoints that ever asked in several ways. */
export function askedInSeveralWays({ placements }: Pick<Placed, 'placements'>): Set<string> {
  const first = new Map<string, number>();
  const several = new Set<string>();
  for (const { touchpoint, method } of placements)
    if (!first.has(touchpoint)) first.set(touchpoint, method);
    else if (first.get(touchpoint) !== method) several.add(touchpoint);
  return several;
}

/**
 * Placements that a question need not tell apart (`CellQuery.alike`): those with the same channel, and where it is asked for
 * or chosen by, the same touchpoint and location. A tenth of the cells. The channel is always among them: most questions then
 * merge in the same way, and find in memory what another has added up. Those of touchpoints in `apart` count as none other.
 */
export function alikeOf(
  { touchpoints, placements }: Placed,
  by: readonly string[],
  apart: ReadonlySet<string> = new Set(),
): Map<number, number> {
  const channels = new Map(touchpoints.map(({ key, channel }) => [key, channel]));
  const first = new Map<string, number>();
  const alike = new Map<number, number>();
  for (const { id, touchpoint, location } of placements) {
    if (apart.has(touchpoint)) continue;
    const key = JSON.stringify([
      channels.get(touchpoint),
      by.includes('touchpoint') && touchpoint,
      by.includes('location') && (location ?? ''),
    ]);
    if (!first.has(key)) first.set(key, id);
    alike.set(id, first.get(key)!);
  }
  return alike;
}
