import type { ReactNode } from 'react';
import type { VerdictTone } from './tone.ts';
import './verdict.css';

const shapes: Record<VerdictTone, string | null> = {
  good: 'M6 1 11.500 11H.5Z',
  warn: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  bad: 'M6 11 .5 1h11Z',
  none: null,
};

/** The word comes first and says it all; shape and colour support it. */
export function Verdict({ tone, word, children }: { tone: VerdictTone; word: string; children?: ReactNode }) {
  const shape = shapes[tone];
  return (
    <span className={`kp-verdict kp-verdict--${tone}`}>
      <span className="kp-verdict__word">
        {shape && (
          <svg className="kp-verdict__shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
            <path d={shape} fill="currentColor" />
          </svg>
        )}
        {word}
      </span>
      {children && <span className="kp-verdict__detail">{children}</span>}
    </span>
  );
}
