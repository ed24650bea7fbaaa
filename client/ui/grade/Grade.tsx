import { useState } from 'react';
import './grade.css';

/** One place of the number; when its sign changes, the old one rolls out as the new one rolls in. */
function Place({ sign }: { sign: string }) {
  const [shown, setShown] = useState({ sign, before: '', turn: 0 });
  if (shown.sign !== sign) setShown({ sign, before: shown.sign, turn: shown.turn + 1 });
  return (
    <span className="kp-grade__place">
      {shown.before !== '' && (
        <span
          key={`out${shown.turn}`}
          className="kp-grade__out"
          onAnimationEnd={() => setShown({ ...shown, before: '' })}
        >
          {shown.before}
        </span>
      )}
      <span key={`in${shown.turn}`} className={shown.turn > 0 ? 'kp-grade__in' : undefined}>
        {shown.sign}
      </span>
    </span>
  );
}

export interface GradeProps {
  /** As it is to be read, such as "7,3". */
  text: string;
  size: 'hero' | 'row' | 'list';
  /** A figure of which little may be said is set in a softer ink, a missing one smaller too. */
  tone?: 'full' | 'soft' | 'missing';
}

/** Places count from the right, so that the tenth stays the tenth when 9,9 becomes 10,0. */
const placesOf = (text: string) => [...text].map((sign, index) => ({ place: text.length - index, sign }));

export function Grade({ text, size, tone = 'full' }: GradeProps) {
  return (
    <span className={`kp-grade kp-grade--${size}${tone === 'full' ? '' : ` kp-grade--${tone}`}`}>
      <span className="kp-hidden">{text}</span>
      <span aria-hidden="true" className="kp-grade__places">
        {placesOf(text).map(({ place, sign }) => (
          <Place key={place} sign={sign} />
        ))}
      </span>
    </span>
  );
}
