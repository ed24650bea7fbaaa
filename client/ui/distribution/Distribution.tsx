import { memo } from 'react';
import { Readout } from '../readout/Readout.tsx';
import { useReadout } from '../readout/useReadout.ts';
import './distribution.css';

export interface DistributionProps {
  /** Counts of grade 1, 2, 3 … */
  counts: readonly number[];
  label: string;
  /** The words for one bar, such as "7: 1.204 waarderingen, 31%". */
  describe: (step: number, count: number) => string;
  /** Up to and including this grade a bar is pale. */
  low?: number;
}

const height = 56;
/** The share of its place that a bar fills. */
const filled = 0.82;

interface BarProps {
  step: number;
  steps: number;
  tall: number;
  look: string;
}

/** Drawn again only when it is to be seen that it changed. */
const Bar = memo(({ step, steps, tall, look }: BarProps) => {
  const place = 100 / steps;
  return (
    <g>
      <rect
        className={`kp-distribution__bar${look}`}
        x={`${(step - 1) * place + (place * (1 - filled)) / 2}%`}
        y={height - tall}
        width={`${place * filled}%`}
        height={tall}
        rx={Math.min(2, tall / 2)}
      />
      <text
        className="kp-distribution__step"
        x={`${(step - 0.5) * place}%`}
        y={height + 15}
        textAnchor="middle"
      >
        {step}
      </text>
    </g>
  );
});

/** How the grades are spread: one bar for each. Widths are percentages, so that the words keep their size. */
export function Distribution({ counts, label, describe, low = 5 }: DistributionProps) {
  const { at, words, chart } = useReadout(counts.length, label, (index) =>
    describe(index + 1, counts[index] ?? 0),
  );
  const most = Math.max(1, ...counts);
  return (
    <div className="kp-distribution" {...chart}>
      <Readout words={words} share={at === null ? 0 : (at + 0.5) / counts.length} />
      <svg height={height + 18} aria-hidden="true" focusable="false">
        {counts.map((count, index) => {
          const step = index + 1;
          // A bar of one rating is still to be seen beside one of thousands; none is a thin rule.
          const tall = count === 0 ? 1 : Math.max(2, Math.round((count / most) * height * 2) / 2);
          const tone =
            count === 0 ? ' kp-distribution__bar--none' : step <= low ? ' kp-distribution__bar--low' : '';
          const look = at === index ? `${tone} kp-distribution__bar--at` : tone;
          return <Bar key={step} step={step} steps={counts.length} tall={tall} look={look} />;
        })}
      </svg>
    </div>
  );
}
