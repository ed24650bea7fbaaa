import type { ExplanationVerdict } from '#shared/contract/explanation.ts';
import { useWhyWords } from './words.ts';

/** Full, half and open; a level line for no change; a broken one for what cannot be compared. */
const shapes: Record<ExplanationVerdict, string> = {
  explained: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z',
  'partly-explained': 'M8 1a7 7 0 0 0 0 14Z',
  'not-explained': '',
  'no-change': 'M1 6.500h14v3H1Z',
  'not-comparable': 'M1 6.500h5l-1 3H1ZM10 6.500h5v3H9Z',
};
const ringed: readonly ExplanationVerdict[] = ['explained', 'partly-explained', 'not-explained'];

/** How far the change is explained: the word first, a shape of its own beside it. */
export function VerdictWords({ verdict, few }: { verdict: ExplanationVerdict; few: boolean }) {
  const { w } = useWhyWords();
  const name = few ? 'few' : verdict;
  return (
    <p className={`kp-why__verdict kp-why__verdict--${verdict}`}>
      <svg className="kp-why__shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {ringed.includes(verdict) && (
          <circle cx="8" cy="8" r="6.500" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
        <path d={shapes[verdict]} fill="currentColor" />
      </svg>
      <strong>{w(`verdict.${name}`)}</strong>
      <span className="kp-why__because">{w(`verdict.${name}.why`)}</span>
    </p>
  );
}
