import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { signalsQuery } from '../api/queries.ts';
import { useWords } from '../messages/words.tsx';
import { figureSearch } from '../search.ts';
import { isNew } from '../signals/links.ts';

/** A quiet line above the figures for falls that nobody looked at yet. */
export function SignalBanner() {
  const { t, names, date } = useWords();
  const today = dateOfDay(dayOf(Date.now()));
  const fresh = (useQuery(signalsQuery).data ?? []).filter((signal) => isNew(signal, today));
  if (fresh.length === 0) return null;
  const [first] = fresh;
  return (
    <p className="kp-banner">
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d="M0 1h12L6 11z" fill="currentColor" />
      </svg>
      <span>
        {fresh.length === 1 && first
          ? t('signal.one', { name: first.label, date: date(first.since) })
          : t('signal.some', { names: names([...new Set(fresh.map(({ label }) => label))]) })}
      </span>
      <Link to="/signalen" search={figureSearch} className="kp-screen">
        {t('signal.see')}
      </Link>
    </p>
  );
}
