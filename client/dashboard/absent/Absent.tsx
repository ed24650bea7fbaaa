import { Notice } from '../../ui/states/Notice.tsx';
import { ApiProblem } from '../api/client.ts';
import { noFilters, useGo } from '../filters/choices.ts';
import { useWords } from '../messages/words.tsx';

/** What was asked did not come: what happened, and what to do about it. */
export function Absent({ error, title, onRetry }: { error: Error; title: string; onRetry: () => void }) {
  const { t } = useWords();
  const go = useGo();
  const status = error instanceof ApiProblem ? error.status : 0;
  const action = (text: string, act: () => void) => (
    <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={act}>
      {text}
    </button>
  );
  if (status === 400)
    return (
      <Notice
        heading="h1"
        title={t('now.filter.title')}
        action={action(t('filter.clear'), () => go(noFilters))}
      >
        {t('now.filter.words')}
      </Notice>
    );
  if (status === 403)
    return (
      <Notice heading="h1" title={t('problem.deskByHour.title')}>
        {t('problem.deskByHour.words')}
      </Notice>
    );
  return (
    <Notice heading="h1" tone="error" title={title} action={action(t('app.tryAgain'), onRetry)}>
      {status === 0 ? t('problem.network') : t('problem.server', { status })}
    </Notice>
  );
}

/** On paper: when this was made. */
export function Printed() {
  const { t, date, time } = useWords();
  const now = Date.now();
  return <p className="kp-print">{t('print.made', { time: `${date(now)}, ${time(now)}` })}</p>;
}
