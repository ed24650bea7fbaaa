import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { Notice } from '../ui/states/Notice.tsx';
import { Skeleton } from '../ui/states/Skeleton.tsx';
import { sessionQuery } from './api/queries.ts';
import { useWords } from './messages/words.tsx';
import { Page } from './Page.tsx';
import { SignInPage } from './session/SignInPage.tsx';

/** A page for who is signed in; anybody else is asked to do that first. */
export function SignedIn({ children }: { children: (account: Account) => ReactNode }) {
  const { t } = useWords();
  const session = useQuery(sessionQuery);
  const fresh = session.data?.account ? session.data.fresh : false;
  useEffect(() => {
    // The form is gone and its focus with it: the new page is read from its content on.
    if (fresh) document.getElementById('main')?.focus();
  }, [fresh]);

  if (session.data?.account) return children(session.data.account);
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
