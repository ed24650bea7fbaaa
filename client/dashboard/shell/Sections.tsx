import { Link, useLocation, useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import { useWords } from '../messages/words.tsx';
import { administration, searchTo, sectionsFor } from '../places.ts';
import './sections.css';

/** The sections of the administration beside the one that is open; on a phone, the way back to all of them. */
export function Sections({ account }: { account: Account }) {
  const { t, language } = useWords();
  const search = useSearch({ from: '__root__' });
  const { pathname } = useLocation();
  return (
    <nav className="kp-sections kp-screen" aria-label={t('nav.sections')}>
      <Link to={administration.path} search={searchTo(administration, search)} className="kp-sections__back">
        {t('nav.allSections')}
      </Link>
      <ul className="kp-sections__list">
        {sectionsFor(account).map((place) => (
          <li key={place.path}>
            <Link
              to={place.path}
              search={searchTo(place, search)}
              className="kp-sections__link"
              aria-current={pathname === place.path ? 'page' : undefined}
              activeProps={{}}
            >
              {place.name[language]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
