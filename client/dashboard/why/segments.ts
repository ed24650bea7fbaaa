import type { ExplainDimension, Segment } from '#shared/contract/explanation.ts';

export interface SegmentRows {
  shown: Segment[];
  /** Of little effect, or with too few ratings for figures. */
  folded: Segment[];
}

const always = 6;
const small = 0.005;
const sizeOf = ({ within, mix }: Segment) => Math.max(Math.abs(within ?? 0), Math.abs(mix ?? 0));

/** The segments of one dimension, largest effect first; claimed ones are always in sight. */
export function rowsOf(segments: readonly Segment[], dimension: ExplainDimension): SegmentRows {
  const sorted = segments
    .filter((segment) => segment.dimension === dimension)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || b.nBase + b.nCurrent - a.nBase - a.nCurrent);
  const inSight = (segment: Segment, place: number) =>
    segment.claimed || (place < always && sizeOf(segment) >= small);
  const shown = sorted.filter(inSight);
  const folded = sorted.filter((segment) => !shown.includes(segment));
  // One line to unfold one line would save nothing.
  return folded.length > 1 && shown.length > 0 ? { shown, folded } : { shown: sorted, folded: [] };
}
