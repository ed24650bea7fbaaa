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

const width = 20;
const gap = 4;
const height = 56;

/** How the grades are spread: one bar for each. */
export function Distribution({ counts, label, describe, low = 5 }: DistributionProps) {
  const { at, words, chart } = useReadout(counts.length, label, (index) =>
    describe(index + 1, counts[index] ?? 0),
  );
  const most = Math.max(1, ...counts);
  const full = counts.length * (width + gap) - gap;
  return (
    <div className="kp-distribution" {...chart}>
      <Readout words={words} share={at === null ? 0 : (at + 0.5) / counts.length} />
      <svg viewBox={`0 0 ${full} ${height + 18}`} aria-hidden="true" focusable="false">
        {counts.map((count, index) => {
          const step = index + 1;
          // A bar of one rating is still to be seen beside one of thousands.
          const tall = count === 0 ? 0 : Math.max(1.5, (count / most) * height);
          const left = index * (width + gap);
          const tone = `${step <= low ? ' kp-distribution__bar--low' : ''}${at === index ? ' kp-distribution__bar--at' : ''}`;
          return (
            <g key={step}>
              <rect
                className={`kp-distribution__bar${tone}`}
                x={left}
                y={height - tall}
                width={width}
                height={tall}
                rx={Math.min(2, tall / 2)}
              />
              {count === 0 && (
                <rect className="kp-distribution__none" x={left} y={height - 1} width={width} height={1} />
              )}
              <text
                className="kp-distribution__step"
                x={left + width / 2}
                y={height + 14}
                textAnchor="middle"
              >
                {step}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
