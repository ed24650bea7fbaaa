import type { Grouping, Stat, Summary } from '#shared/contract/figures.ts';
import type { Period, Subscribe } from '#shared/contract/live.ts';
import type { Change } from '../storage/port.ts';
import { type Selection, Tally } from '../storage/selection.ts';

/** One question that any number of people watch: computed once for all of them. */
export interface Topic {
  name: string;
  period: Period;
  by: Grouping;
  filters: Subscribe['filters'];
  threshold: number;
  watchers: number;
  /** Settles when the counts are there; null when they are. */
  loading: Promise<void> | null;
  /** The counts could not be read: they are read again with the next change. */
  stale: boolean;
  /** Changes that came while the counts were read. */
  missed: Change[];
  selection: Selection;
  sequence: number;
  total: Tally;
  groups: Map<string, Tally>;
  /** Groups that may differ from what is shown; what moved by less than the threshold waits here. */
  touched: Set<string>;
  /** What was last shown to anybody. */
  shown: Summary;
}

/** By how many ratings two states differ: a corrected grade is one, and one that was corrected back none. */
export function movedBetween(before: Stat | undefined, after: Stat): number {
  let more = 0;
  let fewer = 0;
  const compare = (was: readonly number[] = [], is: readonly number[] = []) => {
    for (let i = 0; i < Math.max(was.length, is.length); i++) {
      const difference = (is[i] ?? 0) - (was[i] ?? 0);
      if (difference > 0) more += difference;
      else fewer -= difference;
    }
  };
  compare(before?.histogram, after.histogram);
  compare(before?.derived?.histogram, after.derived?.histogram);
  return Math.max(more, fewer);
}

/** What moved by less than the threshold stays as it was shown, also when everything was read anew. */
export function holdBack(topic: Topic, before: Summary): void {
  const { threshold, sequence, shown } = topic;
  const known = new Map(before.groups.map((group) => [group.key, group]));
  const waits = (was: Stat | undefined, is: Stat) => {
    const moved = movedBetween(was, is);
    return moved > 0 && moved < threshold;
  };
  topic.touched = new Set(
    shown.groups.filter((group) => waits(known.get(group.key), group)).map(({ key }) => key),
  );
  topic.shown = {
    sequence,
    total: waits(before.total, shown.total) ? before.total : shown.total,
    groups: shown.groups.flatMap((group) => {
      const was = known.get(group.key);
      if (!topic.touched.has(group.key)) return group;
      return was ? { ...was, label: group.label } : [];
    }),
  };
}

/** What the topic does not contain yet. */
export function applyChange(topic: Topic, { sequence, deltas }: Change): void {
  if (sequence <= topic.sequence) return;
  topic.sequence = sequence;
  for (const delta of deltas ?? []) {
    if (!topic.selection.matches(delta)) continue;
    topic.total.addOne(delta.placement, delta.index, delta.count);
    const key = topic.selection.keyOfDelta(delta);
    let group = topic.groups.get(key);
    if (!group) {
      group = new Tally();
      topic.groups.set(key, group);
    }
    group.addOne(delta.placement, delta.index, delta.count);
    topic.touched.add(key);
  }
}

/** The same question has the same name, however its parts were ordered. */
export function nameOf({ period, by, filters }: Subscribe, threshold: number): string {
  const sorted = Object.entries(filters ?? {})
    .map(([name, values]) => [name, Array.isArray(values) ? [...values].sort() : values])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([period, by, sorted, threshold]);
}
