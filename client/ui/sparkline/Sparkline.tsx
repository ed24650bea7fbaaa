import { Readout } from '../readout/Readout.tsx';
import { useReadout } from '../readout/useReadout.ts';
import { full, runsOf, type SparkBreak, type SparkPoint, xOf, yOf } from './layout.ts';
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

function Break({ x, label }: { x: number; label: string }) {
  const late = x > 50;
  return (
    <>
      <line className="kp-sparkline__break" x1={`${x}%`} x2={`${x}%`} y1="0" y2={full} />
      <text
        className="kp-sparkline__label"
        x={`${x}%`}
        dx={late ? -5 : 5}
        y={full - 2}
        textAnchor={late ? 'end' : 'start'}
      >
        {label}
      </text>
    </>
  );
}

/** The grade of the last weeks, with the target as a dashed rule. */
export function Sparkline(props: SparklineProps) {
  const { points, breaks = [], target, targetLabel, range, label, describe } = props;
  const count = points.length;
  const { at, words, chart } = useReadout(count, label, describe);
  const x = (index: number) => xOf(index, count);
  const y = (index: number) => yOf(points[index]?.value ?? range[0], range);
  const runs = runsOf(points, breaks);
  const end = points.findLastIndex((point) => point.value !== null);
  const joins =
    points[end]?.running && runs.at(-1)?.at(-1) === end - 1 && !breaks.some(({ before }) => before === end);
  const dot = (index: number, kind: string, radius: number) => (
    <circle
      key={`${kind}${index}`}
      className={`kp-sparkline__dot ${kind}`}
      cx={`${x(index)}%`}
      cy={y(index)}
      r={radius}
    />
  );

  return (
    <div className="kp-sparkline" {...chart}>
      <Readout words={words} share={at === null ? 0 : at / Math.max(1, count - 1)} />
      <svg height={full} aria-hidden="true" focusable="false">
        {target !== undefined && (
          <>
            <line
              className="kp-sparkline__target"
              x1="0"
              x2="100%"
              y1={yOf(target, range)}
              y2={yOf(target, range)}
            />
            <text className="kp-sparkline__label" x="100%" dx="9" y={yOf(target, range) + 4}>
              {targetLabel}
            </text>
          </>
        )}
        {breaks.map((each) => (
          <Break key={each.before} x={(x(each.before - 1) + x(each.before)) / 2} label={each.label} />
        ))}
        <svg
          width="100%"
          height={full}
          viewBox={`0 0 100 ${full}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {joins && (
            <polyline
              className="kp-sparkline__line kp-sparkline__line--running"
              points={`${x(end - 1)},${y(end - 1)} ${x(end)},${y(end)}`}
            />
          )}
          {runs.map((run) => (
            <polyline
              key={run[0]}
              className="kp-sparkline__line"
              points={run.map((index) => `${x(index)},${y(index)}`).join(' ')}
            />
          ))}
        </svg>
        {runs.filter((run) => run.length === 1 && run[0] !== end).map(([only = 0]) => dot(only, '', 2))}
        {end >= 0 && dot(end, points[end]?.running ? 'kp-sparkline__dot--open' : '', 4)}
        {at !== null && (
          <line className="kp-sparkline__at" x1={`${x(at)}%`} x2={`${x(at)}%`} y1="0" y2={full} />
        )}
        {at !== null && points[at]?.value !== null && dot(at, 'kp-sparkline__dot--at', 4)}
      </svg>
    </div>
  );
}
