import type { Delta } from './port.ts';

/** What a commit of more entries than this moved is not told one by one: whoever watches reads anew. */
export const tellAtMost = 1000;
/** So many changes stay known to somebody who missed some. */
export const changesKept = 20_000;

/** As a change keeps it: an array takes a third of the room. */
type PackedDelta = [
  slot: number,
  placement: number,
  product: number,
  language: number,
  marked: 0 | 1,
  index: number,
  count: number,
];
export const packDelta = (delta: Delta): PackedDelta => [
  delta.slot,
  delta.placement,
  delta.product,
  delta.language,
  delta.marked ? 1 : 0,
  delta.index,
  delta.count,
];
export const unpackDelta = ([
  slot,
  placement,
  product,
  language,
  marked,
  index,
  count,
]: PackedDelta): Delta => ({
  slot,
  placement,
  product,
  language,
  marked: marked === 1,
  index,
  count,
});
