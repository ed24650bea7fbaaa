import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import type { Summary } from '#shared/contract/figures.ts';
import { limits } from '#shared/contract/limits.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { spreadOf } from '#shared/core/spread.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { recent, summaryQuery } from '../api/queries.ts';
import { rangeOf } from '../figures/period.ts';
import { useChoices, useGo } from '../filters/choices.ts';
import { Filters } from '../filters/Filters.tsx';
import { PeriodChoice } from '../filters/PeriodChoice.tsx';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { periodWords } from '../now/periodWords.ts';
import { Page } from '../Page.tsx';
import { narrowingOf, periodOf, type SideBySide, sideBySide } from '../search.ts';
import { Choose } from '../trend/Choose.tsx';
import { spreadRows } from './groups.ts';
import { SpreadTable } from './SpreadTable.tsx';
import { useSpreadWords } from './words.ts';
import '../trend/trend.css';
import './spread.css';

function Content({
  summary,
  group,
  subject,
  period,
}: {
  summary: Summary;
  group: SideBySide;
  subject: string | null;
  period: string;
}) {
  const words = useSpreadWords();
  const { w, share } = words;
  const go = useGo();
  const spread = spreadOf(summary.total.histogram);
  const rows = spreadRows(summary);
  return (
    <>
      <h1 className="kp-trend__title">
        {spread
          ? w(subject === null ? 'heading.all' : 'heading', {
              name: subject ?? '',
              low: share(spread.low),
              high: share(spread.high),
            })
          : w('heading.none', { name: subject ?? w('all') })}
      </h1>
      <div className="kp-trend__bar">
        <Choose
          legend={w('group.legend')}
          options={sideBySide.map((value) => ({ value, text: w(`group.${value}`) }))}
          value={group}
          onChange={(value) => go({ group: value })}
        />
      </div>
      {spread && (
        <SpreadTable
          rows={rows}
          total={{ stat: summary.total, spread }}
          group={group}
          nameOf={({ key, label }) =>
            key === '' ? w('without') : group === 'language' ? words.languageName(key) : label
          }
          period={period}
          words={words}
        />
      )}
      <p className="kp-trend__help">
        {rows.some(({ shown }) => !shown) && `${w('hidden.help', { n: limits.indicative })} `}
        {w('help')}
      </p>
      <Glossary of={['spread', 'percentile', 'smiley', 'indicative']} />
      <Printed />
    </>
  );
}

/** How far apart people's grades are, and between whom they differ. */
export default function SpreadPage({ account }: { account: Account }) {
  const words = useSpreadWords();
  const { w, t } = words;
  const search = useSearch({ from: '__root__' });
  const { chosen } = useChoices();
  const period = periodOf(search);
  const range = rangeOf(period, dayOf(Date.now()));
  const group = search.group ?? (search.channel?.length === 1 ? 'product' : 'channel');
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...summaryQuery(range, narrowingOf(search), group),
    placeholderData: keepPreviousData,
    ...recent,
  });
  useTitle(w('title'));
  return (
    <Page account={account}>
      <Filters period={<PeriodChoice />} />
      {error ? (
        <Absent error={error} title={w('failed')} onRetry={refetch} />
      ) : data ? (
        <div className={isPlaceholderData ? 'kp-now--old' : undefined} aria-busy={isPlaceholderData}>
          <Content
            summary={data}
            group={group}
            subject={chosen.length > 0 ? chosen.join(' · ') : null}
            period={periodWords(period, range, words)}
          />
        </div>
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
    </Page>
  );
}
