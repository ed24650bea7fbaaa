import type { Reach } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Filters } from '#shared/contract/figures.ts';
import type { Settings } from './port.ts';

type Place = { channel: string; location: string | null };

/** Whether an account that is limited to some channels or locations may see what happened at a place. */
export const reaches = (reach: Reach | null, { channel, location }: Place): boolean =>
  (reach?.channels ?? null) === null
    ? (reach?.locations ?? null) === null || reach!.locations!.includes(location ?? '')
    : reach!.channels!.includes(channel) &&
      (reach!.locations === null || reach!.locations.includes(location ?? ''));

/** Touchpoints that an account may see: they stand within its reach, or did once. */
export function touchpointsWithin(settings: Settings, reach: Reach | null): Settings['touchpoints'] {
  if (reach === null) return settings.touchpoints;
  const stood = new Map<string, (string | null)[]>();
  for (const { touchpoint, location } of settings.placements)
    stood.set(touchpoint, [...(stood.get(touchpoint) ?? []), location]);
  return settings.touchpoints.filter(({ key, channel, location }) =>
    [location, ...(stood.get(key) ?? [])].some((place) => reaches(reach, { channel, location: place })),
  );
}

/** A signal of a channel is for who may see all of it. */
export function reachesSignal(
  settings: Settings,
  reach: Reach | null,
  { scope, key }: { scope: 'channel' | 'touchpoint'; key: string },
): boolean {
  if (reach === null) return true;
  return scope === 'touchpoint'
    ? touchpointsWithin(settings, reach).some((touchpoint) => touchpoint.key === key)
    : reach.locations === null && (reach.channels?.includes(key) ?? true);
}

type Places = Pick<Filters, 'channel' | 'touchpoint' | 'location'>;

/**
 * The same question, about no more than the account may see. The one place where this is done: whatever asks for
 * figures, comments or exports by these filters is narrowed before it begins. What is asked for by name and lies
 * elsewhere does not exist.
 */
export function narrowed<Asked extends Places>(asked: Asked, reach: Reach | null, settings: Settings): Asked {
  if (reach === null) return asked;
  const inReach = touchpointsWithin(settings, reach);
  const limit = (name: keyof Places, values: string[] | undefined, allowed: readonly string[]) => {
    const foreign = values?.find((value) => !allowed.includes(value));
    if (foreign !== undefined) throw new ProblemError('not-found', `There is no ${name} ${foreign}.`);
    return values ?? [...allowed];
  };
  const touchpoint = limit(
    'touchpoint',
    asked.touchpoint,
    inReach.map(({ key }) => key),
  );
  return {
    ...asked,
    ...(asked.touchpoint === undefined ? {} : { touchpoint }),
    ...(reach.channels === null
      ? {}
      : { channel: limit('channel', asked.channel, known(reach.channels, settings.channels)) }),
    ...(reach.locations === null
      ? {}
      : { location: limit('location', asked.location, locationsOf(settings, reach.locations)) }),
  };
}

const known = (keys: readonly string[], items: readonly { key: string }[]): string[] =>
  keys.filter((key) => items.some((item) => item.key === key));

/** Where nothing stands any more nothing can be asked for. */
function locationsOf(settings: Settings, locations: readonly string[]): string[] {
  const there = new Set(
    [...settings.touchpoints, ...settings.placements].map(({ location }) => location ?? ''),
  );
  return locations.filter((location) => location === '' || there.has(location));
}
