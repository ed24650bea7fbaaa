import { useLate } from './useLate.ts';
import './states.css';

/** The shape of what comes. It is seen and said after 300 ms; until then it only holds the place. */
export function Skeleton({ words, rows = 4, at = 300 }: { words: string; rows?: number; at?: number }) {
  const late = useLate(at);
  return (
    <div className="kp-skeleton" role="status">
      <span className="kp-hidden">{late && words}</span>
      <div className="kp-skeleton__hero">
        <span className="kp-skeleton__block kp-skeleton__grade" />
        <span className="kp-skeleton__lines">
          <span className="kp-skeleton__block kp-skeleton__line" />
          <span className="kp-skeleton__block kp-skeleton__line kp-skeleton__line--short" />
        </span>
      </div>
      {Array.from({ length: rows }, (_, row) => `row${row}`).map((row) => (
        <div key={row} className="kp-skeleton__row">
          <span className="kp-skeleton__block" />
          <span className="kp-skeleton__block" />
          <span className="kp-skeleton__block" />
        </div>
      ))}
    </div>
  );
}
