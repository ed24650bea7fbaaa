import type { SignalScope } from '#shared/contract/signals.ts';
import type { Settings } from '../../storage/port.ts';

/** What a signal can be about. */
export interface Place {
  scope: SignalScope;
  key: string;
  /** The channel itself, or the one of the touchpoint. */
  channel: string;
}
/** A place to be watched, with the method versions that its touchpoints use now. */
export interface Post extends Place {
  methods: number[];
}

/**
 * All places to be watched, touchpoints first: where both see the same fall, the nearer one names it. A fall is told
 * once: what has an open signal is left out, and so are the touchpoints of such a channel, and such a touchpoint of its
 * channel. A channel of one touchpoint is that touchpoint.
 */
export function postsOf(settings: Settings, open: readonly Place[]): Post[] {
  const told = (place: Place) =>
    open.some(({ scope, key, channel }) =>
      scope === 'channel' ? channel === place.channel : place.scope === 'touchpoint' && key === place.key,
    );
  const touchpoints = settings.touchpoints
    .filter(({ retired, trial }) => !retired && !trial)
    .map(({ key, channel }): Post => {
      const method = settings.currentMethod.get(key);
      return { scope: 'touchpoint', key, channel, methods: method === undefined ? [] : [method] };
    })
    .filter((post) => !told(post));
  const channels = settings.channels
    .map(({ key }): Post => {
      const own = touchpoints.filter(({ channel }) => channel === key);
      return { scope: 'channel', key, channel: key, methods: own.flatMap(({ methods }) => methods) };
    })
    .filter((post) => post.methods.length > 1 && !told(post));
  return [...touchpoints, ...channels];
}
