import type { Settings } from './port.ts';

/**
 * Placements that a question need not tell apart (`CellQuery.alike`): those with the same channel, and where it is asked for
 * or chosen by, the same touchpoint and location. A tenth of the cells. The channel is always among them: most questions then
 * merge in the same way, and find in memory what another has added up.
 */
export function alikeOf(
  { touchpoints, placements }: Pick<Settings, 'touchpoints' | 'placements'>,
  by: readonly string[],
): Map<number, number> {
  const channels = new Map(touchpoints.map(({ key, channel }) => [key, channel]));
  const first = new Map<string, number>();
  const alike = new Map<number, number>();
  for (const { id, touchpoint, location } of placements) {
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
