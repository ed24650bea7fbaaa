import { lazy, Suspense } from 'react';
import { Skeleton } from '../ui/states/Skeleton.tsx';
import { useWords } from './messages/words.tsx';
import { Page } from './Page.tsx';
import { SignedIn } from './SignedIn.tsx';

/** Fetched when it is first opened: the figures of now do not wait for it. */
const WhyPage = lazy(() => import('./why/WhyPage.tsx'));

export function Why() {
  const { t } = useWords();
  return (
    <SignedIn>
      {(account) => (
        <Suspense
          fallback={
            <Page account={account}>
              <Skeleton words={t('app.loading')} />
            </Page>
          }
        >
          <WhyPage account={account} />
        </Suspense>
      )}
    </SignedIn>
  );
}
