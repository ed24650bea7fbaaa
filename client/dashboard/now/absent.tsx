import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Notice } from '../../ui/states/Notice.tsx';
import { sessionQuery } from '../api/queries.ts';
import { useWords } from '../messages/words.tsx';

/** Nothing came in yet: what to do about it. */
export function Empty({ narrowed }: { narrowed: boolean }) {
  const { t } = useWords();
  return (
    <Notice
      heading="h1"
      title={t('now.empty.title')}
      action={
        !narrowed && (
          <>
            <a href="/kiosk">{t('now.empty.kiosk')}</a>
            <a href="/widget-example">{t('now.empty.widget')}</a>
          </>
        )
      }
    >
      {t(narrowed ? 'now.empty.filtered' : 'now.empty.words')}
    </Notice>
  );
}

/** The figures did not come: what happened, and what to do about it. */
export function Failed({ status }: { status: number }) {
  const { t } = useWords();
  const { refetch } = useQuery(sessionQuery);
  if (status === 403) {
    return (
      <Notice heading="h1" tone="error" title={t('problem.notAllowed.title')}>
        {t('problem.notAllowed.words')}
      </Notice>
    );
  }
  if (status === 400) {
    return (
      <Notice heading="h1" title={t('now.filter.title')} action={<Link to="/">{t('filter.clear')}</Link>}>
        {t('now.filter.words')}
      </Notice>
    );
  }
  return (
    <Notice
      tone="error"
      heading="h1"
      title={t('now.error.title')}
      action={
        <button
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          onClick={() => refetch().then(() => location.reload())}
        >
          {t('app.tryAgain')}
        </button>
      }
    >
      {status === 0 ? t('problem.network') : t('problem.server', { status })}
    </Notice>
  );
}
