import type { Effect, ExplainDimension, ExplainedFigures, Segment } from '../../contract/explanation.ts';
import type { Stat } from '../../contract/figures.ts';
import { limits } from '../../contract/limits.ts';
import { addCounts, noCounts } from '../histogram.ts';
import { neededForMargin } from '../power.ts';
import { statOf } from '../stat.ts';
import { type Estimate, estimates } from './influence.ts';
import { type Labels, labelOf } from './labels.ts';
import { groundOf } from './partition.ts';
import { allSegments, type SegmentEffect } from './segments.ts';
import { sentencesOf } from './sentences.ts';
import { shapley } from './shapley.ts';
import { type Cell, type Table, tableOf } from './table.ts';
import { findingsOf } from './verdict.ts';

export type { Cell } from './table.ts';

export interface ExplainInput {
  /** One to four; the keys of a cell are in this order. */
  dimensions: readonly ExplainDimension[];
  /** The counts of each period; equal keys are added up. */
  base: readonly Cell[];
  current: readonly Cell[];
  /** Per dimension and key; the parts of the day and "none" have labels already, another key without one is its own. `{ nl, en }` where the languages differ. */
  labels?: Labels;
  /** False when a method version changes within or between the periods. */
  comparable: boolean;
  /** Where it changes, for the sentences; `mixed`: whether a period itself spans it. */
  break?: { touchpoints: readonly string[]; date?: string; mixed?: { base: boolean; current: boolean } };
  /** Length of each period in days, for how long it takes to get the ratings needed. */
  days?: { base: number; current: number };
}

const none: Effect = { value: null, low: null, high: null };
const effectOf = ({ value, low, high }: Estimate): Effect => ({ value, low, high });
/** When nothing is known of the spread: the standard deviation that grades usually have. */
const usualSd = 2;

/**
 * The influence function of a difference of means is y in one period and −y in the other. With fewer than thirty ratings
 * in a period the interval is at least as wide as the intervals of both means together allow (MOVER: Zou and Donner
 * 2008): those hold on few and skewed grades, and never have width 0.
 */
function changeOf(table: Table, base: Stat, current: Stat): Estimate {
  const line = (slope: number) => ({ level: new Float64Array(1), slope: Float64Array.of(slope) });
  const value = table.current.mean - table.base.mean;
  const groupOf = new Int32Array(table.size);
  const form = { base: line(-1), current: line(1) };
  const change = estimates(table, form, [value], { groupOf })[0]!;
  if (base.enough === 'yes' && current.enough === 'yes') return change;
  const down = Math.hypot(current.mean! - current.low!, base.high! - base.mean!);
  const up = Math.hypot(current.high! - current.mean!, base.mean! - base.low!);
  return { ...change, low: Math.min(change.low, value - down), high: Math.max(change.high, value + up) };
}

const countsOf = (cells: readonly Cell[]) => {
  const counts = noCounts();
  for (const cell of cells) addCounts(counts, cell.counts);
  return counts;
};

/**
 * Why the mean grade differs between two periods, as far as the counts can tell: everything of the
 * answer but its words. Cells are merged and decomposed (partition, decompose), dimensions share the mix effect
 * (shapley), segments are tested (segments, cautious), and what is proven is put into a verdict and sentences.
 */
export function explain(input: ExplainInput): ExplainedFigures {
  const { dimensions } = input;
  const mixed = input.break?.mixed;
  const base = statOf(countsOf(input.base), { mixedMethods: mixed?.base ?? false });
  const current = statOf(countsOf(input.current), { mixedMethods: mixed?.current ?? false });
  const enough = base.n >= limits.indicative && current.n >= limits.indicative;
  const about = { dimensions, base, current, labels: input.labels ?? {}, days: input.days };

  if (!input.comparable || !enough) {
    const needed = input.comparable
      ? undefined
      : {
          perPeriod: neededForMargin(0.2, (base.sd ?? usualSd) ** 2 + (current.sd ?? usualSd) ** 2),
          detectable: 0.2,
        };
    return {
      ...{ base, current, change: none, verdict: 'not-comparable', mix: none, within: none, newGone: none },
      sentences: sentencesOf({
        ...about,
        break: input.comparable ? undefined : (input.break ?? { touchpoints: [] }),
        needed,
      }),
      dimensions: dimensions.map((key) => ({ key, ...none })),
      segments: [],
      ...(needed ? { needed } : {}),
    };
  }

  const table = tableOf(dimensions, input.base, input.current);
  const ground = groundOf(table);
  const { all, partition, dimensions: shares } = shapley(ground);
  const reach = { groupOf: partition.groupOf };
  const total = (form: keyof typeof all.forms, value: number) =>
    estimates(table, all.forms[form], [value], reach)[0]!;
  const mix = total('mix', all.mixTotal);
  const within = total('within', all.withinTotal);
  const newGone = total('newGone', all.newGone);
  const change = changeOf(table, base, current);
  const segments = allSegments(ground);
  const findings = findingsOf(ground, { change, mix, segments });

  const segmentOf = (segment: SegmentEffect): Segment => {
    const dimension = dimensions[segment.dimension]!;
    const key = table.keys[segment.dimension]![segment.code]!;
    const label = labelOf(about.labels, dimension, key, 'nl');
    const { nBase, nCurrent, status, shown, claimed } = segment;
    const alone = status !== 'both' && nBase + nCurrent >= limits.indicative;
    return {
      ...{ dimension, key, label, nBase, nCurrent },
      meanBase: nBase >= limits.indicative ? segment.sumBase / nBase : null,
      meanCurrent: nCurrent >= limits.indicative ? segment.sumCurrent / nCurrent : null,
      mix: shown || alone ? segment.mix : null,
      within: shown ? segment.within.value : alone ? 0 : null,
      low: shown ? segment.within.low : null,
      high: shown ? segment.within.high : null,
      ...{ claimed, status },
    };
  };
  return {
    ...{ base, current, change: effectOf(change), verdict: findings.verdict },
    sentences: sentencesOf({
      ...about,
      table,
      change,
      mix,
      within,
      newGone,
      shares,
      findings,
      needed: findings.needed,
    }),
    ...{ mix: effectOf(mix), within: effectOf(within), newGone: effectOf(newGone) },
    dimensions: shares.map((share, d) => ({ key: dimensions[d]!, ...effectOf(share) })),
    segments: segments.map(segmentOf),
    ...(findings.needed ? { needed: findings.needed } : {}),
  };
}
