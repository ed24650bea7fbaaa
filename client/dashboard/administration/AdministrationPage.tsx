import { Link, useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import { useWords } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { administration, searchTo, sectionsFor } from '../places.ts';
import './administration.css';

/** What can be set up, and what each part is for. */
export default function AdministrationPage({ account }: { account: Account }) {
  const { language } = useWords();
  const search = useSearch({ from: '__root__' });
  return (
    <Page account={account}>
      <h1 className="kp-overview__title">{administration.name[language]}</h1>
      <ul className="kp-overview">
        {sectionsFor(account).map((place) => (
          <li key={place.path} className="kp-overview__item">
            <Link to={place.path} search={searchTo(place, search)} className="kp-overview__link">
              {place.name[language]}
            </Link>
            {place.about && <p className="kp-overview__about">{place.about[language]}</p>}
          </li>
        ))}
      </ul>
    </Page>
  );
}
