import type { Effect, ExplainDimension, Explanation, Segment } from '#shared/contract/explanation.ts';

/** A part of the way from the old grade to the new one. */
export interface Step {
  key: string;
  what:
    | { kind: 'mix'; dimension: ExplainDimension | null }
    | { kind: 'within'; segment: Segment }
    | { kind: 'others'; dimension: ExplainDimension; count: number }
    | { kind: 'rest' };
  value: number;
  low: number | null;
  high: number | null;
  /** To two decimals. These add up to the change to two decimals: the rest takes what rounding leaves. */
  rounded: number;
  proven: boolean;
}

export const excludesZero = ({ low, high }: Pick<Effect, 'low' | 'high'>): boolean =>
  low !== null && high !== null && (low > 0 || high < 0);
const round = (value: number) => (Math.sign(value) * Math.round(Math.abs(value) * 100 + 1e-9)) / 100;
const mostNamed = 3;

/**
 * Claimed segments of several dimensions overlap: a form that became worse pulls down its channel too. So they are
 * taken from one dimension, whose segments do not overlap: one that is claimed as a whole in the direction of the
 * change, else the one that holds the clearest claim, as in the sentences.
 */
export function claimedDimension({ segments, dimensions, change }: Explanation): ExplainDimension | null {
  const sign = Math.sign(change.value ?? 0);
  for (const { key } of dimensions) {
    const tested = segments.filter(({ dimension, low }) => dimension === key && low !== null);
    if (tested.length > 1 && tested.every((one) => one.claimed && (one.within ?? 0) * sign > 0)) return key;
  }
  const clarity = ({ within, low, high }: Segment) => Math.abs(within ?? 0) / ((high ?? 0) - (low ?? 0));
  const claimed = segments.filter((segment) => segment.claimed);
  return claimed.sort((a, b) => clarity(b) - clarity(a))[0]?.dimension ?? null;
}

function mixSteps({ mix, dimensions }: Explanation): Omit<Step, 'rounded'>[] {
  const proven = excludesZero(mix);
  const apart = dimensions.length === 1 || !proven || dimensions.some(excludesZero);
  const parts = apart ? dimensions : [{ key: null, ...mix }];
  return parts.map(({ key, value, low, high }) => ({
    ...{ key: `mix-${key}`, what: { kind: 'mix', dimension: key }, value: value ?? 0, low, high },
    proven: proven && excludesZero({ low, high }),
  }));
}

function withinSteps(explanation: Explanation): Omit<Step, 'rounded'>[] {
  const dimension = claimedDimension(explanation);
  if (dimension === null) return [];
  const size = ({ within }: Segment) => Math.abs(within ?? 0);
  const claimed = explanation.segments
    .filter((segment) => segment.claimed && segment.dimension === dimension)
    .sort((a, b) => size(b) - size(a));
  const named = claimed.length === mostNamed + 1 ? claimed : claimed.slice(0, mostNamed);
  const others = claimed.slice(named.length);
  const steps: Omit<Step, 'rounded'>[] = named.map((segment) => ({
    key: `within-${segment.key}`,
    what: { kind: 'within', segment },
    value: segment.within ?? 0,
    low: segment.low,
    high: segment.high,
    proven: true,
  }));
  if (others.length > 0)
    steps.push({
      key: 'others',
      what: { kind: 'others', dimension, count: others.length },
      value: others.reduce((sum, { within }) => sum + (within ?? 0), 0),
      low: null,
      high: null,
      proven: true,
    });
  return steps;
}

/** From the old grade to the new one; null where they may not be compared. */
export function stepsOf(explanation: Explanation): Step[] | null {
  const change = explanation.change.value;
  if (change === null) return null;
  const parts = [...mixSteps(explanation), ...withinSteps(explanation)].map((step) => ({
    ...step,
    rounded: round(step.value),
  }));
  const sum = (of: (step: Step) => number) => parts.reduce((total, step) => total + of(step), 0);
  const rest: Step = {
    key: 'rest',
    what: { kind: 'rest' },
    value: change - sum(({ value }) => value),
    low: null,
    high: null,
    rounded: round(round(change) - sum(({ rounded }) => rounded)),
    proven: false,
  };
  return [...parts, rest];
}

/** The segment in whose changed share at least half of the mix effect of its dimension lies. */
export function mainOf(
  { segments }: Explanation,
  dimension: ExplainDimension,
  value: number,
): Segment | null {
  const size = ({ mix }: Segment) => (mix ?? 0) * Math.sign(value);
  const most = segments
    .filter((segment) => segment.dimension === dimension)
    .reduce<Segment | null>((best, one) => (best === null || size(one) > size(best) ? one : best), null);
  return most && size(most) > 0 && size(most) >= Math.abs(value) / 2 ? most : null;
}
