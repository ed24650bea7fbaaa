import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import type { MeasuredNorm } from '#shared/contract/service-norms.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { get } from '../api/client.ts';
import { recent } from '../api/queries.ts';
import { type Range, rangeOf } from '../figures/period.ts';
import { Filters } from '../filters/Filters.tsx';
import { PeriodChoice } from '../filters/PeriodChoice.tsx';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { periodOf, type Search } from '../search.ts';
import { NormForm } from './NormForm.tsx';
import { NormRow } from './NormRow.tsx';
import { useNormWords } from './words.ts';
import '../signals/signals.css';
import '../trend/trend.css';
import './norms.css';

interface Measured {
  items: MeasuredNorm[];
  answerKeys: string[];
}

const normsQuery = (range: Range, { channel, touchpoint, location }: Search) =>
  queryOptions({
    queryKey: ['figures', 'norms', range, channel, touchpoint, location],
    queryFn: ({ signal }) =>
      get<Measured>('service-norms', { ...range, channel, touchpoint, location }, signal),
    placeholderData: keepPreviousData,
    ...recent,
  });

function Content({ measured, account }: { measured: Measured; account: Account }) {
  const { w } = useNormWords();
  const [adding, setAdding] = useState(false);
  const items = measured.items.filter(({ retired }) => !retired);
  const judged = items.filter(({ verdict }) => verdict === 'met' || verdict === 'not-met');
  const met = judged.filter(({ verdict }) => verdict === 'met').length;
  return (
    <>
      <h1 className="kp-trend__title">
        {items.length === 0
          ? w('heading.none')
          : judged.length === 0
            ? w('heading.measured')
            : w('heading.all', { n: met, of: items.length })}
      </h1>
      <p className="kp-signals__lead">{w('lead')}</p>
      {items.length === 0 && !adding && <Notice title={w('heading.none')}>{w('empty.words')}</Notice>}
      {items.length > 0 && (
        <ul className="kp-norms">
          {items.map((norm) => (
            <NormRow key={norm.key} norm={norm} account={account} answerKeys={measured.answerKeys} />
          ))}
        </ul>
      )}
      {may(account.role, 'indicators') &&
        (adding ? (
          <NormForm norm={null} answerKeys={measured.answerKeys} onDone={() => setAdding(false)} />
        ) : (
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action kp-screen"
            onClick={() => setAdding(true)}
          >
            {w('add')}
          </button>
        ))}
      <p className="kp-trend__help">{w('help')}</p>
      <Glossary of={['norm', 'target', 'margin', 'indicative']} />
      <Printed />
    </>
  );
}

/** Promises, and how often people confirm that they are kept. */
export default function NormsPage({ account }: { account: Account }) {
  const { w, t } = useNormWords();
  const search = useSearch({ from: '__root__' });
  const range = rangeOf(periodOf(search), dayOf(Date.now()));
  const { data, error, refetch } = useQuery(normsQuery(range, search));
  useTitle(w('title'));
  return (
    <Page account={account}>
      <Filters period={<PeriodChoice />} without={['product', 'language', 'marked']} />
      {error ? (
        <Absent error={error} title={w('failed')} onRetry={refetch} />
      ) : data ? (
        <Content measured={data} account={account} />
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
    </Page>
  );
}
