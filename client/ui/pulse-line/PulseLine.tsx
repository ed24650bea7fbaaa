import { type CSSProperties, memo } from 'react';
import './pulse-line.css';

export interface Pulse {
  id: number;
  at: number;
  grade: number;
  /** From a smiley: drawn open, because its grade is calculated. */
  derived?: boolean;
  /** Came with many others: it does not jump out. */
  amongMany?: boolean;
}

export interface PulseLineProps {
  pulses: readonly Pulse[];
  /** When the line began: a dot keeps its place after it, and the line as a whole drifts. */
  since: number;
  now: number;
  /** How long a rating stays to be seen, in milliseconds. */
  span: number;
  label: string;
  start: string;
  end: string;
}

/** Drawn once, however long it stays. */
const Dot = memo(({ pulse, since, span }: { pulse: Pulse; since: number; span: number }) => (
  <circle
    className={`kp-pulse__dot${pulse.derived ? ' kp-pulse__dot--open' : ''}${pulse.amongMany ? '' : ' kp-pulse__dot--arrives'}`}
    cx={`${((100 * (pulse.at - since)) / span).toFixed(2)}%`}
    cy={`${(100 - ((pulse.grade - 1) / 9) * 100).toFixed(1)}%`}
    r="3.5"
  />
));

/** Each rating that arrives is a dot at the height of its grade; it drifts to the left and fades. */
export function PulseLine({ pulses, since, now, span, label, start, end }: PulseLineProps) {
  const drift = `${(100 - (100 * (now - since)) / span).toFixed(2)}%`;
  return (
    <figure className="kp-pulse">
      <div className="kp-pulse__window">
        <div className="kp-pulse__drift" style={{ '--kp-drift': drift } as CSSProperties}>
          <svg className="kp-pulse__dots" role="img" aria-label={label}>
            {pulses.map(
              (pulse) =>
                now - pulse.at <= span && <Dot key={pulse.id} pulse={pulse} since={since} span={span} />,
            )}
          </svg>
        </div>
      </div>
      <figcaption className="kp-pulse__words">
        <span>{start}</span>
        <span>{end}</span>
      </figcaption>
    </figure>
  );
}
