import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Rhythm, RhythmCell } from '#shared/contract/rhythm.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { get } from '../api/client.ts';
import { type Narrowing, recent } from '../api/queries.ts';
import { type Range, rangeOf } from '../figures/period.ts';
import { useChoices } from '../filters/choices.ts';
import { Filters } from '../filters/Filters.tsx';
import { PeriodChoice } from '../filters/PeriodChoice.tsx';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { periodWords } from '../now/periodWords.ts';
import { Page } from '../Page.tsx';
import { narrowingOf, periodOf, whySearch } from '../search.ts';
import { Choose } from '../trend/Choose.tsx';
import { extremes } from './hours.ts';
import { RhythmTable } from './RhythmTable.tsx';
import { useRhythmWords, weekdayName } from './words.ts';
import '../trend/trend.css';
import './rhythm.css';

const rhythmQuery = (range: Range, narrowing: Narrowing) =>
  queryOptions({
    queryKey: ['figures', 'rhythm', range, narrowing],
    queryFn: ({ signal }) => get<Rhythm>('rhythms', { ...range, ...narrowing }, signal),
    placeholderData: keepPreviousData,
    ...recent,
  });

function Content({ rhythm, subject, period }: { rhythm: Rhythm; subject: string; period: string }) {
  const words = useRhythmWords();
  const { w, grade } = words;
  const search = useSearch({ from: '__root__' });
  const [counts, setCounts] = useState(false);
  const { best, worst } = extremes(rhythm);
  const moment = ({ weekday, hour }: RhythmCell) =>
    w('moment', { day: weekdayName(weekday, words, 'long'), hour: `${hour}–${hour + 1}` });
  const heading =
    best && worst
      ? w('heading', { name: subject, best: moment(best), worst: moment(worst) })
      : w(rhythm.total.enough === 'yes' ? 'heading.flat' : 'heading.none', { name: subject });
  return (
    <>
      <h1 className="kp-trend__title">{heading}</h1>
      <div className="kp-trend__bar">
        <Choose
          legend={w('view.legend')}
          options={[
            { value: 'grade', text: w('view.grade') },
            { value: 'count', text: w('view.count') },
          ]}
          value={counts ? 'count' : 'grade'}
          onChange={(value) => setCounts(value === 'count')}
        />
      </div>
      {rhythm.cells.length === 0 ? (
        <Notice title={w('empty.title')}>{w('empty.words')}</Notice>
      ) : (
        <RhythmTable rhythm={rhythm} counts={counts} period={period} picture={heading} />
      )}
      <p className="kp-trend__help">
        {w('legend', { grade: grade(rhythm.total.mean), n: limits.indicative - 1 })} {w('help')}
      </p>
      <p className="kp-trend__links kp-screen">
        <Link to="/waarom" search={{ ...whySearch(search, dayOf(Date.now())), by: ['daypart'] }}>
          {w('link.why')}
        </Link>
      </p>
      <Glossary of={['grade', 'margin', 'indicative']} />
      <Printed />
    </>
  );
}

/** At which hours of the week the grade is high or low. */
export default function RhythmPage({ account }: { account: Account }) {
  const words = useRhythmWords();
  const { w, t } = words;
  const search = useSearch({ from: '__root__' });
  const { chosen } = useChoices();
  const period = periodOf(search);
  const range = rangeOf(period, dayOf(Date.now()));
  const { data, error, refetch, isPlaceholderData } = useQuery(rhythmQuery(range, narrowingOf(search)));
  useTitle(w('title'));
  return (
    <Page account={account}>
      <Filters period={<PeriodChoice />} />
      {error ? (
        <Absent error={error} title={w('failed')} onRetry={refetch} />
      ) : data ? (
        <div className={isPlaceholderData ? 'kp-now--old' : undefined} aria-busy={isPlaceholderData}>
          <Content
            rhythm={data}
            subject={chosen.length > 0 ? chosen.join(' · ') : w('all')}
            period={periodWords(period, range, words)}
          />
        </div>
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
    </Page>
  );
}
