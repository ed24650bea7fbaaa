import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { remove } from './api/client.ts';
import { endSession } from './api/queries.ts';
import { languages } from './messages/messages.ts';
import { useWords } from './messages/words.tsx';
import { whySearch } from './search.ts';

const own: Record<(typeof languages)[number], string> = { nl: 'Nederlands', en: 'English' };

function LanguageSwitch() {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const other = languages.find((each) => each !== language) ?? language;
  return (
    <button
      type="button"
      lang={other}
      className="kp-quiet"
      title={`${t('app.language')}: ${own[other]}`}
      onClick={() =>
        navigate({ to: '.', search: (search) => ({ ...search, taal: other }), hash: true, replace: true })
      }
    >
      {own[other]}
    </button>
  );
}

function Menu() {
  const { t } = useWords();
  const search = useSearch({ from: '__root__' });
  return (
    <nav className="kp-header__menu kp-screen" aria-label={t('app.navigation')}>
      <Link to="/" className="kp-header__link" activeOptions={{ exact: true, includeSearch: false }}>
        {t('nav.now')}
      </Link>
      <Link
        to="/waarom"
        search={whySearch(search, dayOf(Date.now()))}
        className="kp-header__link"
        activeOptions={{ includeSearch: false }}
      >
        {t('nav.why')}
      </Link>
      <Link to="/" search={(known) => ({ ...known, wallboard: '' })} className="kp-header__link">
        {t('nav.wallboard')}
      </Link>
    </nav>
  );
}

async function signOut() {
  await remove('session').catch(() => null);
  endSession('signed-out');
}

export interface PageProps {
  children: ReactNode;
  account?: Account | undefined;
  municipality?: string | undefined;
  /** Stands in the header: whether the figures are live. */
  state?: ReactNode;
}

/** Header with name and menu, the content, and a footer: the same for every page. */
export function Page({ children, account, municipality, state }: PageProps) {
  const { t } = useWords();
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it is page navigation, without a new address */}
      <a
        className="nl-skip-link nl-skip-link--visible-on-focus kp-screen"
        href="#main"
        onClick={(event) => {
          // What stands behind the # of the address is kept: on one page it is a token.
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <header className="kp-header">
        <div className="kp-header__inner">
          <p className="kp-header__name">
            <strong>{t('app.name')}</strong> {account?.municipality ?? municipality}
          </p>
          {account && <Menu />}
          <div className="kp-header__state kp-screen">{state}</div>
        </div>
      </header>
      <main id="main" className="kp-main" tabIndex={-1}>
        {children}
      </main>
      <footer className="kp-footer kp-screen">
        <div className="kp-footer__inner">
          <LanguageSwitch />
          {account && (
            <>
              <span>{t('app.signedInAs', { name: account.name })}</span>
              <button type="button" className="kp-quiet" onClick={signOut}>
                {t('app.signOut')}
              </button>
            </>
          )}
        </div>
      </footer>
    </>
  );
}
