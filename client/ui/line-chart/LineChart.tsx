import type { Ref } from 'react';
import { Readout } from '../readout/Readout.tsx';
import { useReadout } from '../readout/useReadout.ts';
import { type ChartPoint, labelled, runsIn, ticksOf } from './layout.ts';
import { useWidth } from './useWidth.ts';
import './line-chart.css';

export interface ChartMark {
  at: number;
  word: string;
}
export interface LineChartProps {
  points: readonly ChartPoint[];
  /** Positions from which another way of asking counts. */
  breaks?: readonly ChartMark[];
  /** Moments with a word, such as a signal. */
  signals?: readonly ChartMark[];
  /** The grades at the bottom and the top; charts that stand together share them. */
  range: readonly [number, number];
  /** Marks on the axis; those of grades where absent. */
  ticks?: readonly number[];
  height?: number;
  label: string;
  describe: (index: number) => string;
  words: {
    mark: (value: number) => string;
    below: (index: number) => string;
    target: (value: number) => string;
  };
  /** The picture, for who saves it. */
  picture?: Ref<SVGSVGElement>;
}

const left = 30;
const right = 58;
const top = 26;
const bottom = 24;

/** A grade over time with its margin, the target as a dashed rule, breaks of method and signals. */
export function LineChart(props: LineChartProps) {
  const {
    points,
    breaks = [],
    signals = [],
    range,
    ticks = ticksOf(range),
    height = 300,
    label,
    describe,
    words,
    picture,
  } = props;
  const count = points.length;
  const { element, width } = useWidth(640);
  const { at, words: said, chart } = useReadout(count, label, describe);
  const inner = Math.max(40, width - left - right);
  const x = (index: number) => left + (count < 2 ? inner / 2 : (index / (count - 1)) * inner);
  const y = (value: number) => {
    const share = (Math.min(range[1], Math.max(range[0], value)) - range[0]) / (range[1] - range[0]);
    return top + (1 - share) * (height - top - bottom);
  };
  const broken = breaks.map((each) => each.at);
  const path = (run: readonly number[], of: (point: ChartPoint) => number | null | undefined) =>
    run.map((index) => `${x(index).toFixed(1)},${y(of(points[index]!) ?? range[0]).toFixed(1)}`);
  const runs = runsIn(points, broken);
  const bands = runsIn(points, broken, ({ low, high }) => low !== null && high !== null);
  const targets = runsIn(points, [], ({ target }) => target !== undefined);
  const end = points.findLastIndex(({ value }) => value !== null);
  const lastTarget = points.findLast(({ target }) => target !== undefined)?.target;
  const endValue = points[end]?.value;
  const dots = count <= 60 ? points.flatMap(({ value }, index) => (value === null ? [] : [index])) : [];

  return (
    <div className="kp-line" ref={element}>
      <div className="kp-line__chart" {...chart}>
        <Readout words={said} share={at === null ? 0 : at / Math.max(1, count - 1)} />
        <svg ref={picture} width={width} height={height} aria-hidden="true" focusable="false">
          {ticks.map((tick) => (
            <g key={tick}>
              <line className="kp-line__rule" x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
              <text className="kp-line__mark" x={left - 8} y={y(tick) + 4} textAnchor="end">
                {words.mark(tick)}
              </text>
            </g>
          ))}
          {labelled(count, 64, inner).map((index) => (
            <text
              key={index}
              className="kp-line__mark"
              x={x(index)}
              y={height - 4}
              textAnchor={index === 0 ? 'start' : 'middle'}
            >
              {words.below(index)}
            </text>
          ))}
          {bands.map((run) =>
            run.length > 1 ? (
              <polygon
                key={run[0]}
                className="kp-line__band"
                points={[...path(run, ({ high }) => high), ...path(run, ({ low }) => low).reverse()].join(
                  ' ',
                )}
              />
            ) : (
              <line
                key={run[0]}
                className="kp-line__whisker"
                x1={x(run[0]!)}
                x2={x(run[0]!)}
                y1={y(points[run[0]!]?.low ?? 0)}
                y2={y(points[run[0]!]?.high ?? 0)}
              />
            ),
          )}
          {targets.map((run) => (
            <polyline
              key={run[0]}
              className="kp-line__target"
              points={run
                .flatMap((index) => {
                  const level = y(points[index]!.target ?? 0).toFixed(1);
                  const half = count < 2 ? inner / 2 : inner / (count - 1) / 2;
                  const from = Math.max(left, x(index) - half).toFixed(1);
                  const to = Math.min(width - right, x(index) + half).toFixed(1);
                  return [`${from},${level}`, `${to},${level}`];
                })
                .join(' ')}
            />
          ))}
          {breaks.map(({ at: place, word }) => {
            const middle = (x(place - 1) + x(place)) / 2;
            const late = middle > width / 2;
            return (
              <g key={`break${place}`}>
                <line className="kp-line__break" x1={middle} x2={middle} y1={top - 14} y2={height - bottom} />
                <text
                  className="kp-line__word"
                  x={middle + (late ? -5 : 5)}
                  y={height - bottom - 6}
                  textAnchor={late ? 'end' : 'start'}
                >
                  {word}
                </text>
              </g>
            );
          })}
          {runs.map((run) => (
            <polyline
              key={run[0]}
              className="kp-line__line"
              points={path(run, ({ value }) => value).join(' ')}
            />
          ))}
          {dots.map((index) => (
            <circle
              key={index}
              className="kp-line__dot"
              cx={x(index)}
              cy={y(points[index]?.value ?? 0)}
              r="2"
            />
          ))}
          {signals.map(({ at: place, word }) => {
            const late = x(place) > width / 2;
            return (
              <g key={`signal${place}${word}`} className="kp-line__signal">
                <path d={`M${x(place) - 6} ${top - 18}h12l-6 9z`} />
                <line x1={x(place)} x2={x(place)} y1={top - 8} y2={y(points[place]?.value ?? range[1]) - 5} />
                <text x={x(place) + (late ? -10 : 10)} y={top - 9} textAnchor={late ? 'end' : 'start'}>
                  {word}
                </text>
              </g>
            );
          })}
          {endValue !== null && endValue !== undefined && (
            <>
              <circle
                className={points[end]?.running ? 'kp-line__end kp-line__end--open' : 'kp-line__end'}
                cx={x(end)}
                cy={y(endValue)}
                r="4"
              />
              <text className="kp-line__value" x={width - right + 10} y={y(endValue) + 5}>
                {words.mark(Math.round(endValue * 10) / 10)}
              </text>
            </>
          )}
          {lastTarget !== undefined && (
            <text
              className="kp-line__word"
              x={width - right + 10}
              y={
                endValue !== null && endValue !== undefined && Math.abs(y(lastTarget) - y(endValue)) < 18
                  ? y(endValue) + (y(lastTarget) >= y(endValue) ? 21 : -13)
                  : y(lastTarget) + 4
              }
            >
              {words.target(lastTarget)}
            </text>
          )}
          {at !== null && (
            <line className="kp-line__at" x1={x(at)} x2={x(at)} y1={top - 8} y2={height - bottom} />
          )}
          {at !== null && typeof points[at]?.value === 'number' && (
            <circle className="kp-line__end kp-line__end--at" cx={x(at)} cy={y(points[at].value)} r="4.5" />
          )}
        </svg>
      </div>
    </div>
  );
}
