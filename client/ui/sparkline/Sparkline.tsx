import { Readout } from '../readout/Readout.tsx';
import { useReadout } from '../readout/useReadout.ts';
import { runsOf, type SparkBreak, type SparkPoint, size, xOf, yOf } from './layout.ts';
import './sparkline.css';

export interface SparklineProps {
  points: readonly SparkPoint[];
  breaks?: readonly SparkBreak[];
  target?: number | undefined;
  targetLabel?: string | undefined;
  /** The grades at the bottom and the top; lines that stand together share them. */
  range: readonly [number, number];
  label: string;
  describe: (index: number) => string;
}

const { width, height, right, top } = size;
const full = top * 2 + height;

/** The grade of the last weeks, with the target as a dashed rule. */
export function Sparkline({
  points,
  breaks = [],
  target,
  targetLabel,
  range,
  label,
  describe,
}: SparklineProps) {
  const count = points.length;
  const { at, words, chart } = useReadout(count, label, describe);
  const place = (index: number) => [xOf(index, count), yOf(points[index]?.value ?? range[0], range)] as const;
  const runs = runsOf(points, breaks);
  const end = points.findLastIndex((point) => point.value !== null);
  const mark = at !== null && points[at]?.value !== null ? at : null;

  return (
    <div className="kp-sparkline" {...chart}>
      <Readout words={words} share={at === null ? 0 : at / Math.max(1, count - 1)} />
      <svg viewBox={`-5 0 ${width + right + 5} ${full}`} aria-hidden="true" focusable="false">
        {target !== undefined && (
          <>
            <line
              className="kp-sparkline__target"
              x1="0"
              x2={width}
              y1={yOf(target, range)}
              y2={yOf(target, range)}
            />
            <text className="kp-sparkline__label" x={width + 8} y={yOf(target, range) + 4}>
              {targetLabel}
            </text>
          </>
        )}
        {breaks.map((each) => {
          const x = (xOf(each.before - 1, count) + xOf(each.before, count)) / 2;
          return (
            <g key={each.before}>
              <line className="kp-sparkline__break" x1={x} x2={x} y1="0" y2={full} />
              <text
                className="kp-sparkline__label"
                x={x > width / 2 ? x - 4 : x + 4}
                y={full - 1}
                textAnchor={x > width / 2 ? 'end' : 'start'}
              >
                {each.label}
              </text>
            </g>
          );
        })}
        {runs.map((run) =>
          run.length === 1 ? (
            <circle
              key={run[0]}
              className="kp-sparkline__dot"
              cx={place(run[0]!)[0]}
              cy={place(run[0]!)[1]}
              r="2"
            />
          ) : (
            <polyline
              key={run[0]}
              className="kp-sparkline__line"
              points={run.map((i) => place(i).join(',')).join(' ')}
            />
          ),
        )}
        {end >= 0 && (
          <circle
            className={
              points[end]?.running ? 'kp-sparkline__dot kp-sparkline__dot--open' : 'kp-sparkline__dot'
            }
            cx={place(end)[0]}
            cy={place(end)[1]}
            r="4"
          />
        )}
        {at !== null && (
          <line className="kp-sparkline__at" x1={xOf(at, count)} x2={xOf(at, count)} y1="0" y2={full} />
        )}
        {mark !== null && (
          <circle className="kp-sparkline__mark" cx={place(mark)[0]} cy={place(mark)[1]} r="4" />
        )}
      </svg>
    </div>
  );
}
