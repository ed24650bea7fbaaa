import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Notice } from '../ui/states/Notice.tsx';
import { sessionQuery } from './api/queries.ts';
import { useTitle, useWords } from './messages/words.tsx';
import { Page } from './Page.tsx';
import { Shelled } from './Placed.tsx';

export function NotFound() {
  const { t } = useWords();
  const account = useQuery(sessionQuery).data?.account ?? undefined;
  useTitle(t('app.notFound.title'));
  const page = (
    <Page account={account}>
      <Notice
        heading="h1"
        title={t('app.notFound.title')}
        action={<Link to="/">{t('app.notFound.action')}</Link>}
      />
    </Page>
  );
  return account ? <Shelled account={account}>{page}</Shelled> : page;
}

export function Broken() {
  const { t } = useWords();
  return (
    <Page>
      <Notice
        heading="h1"
        tone="error"
        title={t('app.broken.title')}
        action={
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={() => location.reload()}
          >
            {t('app.broken.action')}
          </button>
        }
      >
        {t('app.broken.words')}
      </Notice>
    </Page>
  );
}
