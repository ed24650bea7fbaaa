import './pulse-line.css';

export interface Pulse {
  id: number;
  at: number;
  grade: number;
  /** From a smiley: drawn open, because its grade is calculated. */
  derived?: boolean;
}

export interface PulseLineProps {
  pulses: readonly Pulse[];
  now: number;
  /** How long a rating stays to be seen, in milliseconds. */
  span: number;
  label: string;
  start: string;
  end: string;
}

/** Each rating that arrives is a dot at the height of its grade; it drifts to the left and fades. */
export function PulseLine({ pulses, now, span, label, start, end }: PulseLineProps) {
  return (
    <figure className="kp-pulse">
      <svg className="kp-pulse__dots" role="img" aria-label={label}>
        {pulses.map((pulse) => {
          const age = Math.max(0, now - pulse.at) / span;
          if (age > 1) return null;
          return (
            <circle
              key={pulse.id}
              className={pulse.derived ? 'kp-pulse__dot kp-pulse__dot--open' : 'kp-pulse__dot'}
              cx={`${(100 * (1 - age)).toFixed(2)}%`}
              cy={`${(100 - ((pulse.grade - 1) / 9) * 100).toFixed(1)}%`}
              r="3.5"
              opacity={(1 - 0.85 * age).toFixed(2)}
            />
          );
        })}
      </svg>
      <figcaption className="kp-pulse__words">
        <span>{start}</span>
        <span>{end}</span>
      </figcaption>
    </figure>
  );
}
