import { limits } from '../../contract/limits.ts';
import { holm } from '../multiple.ts';
import { level } from '../power.ts';
import { cautious } from './cautious.ts';
import { decompose } from './decompose.ts';
import { type Estimate, estimates } from './influence.ts';
import { type Ground, mergedPartition, plainPartition } from './partition.ts';
import { grouped, type Table } from './table.ts';

/** What lies in one key of one dimension: the sum of its cross cells. */
export interface SegmentEffect {
  dimension: number;
  /** Index in the keys of the dimension. */
  code: number;
  nBase: number;
  nCurrent: number;
  sumBase: number;
  sumCurrent: number;
  mix: number;
  within: Estimate;
  status: 'both' | 'new' | 'gone';
  /** At least ten ratings in both periods: only then figures are shown, and tested. */
  shown: boolean;
  claimed: boolean;
}

const everyDimension = (table: Table) => table.dimensions.map((_, d) => d);

/** A division of all cells into parts; the effects of each part are the sum of its cross cells. */
export interface Parts {
  codes: Int32Array;
  count: number;
}

/**
 * Mix and within of every part. Cross cells are merged only inside a part, so the parts add up to the change exactly,
 * and no part is held to what happened in another.
 */
export function effectsOf(ground: Ground, parts: Parts, plain = false) {
  const { table } = ground;
  const { groupOf, groups, oneSided } = plain
    ? plainPartition(table, 0)
    : mergedPartition(ground, everyDimension(table), parts);
  const base = grouped(table.base, groupOf, groups);
  const current = grouped(table.current, groupOf, groups);
  const parted = decompose(base, current, oneSided);
  const partOf = new Int32Array(groups);
  for (let x = 0; x < table.size; x++) partOf[groupOf[x]!] = parts.codes[x]!;
  const mix = new Float64Array(parts.count);
  const within = new Float64Array(parts.count);
  for (let g = 0; g < groups; g++) {
    mix[partOf[g]!]! += parted.mix[g]!;
    within[partOf[g]!]! += parted.within[g]!;
  }
  const reach = { groupOf, ownerOf: parts.codes, owners: parts.count };
  const found = estimates(table, parted.forms.within, within, reach);
  return { mix, within: cautious(found, { base, current, oneSided, partOf, table }) };
}

function segmentsOf(ground: Ground, dimension: number): SegmentEffect[] {
  const { table } = ground;
  const parts = { codes: table.codes[dimension]!, count: table.keys[dimension]!.length };
  const { mix, within } = effectsOf(ground, parts, table.dimensions.length === 1);
  const base = grouped(table.base, parts.codes, parts.count);
  const current = grouped(table.current, parts.codes, parts.count);
  return within.map((estimate, code) => {
    const nBase = base.n[code]!;
    const nCurrent = current.n[code]!;
    return {
      ...{ dimension, code, nBase, nCurrent, mix: mix[code]!, within: estimate, claimed: false },
      sumBase: base.sum[code]!,
      sumCurrent: current.sum[code]!,
      status: nBase === 0 ? 'new' : nCurrent === 0 ? 'gone' : 'both',
      shown: nBase >= limits.indicative && nCurrent >= limits.indicative,
    };
  });
}

/**
 * The segments of all dimensions, largest first within each. One is claimed when its within effect differs from 0 at
 * .05 after Holm's correction over all segments shown, of all dimensions together.
 */
export function allSegments(ground: Ground): SegmentEffect[] {
  const { table } = ground;
  const segments = table.dimensions.flatMap((_, d) => {
    const name = (segment: SegmentEffect) => table.keys[d]![segment.code]!;
    const present = segmentsOf(ground, d).filter(({ nBase, nCurrent }) => nBase + nCurrent > 0);
    return present.sort(
      (a, b) => b.nBase + b.nCurrent - a.nBase - a.nCurrent || (name(a) < name(b) ? -1 : 1),
    );
  });
  const shown = segments.filter((segment) => segment.shown);
  const p = holm(shown.map((segment) => segment.within.p));
  shown.forEach((segment, i) => {
    segment.claimed = p[i]! < level;
  });
  return segments;
}
