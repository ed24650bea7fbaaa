import { Link, Navigate, useLocation, useSearch } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, Suspense, useMemo } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { Notice } from '../ui/states/Notice.tsx';
import { Skeleton } from '../ui/states/Skeleton.tsx';
import { useTitle, useWords } from './messages/words.tsx';
import { Page } from './Page.tsx';
import { firstPlaceFor, mayEnter, type Place, searchTo } from './places.ts';
import { SignedIn } from './SignedIn.tsx';
import { Menu } from './shell/Menu.tsx';
import { Sections } from './shell/Sections.tsx';
import { ShellContext } from './shell/shell.ts';

/** Gives every page inside the menu of what this person may see. */
export function Shelled({ account, children }: { account: Account; children: ReactNode }) {
  const { pathname } = useLocation();
  const inSection = pathname.startsWith('/beheer/');
  const shell = useMemo(
    () => ({
      menu: <Menu account={account} />,
      sections: inSection ? <Sections account={account} /> : null,
    }),
    [account, inSection],
  );
  return <ShellContext value={shell}>{children}</ShellContext>;
}

function NoPermission({ account, place }: { account: Account; place: Place }) {
  const { t, language } = useWords();
  const search = useSearch({ from: '__root__' });
  const other = firstPlaceFor(account);
  useTitle(t('app.notAllowed.title'));
  // Who comes to the front door without a page in mind is brought to their own.
  if (place.path === '/' && other)
    return <Navigate to={other.path} search={searchTo(other, search)} replace />;
  return (
    <Page account={account}>
      <Notice
        heading="h1"
        title={t('app.notAllowed.title')}
        action={
          other && (
            <Link to={other.path} search={searchTo(other, search)}>
              {t('app.notAllowed.action', { name: other.name[language] })}
            </Link>
          )
        }
      >
        {t('app.notAllowed.words', { name: place.name[language] })}
      </Notice>
    </Page>
  );
}

/** The name of the page until it says something better itself. */
function PlaceTitle({ place }: { place: Place }) {
  const { language } = useWords();
  useTitle(place.name[language]);
  return null;
}

export interface PlacedProps {
  place: Place;
  Content: ComponentType<{ account: Account }>;
}

/** A page from the list of places, for who is signed in and may see it. */
export function Placed({ place, Content }: PlacedProps) {
  const { t } = useWords();
  return (
    <SignedIn>
      {(account) => (
        <Shelled account={account}>
          {mayEnter(account, place) ? (
            <Suspense
              fallback={
                <Page account={account}>
                  <Skeleton words={t('app.loading')} />
                </Page>
              }
            >
              <PlaceTitle place={place} />
              <Content account={account} />
            </Suspense>
          ) : (
            <NoPermission account={account} place={place} />
          )}
        </Shelled>
      )}
    </SignedIn>
  );
}
