import { Link, useNavigate } from '@tanstack/react-router';
import { memo, type ReactNode, use, useEffect } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import { remove } from './api/client.ts';
import { endSession } from './api/queries.ts';
import { languages } from './messages/messages.ts';
import { useWords } from './messages/words.tsx';
import { ShellContext } from './shell/shell.ts';

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

async function signOut() {
  const answer = await remove<{ continueAt: string }>('session').catch(() => null);
  endSession('signed-out');
  // The identity provider ends its session too, and sends the browser back.
  if (answer) location.assign(answer.continueAt);
}

/** Where this visit began; `null` as soon as somebody went to another page. */
let began: string | null = location.pathname;

/** Who goes to another page reads on from its content: the link that was followed is gone, and its focus with it. */
function useFocusOnArrival(): void {
  useEffect(() => {
    if (location.pathname !== began) began = null;
    if (began === null && document.activeElement === document.body) document.getElementById('main')?.focus();
  }, []);
}

export interface PageProps {
  children: ReactNode;
  account?: Account | undefined;
  municipality?: string | undefined;
  /** Stands in the header: whether the figures are live. */
  state?: ReactNode;
}

/** Apart, because it does not move with the figures. */
const Footer = memo(({ account }: { account: Account | undefined }) => {
  const { t } = useWords();
  return (
    <footer className="kp-footer kp-screen">
      <div className="kp-footer__inner">
        <LanguageSwitch />
        {account && (
          <>
            {may(account.role, 'figures') && (
              <Link to="/" search={(known) => ({ ...known, wallboard: '' })}>
                {t('nav.wallboard')}
              </Link>
            )}
            <Link to="/account">{t('app.signedInAs', { name: account.name })}</Link>
            <button type="button" className="kp-quiet" onClick={signOut}>
              {t('app.signOut')}
            </button>
          </>
        )}
      </div>
    </footer>
  );
});

/** Header with name and menu, the content, and a footer: the same for every page. */
export function Page({ children, account, municipality, state }: PageProps) {
  const { t } = useWords();
  const shell = use(ShellContext);
  useFocusOnArrival();
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
          <div className="kp-header__state kp-screen">{state}</div>
          {shell?.menu}
        </div>
      </header>
      <main id="main" className="kp-main" tabIndex={-1}>
        {shell?.sections ? (
          <div className="kp-administration">
            {shell.sections}
            <div>{children}</div>
          </div>
        ) : (
          children
        )}
      </main>
      <Footer account={account} />
    </>
  );
}
