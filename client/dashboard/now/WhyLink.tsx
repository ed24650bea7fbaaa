import { Link, useSearch } from '@tanstack/react-router';
import { dayOf } from '#shared/core/calendar.ts';
import type { Narrowing } from '../api/queries.ts';
import { useWords } from '../messages/words.tsx';
import { whySearch } from '../search.ts';

/** From a change to its explanation: the same periods, the same filter. */
export function WhyLink({ narrowing, about }: { narrowing?: Narrowing; about: string }) {
  const { t } = useWords();
  const search = useSearch({ from: '__root__' });
  return (
    <Link
      to="/waarom"
      search={whySearch(search, dayOf(Date.now()), narrowing)}
      className="kp-why-link kp-screen"
    >
      {t('change.why')}
      <span className="kp-hidden"> {about}</span>
    </Link>
  );
}
