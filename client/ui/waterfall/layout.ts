/** One bar: from the level before it to the level after it. */
export interface FallStep {
  key: string;
  label: string;
  detail?: string | undefined;
  /** What stands at the bar: "−0,20", or the grade itself. */
  text: string;
  /** The same for who hears it, with its margin. */
  spoken?: string | undefined;
  from: number;
  to: number;
  kind: 'total' | 'proven' | 'pale';
  tone: 'mix' | 'down' | 'up' | 'none';
}

export interface FallAxis {
  from: number;
  to: number;
  ticks: number[];
}

/** Never less of the scale than this: a small change should look small. */
const least = 0.4;
const steps = [0.1, 0.2, 0.5, 1, 2];
const clean = (value: number) => Math.round(value * 1e6) / 1e6;

/** The part of the scale in which all levels lie with room around them, cut at a mark. */
export function axisOf(levels: readonly number[]): FallAxis {
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  const span = Math.max(least, (high - low) * 1.2);
  const middle = (low + high) / 2;
  const step = steps.find((one) => span / one <= 5) ?? 2;
  const from = Math.max(0, Math.floor(clean((middle - span / 2) / step)) * step);
  const to = Math.min(10, Math.ceil(clean((middle + span / 2) / step)) * step);
  const count = Math.round((to - from) / step);
  return {
    from: clean(from),
    to: clean(to),
    ticks: Array.from({ length: count + 1 }, (_, i) => clean(from + i * step)),
  };
}

export const shareOf = (level: number, { from, to }: FallAxis): number =>
  Math.max(0, Math.min(1, (level - from) / (to - from)));
