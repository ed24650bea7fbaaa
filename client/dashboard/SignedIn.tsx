import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { type Account, may } from '#shared/contract/access.ts';
import { Notice } from '../ui/states/Notice.tsx';
import { Skeleton } from '../ui/states/Skeleton.tsx';
import { sessionQuery } from './api/queries.ts';
import { useWords } from './messages/words.tsx';
import { Failed } from './now/absent.tsx';
import { Page } from './Page.tsx';
import { SignInPage } from './session/SignInPage.tsx';

/** A page for who may see figures; anybody else is asked to sign in first. */
export function SignedIn({ children }: { children: (account: Account) => ReactNode }) {
  const { t } = useWords();
  const session = useQuery(sessionQuery);
  const fresh = session.data?.account ? session.data.fresh : false;
  useEffect(() => {
    // The form is gone and its focus with it: the new page is read from its content on.
    if (fresh) document.getElementById('main')?.focus();
  }, [fresh]);

  if (session.data?.account) {
    const { account } = session.data;
    if (may(account.role, 'figures')) return children(account);
    return (
      <Page account={account}>
        <Failed status={403} />
      </Page>
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
