import { type FallAxis, type FallStep, shareOf } from './layout.ts';
import './waterfall.css';

export interface WaterfallProps {
  steps: readonly FallStep[];
  axis: FallAxis;
  /** A mark on the axis in words. */
  mark: (level: number) => string;
  label: string;
}

const height = 288;
const room = 34;
/** The shares of its column between which a bar stands. */
const left = 16;
const right = 84;

/** Where a bar comes from the cut-off part of the axis. */
function Cut({ y }: { y: number }) {
  return (
    <svg
      x={`${left - 2}%`}
      width={`${right - left + 4}%`}
      y={y - 6}
      height="12"
      viewBox="0 0 60 12"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="kp-fall__cut" d="M0 8 6 4l6 4 6-4 6 4 6-4 6 4 6-4 6 4 6-4 6 4" />
    </svg>
  );
}

function Column({
  step,
  axis,
  first,
  last,
}: {
  step: FallStep;
  axis: FallAxis;
  first: boolean;
  last: boolean;
}) {
  const y = (level: number) => room + (1 - shareOf(level, axis)) * (height - 2 * room);
  const bottom = height - room / 2;
  const total = step.kind === 'total';
  const top = total ? y(step.to) : Math.min(y(step.from), y(step.to));
  const foot = total ? bottom : Math.max(y(step.from), y(step.to));
  const falls = step.to < step.from;
  return (
    <svg className="kp-fall__column" height={height} aria-hidden="true" focusable="false">
      {axis.ticks.map((tick) => (
        <line key={tick} className="kp-fall__rule" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
      ))}
      {!first && (
        <line className="kp-fall__join" x1="0" x2={`${left}%`} y1={y(step.from)} y2={y(step.from)} />
      )}
      {!last && <line className="kp-fall__join" x1={`${right}%`} x2="100%" y1={y(step.to)} y2={y(step.to)} />}
      <rect
        className={`kp-fall__bar kp-fall__bar--${step.kind} kp-fall__bar--${step.tone}`}
        x={`${left}%`}
        width={`${right - left}%`}
        y={top}
        height={Math.max(2, foot - top)}
        rx="2"
      />
      {total && <Cut y={bottom - 12} />}
      <text
        className={`kp-fall__text kp-fall__text--${step.kind} kp-fall__text--${step.tone}`}
        x="50%"
        y={total ? top - 10 : falls ? foot + 18 : top - 8}
        textAnchor="middle"
      >
        {step.text}
      </text>
    </svg>
  );
}

function Strip({ step, axis }: { step: FallStep; axis: FallAxis }) {
  const x = (level: number) => shareOf(level, axis) * 100;
  const start = step.kind === 'total' ? 0 : Math.min(x(step.from), x(step.to));
  const end = step.kind === 'total' ? x(step.to) : Math.max(x(step.from), x(step.to));
  return (
    <svg className="kp-fall__strip" height="20" aria-hidden="true" focusable="false">
      {axis.ticks.map((tick) => (
        <line key={tick} className="kp-fall__rule" x1={`${x(tick)}%`} x2={`${x(tick)}%`} y1="0" y2="20" />
      ))}
      <rect
        className={`kp-fall__bar kp-fall__bar--${step.kind} kp-fall__bar--${step.tone}`}
        x={`${start}%`}
        width={`${Math.max(0.6, end - start)}%`}
        y="3"
        height="14"
        rx="2"
      />
      {step.kind === 'total' && <path className="kp-fall__cut" d="m12 20 4-6.700-4-6.600 4-6.700" />}
    </svg>
  );
}

/**
 * From one grade to another in steps that add up. Columns where there is room, else lines below each other; either way a
 * list whose words say all that the bars show.
 */
export function Waterfall({ steps, axis, mark, label }: WaterfallProps) {
  const y = (level: number) => room + (1 - shareOf(level, axis)) * (height - 2 * room);
  return (
    <div className="kp-fall">
      <svg className="kp-fall__axis" height={height} aria-hidden="true" focusable="false">
        {axis.ticks.map((tick) => (
          <text key={tick} className="kp-fall__mark" x="0" y={y(tick) + 4}>
            {mark(tick)}
          </text>
        ))}
      </svg>
      <ol className="kp-fall__steps" aria-label={label}>
        {steps.map((step, index) => (
          <li key={step.key} className={`kp-fall__step kp-fall__step--${step.kind}`}>
            <Column step={step} axis={axis} first={index === 0} last={index === steps.length - 1} />
            <span className="kp-fall__label">{step.label}</span>{' '}
            <span className="kp-fall__value">
              <span aria-hidden="true">{step.text}</span>
              <span className="kp-hidden">{step.spoken ?? step.text}</span>
            </span>
            {step.detail && <span className="kp-fall__detail">{step.detail}</span>}
            <Strip step={step} axis={axis} />
          </li>
        ))}
      </ol>
    </div>
  );
}
