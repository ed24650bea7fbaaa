import { randomUUID } from 'node:crypto';
import type { EventType } from '#shared/contract/webhooks.ts';
import type { NewEvent, RatingEvent, SilentDevice } from '../storage/port/webhooks.ts';
import type { Settings, SignalRecord } from '../storage/port.ts';

export interface EventMaker {
  ofRating(event: RatingEvent, settings: Settings): NewEvent;
  ofSignal(signal: SignalRecord): NewEvent;
  ofSilentDevice(device: SilentDevice): NewEvent;
}

const typeOf: Record<RatingEvent['kind'], EventType> = {
  received: 'nl.klantpuls.waardering-ontvangen',
  changed: 'nl.klantpuls.waardering-gewijzigd',
  comment: 'nl.klantpuls.reactie-ontvangen',
};
const instant = (at: number) => new Date(at).toISOString();

/**
 * CloudEvents 1.0 after the NL GOV profile: the source is the municipality's number and this system. Attributes hold
 * no personal data: the subject of a rating is the name that staff know it by, not its id.
 */
export function eventMaker(options: {
  oin: string;
  referenceOf: (rating: number) => string;
  now: () => number;
}): EventMaker {
  const source = `urn:nld:oin:${options.oin}:systeem:klantpuls`;
  const event = (type: EventType, subject: string, time: number, data: object): NewEvent => {
    const id = randomUUID();
    const attributes = { specversion: '1.0', id, source, type, subject, time: instant(time) };
    return {
      id,
      type,
      subject,
      body: JSON.stringify({ ...attributes, datacontenttype: 'application/json', data }),
    };
  };
  return {
    ofRating({ kind, rating, placement, product, grade, smiley, at, receivedAt, comment }, settings) {
      const reference = options.referenceOf(rating);
      const place = settings.placements.find(({ id }) => id === placement);
      const point = settings.touchpoints.find(({ key }) => key === place?.touchpoint);
      const named = settings.products.find(({ id }) => id === product);
      const data = {
        reference,
        touchpoint: place?.touchpoint ?? null,
        channel: point?.channel ?? null,
        location: place?.location ?? null,
        product: named ? { key: named.key, upl: named.upl } : null,
        ...(grade === null ? { smiley } : { grade }),
        givenAt: instant(at),
        receivedAt: instant(receivedAt),
        ...(kind === 'comment' ? { comment } : {}),
      };
      return event(typeOf[kind], reference, kind === 'received' ? receivedAt : options.now(), data);
    },
    ofSignal(signal) {
      const { id, scope, key, raisedAt, since, meanBefore, nBefore, meanSince, nSince } = signal;
      const data = { id, scope, key, since: instant(since), meanBefore, nBefore, meanSince, nSince };
      return event('nl.klantpuls.signaal-gegeven', `signaal-${id}`, raisedAt, data);
    },
    ofSilentDevice({ id, name, touchpoint, silentSince }) {
      const data = { id, name, touchpoint, silentSince: instant(silentSince) };
      return event('nl.klantpuls.apparaat-stil', `apparaat-${id}`, silentSince, data);
    },
  };
}
