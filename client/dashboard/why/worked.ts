import type { Explanation, Segment } from '#shared/contract/explanation.ts';
import type { WhyKey, WhyWords } from './words.ts';

export interface WorkedLine {
  what: WhyKey;
  sum: string;
  result: string;
}

const sizeOf = ({ within, mix }: Segment) => Math.abs(within ?? 0) + Math.abs(mix ?? 0);

/** The segment that says most: the largest claimed one, else the largest of all. */
export function largestOf({ segments }: Explanation): Segment | undefined {
  const usable = segments.filter(({ within, status }) => within !== null && status === 'both');
  const claimed = usable.filter((segment) => segment.claimed);
  return (claimed.length > 0 ? claimed : usable).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
}

/** Its effects step by step, as they can be put into a calculator; exact with one dimension. */
export function workedLines(
  { base, current }: Explanation,
  { nBase, nCurrent, meanBase, meanCurrent }: Segment,
  { whole, percent, exact }: WhyWords,
): WorkedLine[] {
  if (meanBase === null || meanCurrent === null || base.mean === null || current.mean === null) return [];
  const w0 = nBase / base.n;
  const w1 = nCurrent / current.n;
  const middle = (base.mean + current.mean) / 2;
  const mix = (w1 - w0) * ((meanBase + meanCurrent) / 2 - middle);
  const within = ((w0 + w1) / 2) * (meanCurrent - meanBase);
  return [
    { what: 'method.w0', sum: `${whole(nBase)} ÷ ${whole(base.n)}`, result: percent(w0) },
    { what: 'method.w1', sum: `${whole(nCurrent)} ÷ ${whole(current.n)}`, result: percent(w1) },
    { what: 'method.m0', sum: '', result: exact(meanBase) },
    { what: 'method.m1', sum: '', result: exact(meanCurrent) },
    {
      what: 'method.middle',
      sum: `(${exact(base.mean)} + ${exact(current.mean)}) ÷ 2`,
      result: exact(middle),
    },
    {
      what: 'method.mixed',
      sum: `(${percent(w1)} − ${percent(w0)}) × ((${exact(meanBase)} + ${exact(meanCurrent)}) ÷ 2 − ${exact(middle)})`,
      result: exact(mix),
    },
    {
      what: 'method.withined',
      sum: `(${percent(w0)} + ${percent(w1)}) ÷ 2 × (${exact(meanCurrent)} − ${exact(meanBase)})`,
      result: exact(within),
    },
  ];
}
