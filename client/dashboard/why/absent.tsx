import { Link, useSearch } from '@tanstack/react-router';
import type { ExplainDimension, Explanation } from '#shared/contract/explanation.ts';
import { explainDimensions } from '#shared/contract/lists.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { useLate } from '../../ui/states/useLate.ts';
import { ApiProblem } from '../api/client.ts';
import { Failed } from '../now/absent.tsx';
import { noPeriods } from './PeriodsForm.tsx';
import { mostDimensions, type Question } from './question.ts';
import { isFew, Sentence } from './Verdict.tsx';
import { useWhyWords } from './words.ts';

/** The shape of what comes: a sentence, and bars that step down. */
export function Waiting() {
  const { w } = useWhyWords();
  const late = useLate();
  // Until it is seen it holds the place, so that nothing under it moves.
  if (!late) return <div className="kp-why__waiting" />;
  return (
    <div className="kp-why__waiting" role="status">
      <span className="kp-hidden">{w('loading')}</span>
      <span className="kp-skeleton__block kp-why__waiting-line" />
      <span className="kp-skeleton__block kp-why__waiting-line kp-why__waiting-line--short" />
      <div className="kp-why__waiting-fall">
        {['a', 'b', 'c', 'd', 'e'].map((bar) => (
          <span key={bar} className="kp-skeleton__block" />
        ))}
      </div>
    </div>
  );
}

export function Refused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t, w } = useWhyWords();
  const status = error instanceof ApiProblem ? error.status : 0;
  if (status === 400) {
    return (
      <Notice
        heading="h1"
        title={t('now.filter.title')}
        action={<Link to="/waarom">{t('filter.clear')}</Link>}
      >
        {t('now.filter.words')}
      </Notice>
    );
  }
  if (status === 403) return <Failed status={status} />;
  return (
    <Notice
      tone="error"
      heading="h1"
      title={w('failed')}
      action={
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onRetry}>
          {t('app.tryAgain')}
        </button>
      }
    >
      {status === 0 ? t('problem.network') : t('problem.server', { status })}
    </Notice>
  );
}

/** The link goes away with what it changes: one reads on from the new verdict. */
export const toVerdict = () => document.getElementById('main')?.focus();

/** What can be done where two periods cannot be compared. */
export function Remedy({ explanation }: { explanation: Explanation }) {
  const { w, said } = useWhyWords();
  const remedy = said(explanation).at(-1);
  return (
    <section className="kp-why__remedy" aria-labelledby="remedy">
      <h2 id="remedy" className="kp-why__title">
        {w('remedy.title')}
      </h2>
      <p>{isFew(explanation) || !remedy ? w('remedy.few') : <Sentence text={remedy} />}</p>
      <p className="kp-screen">
        <Link to="/waarom" search={(search) => ({ ...search, ...noPeriods })} onClick={toVerdict}>
          {w('remedy.year')}
        </Link>
      </p>
    </section>
  );
}

/** Where it was not looked yet, when what was looked at does not explain enough. */
export function TryAlso({ explanation, question }: { explanation: Explanation; question: Question }) {
  const { w } = useWhyWords();
  const search = useSearch({ from: '__root__' });
  const { verdict } = explanation;
  const one: Partial<Record<ExplainDimension, boolean>> = {
    channel: search.channel?.length === 1 || search.touchpoint?.length === 1,
    touchpoint: search.touchpoint?.length === 1,
    location: search.location?.length === 1 || search.touchpoint?.length === 1,
    product: search.product?.length === 1,
  };
  const left = explainDimensions.filter((key) => !question.by.includes(key) && !one[key]);
  if (verdict !== 'partly-explained' && verdict !== 'not-explained') return null;
  if (left.length === 0 || question.by.length >= mostDimensions) return null;
  return (
    <section className="kp-why__try kp-screen" aria-labelledby="try">
      <h2 id="try" className="kp-why__title">
        {w('try.title')}
      </h2>
      <p>{w('try.words')}</p>
      <ul>
        {left.map((key) => (
          <li key={key}>
            <Link
              to="/waarom"
              search={(search) => ({ ...search, by: [...question.by, key] })}
              onClick={toVerdict}
            >
              {w('try.add', { name: w(`by.${key}`) })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
