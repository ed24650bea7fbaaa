import type { ExplanationVerdict, Needed } from '../../contract/explanation.ts';
import { limits } from '../../contract/limits.ts';
import { detectable, neededPerPeriod } from '../power.ts';
import type { Estimate } from './influence.ts';
import type { Ground } from './partition.ts';
import { effectsOf, type SegmentEffect } from './segments.ts';
import type { Table } from './table.ts';

export const excludesZero = ({ low, high }: { low: number; high: number }): boolean => low > 0 || high < 0;

/** What of the change can be pointed at. Grade points, each with its sign. */
export interface Findings {
  verdict: Exclude<ExplanationVerdict, 'not-comparable'>;
  /** The mix effect where it is proven, else 0. */
  mix: number;
  /** The within effect of all claimed segments together, each rating counted once. */
  within: number;
  /** The claimed segments that say something of their own, clearest first, with what they have outside those before. */
  named: { segment: SegmentEffect; value: number }[];
  /** A dimension all of whose segments are claimed, with the sign of the change: named as a whole. */
  everywhere: number | null;
  needed?: Needed;
}

const explainedFrom = 0.75;
const partlyFrom = 0.25;

/** 1 for the cells that lie in any of these segments, else 0. */
function segmentCodes(table: Table, segments: readonly SegmentEffect[]): Int32Array {
  const codes = new Int32Array(table.size);
  for (const { dimension, code } of segments) {
    const column = table.codes[dimension]!;
    for (let x = 0; x < table.size; x++) if (column[x] === code) codes[x] = 1;
  }
  return codes;
}

/** The within effect of those cells. */
const inside = (ground: Ground, codes: Int32Array): Estimate =>
  effectsOf(ground, { codes, count: 2 }).within[1]!;

const clarity = ({ within }: SegmentEffect) => Math.abs(within.value) / within.se;

/**
 * Claimed segments of several dimensions overlap: a form that became worse also pulls down its channel. The clearest
 * comes first (largest |within|/se); another is named only when what it has outside those named before is itself
 * different from 0 and at least a quarter of its effect.
 */
function namedOf(ground: Ground, claimed: readonly SegmentEffect[]): Findings['named'] {
  const { table } = ground;
  const sorted = [...claimed].sort((a, b) => clarity(b) - clarity(a)).slice(0, 8);
  const named: Findings['named'] = [];
  let taken = new Int32Array(table.size);
  for (const segment of sorted) {
    const column = table.codes[segment.dimension]!;
    const rest = Int32Array.from(column, (code, x) => (code === segment.code && taken[x] === 0 ? 1 : 0));
    const outside = named.length === 0 ? segment.within : inside(ground, rest);
    if (!excludesZero(outside) || Math.abs(outside.value) < Math.abs(segment.within.value) / 4) continue;
    named.push({ segment, value: outside.value });
    taken = Int32Array.from(column, (code, x) => (code === segment.code ? 1 : taken[x]!));
    if (named.length === 3) break;
  }
  return named;
}

/**
 * Whether the change is everywhere rather than somewhere: outside the clearest segment the grades moved too, proven and
 * at least half as far per rating; and some dimension has all of its segments claimed in that direction.
 */
function everywhereOf(ground: Ground, segments: readonly SegmentEffect[], sign: number): number | null {
  const { base, current, dimensions } = ground.table;
  const claimed = segments.filter((segment) => segment.claimed);
  if (claimed.length === 0) return null;
  const clearest = claimed.reduce((most, one) => (clarity(one) > clarity(most) ? one : most));
  const codes = segmentCodes(ground.table, [clearest]);
  const [outside, inside] = effectsOf(ground, { codes, count: 2 }).within;
  const share = (clearest.nBase / base.total + clearest.nCurrent / current.total) / 2;
  const perRating = Math.abs(inside!.value) / share;
  const isSomewhere =
    share < 1 &&
    (!excludesZero(outside!) ||
      outside!.value * inside!.value < 0 ||
      Math.abs(outside!.value) / (1 - share) < perRating / 2);
  if (isSomewhere) return null;
  for (let d = 0; d < dimensions.length; d++) {
    const shown = segments.filter((segment) => segment.dimension === d && segment.shown);
    if (shown.length > 1 && shown.every((one) => one.claimed && one.within.value * sign > 0)) return d;
  }
  return null;
}

/**
 * `no-change` when the interval of the change holds 0. Else by the part of the change that lies in claimed segments and
 * in a proven mix effect: from 75 % `explained`, from 25 % `partly-explained`, less `not-explained`.
 *
 * `needed`, at 80 % power:
 * - no change: `detectable` is the smallest change that would have been seen; `perPeriod` the ratings to see half of it;
 * - partly and not explained: `detectable` is the smallest effect of one segment that would have been claimed, for the
 *   segment with the widest margin; `perPeriod` the ratings to claim it when it holds half of the change.
 */
export function findingsOf(
  ground: Ground,
  effects: { change: Estimate; mix: Estimate; segments: readonly SegmentEffect[] },
): Findings {
  const { change, segments } = effects;
  const claimed = segments.filter((segment) => segment.claimed);
  const mix = excludesZero(effects.mix) ? effects.mix.value : 0;
  const within = claimed.length > 0 ? inside(ground, segmentCodes(ground.table, claimed)).value : 0;
  const everywhere = everywhereOf(ground, segments, Math.sign(change.value));
  const found = {
    ...{ mix, within, everywhere },
    named: everywhere === null ? namedOf(ground, claimed) : [],
  };
  if (!excludesZero(change)) {
    const smallest = detectable(change.se);
    const perPeriod = smallest > 0 ? neededPerPeriod(smallest / 2, change.perRating) : limits.indicative;
    return { verdict: 'no-change', ...found, needed: { perPeriod, detectable: smallest } };
  }
  const share = (mix + within) / change.value;
  if (share >= explainedFrom) return { verdict: 'explained', ...found };

  const shown = segments.filter((segment) => segment.shown && segment.within.se > 0);
  const widest = shown.reduce<Estimate>(
    (most, { within: one }) => (one.se > most.se ? one : most),
    shown[0]?.within ?? change,
  );
  const needed = {
    perPeriod: Math.max(limits.indicative, neededPerPeriod(change.value / 2, widest.perRating, shown.length)),
    detectable: detectable(widest.se, shown.length),
  };
  return { verdict: share >= partlyFrom ? 'partly-explained' : 'not-explained', ...found, needed };
}
