import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { may } from '#shared/contract/access.ts';
import { Notice } from '../ui/states/Notice.tsx';
import { Skeleton } from '../ui/states/Skeleton.tsx';
import { sessionQuery } from './api/queries.ts';
import { useWords } from './messages/words.tsx';
import { Failed } from './now/absent.tsx';
import { NowPage } from './now/NowPage.tsx';
import { Page } from './Page.tsx';
import { SignInPage } from './session/SignInPage.tsx';
import { Wallboard } from './wallboard/Wallboard.tsx';

/** The first page: to sign in, or the figures of now. */
export function Home() {
  const { t } = useWords();
  const { wallboard } = useSearch({ from: '__root__' });
  const session = useQuery(sessionQuery);
  const fresh = session.data?.account ? session.data.fresh : false;
  useEffect(() => {
    // The form is gone and its focus with it: the new page is read from its content on.
    if (fresh) document.getElementById('main')?.focus();
  }, [fresh]);

  if (session.data?.account) {
    if (!may(session.data.account.role, 'figures')) {
      return (
        <Page account={session.data.account}>
          <Failed status={403} />
        </Page>
      );
    }
    return wallboard === undefined ? (
      <NowPage account={session.data.account} />
    ) : (
      <Wallboard account={session.data.account} />
    );
  }
  if (session.data) return <SignInPage gone={session.data.gone} />;
  return (
    <Page>
      {session.isError ? (
        <Notice
          heading="h1"
          tone="error"
          title={t('now.error.title')}
          action={
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => session.refetch()}
            >
              {t('app.tryAgain')}
            </button>
          }
        >
          {t('problem.network')}
        </Notice>
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
    </Page>
  );
}
