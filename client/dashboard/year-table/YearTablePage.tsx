import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import { dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { useGo } from '../filters/choices.ts';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Freezing } from './Freezing.tsx';
import { IndicatorForm } from './IndicatorForm.tsx';
import { yearQuery } from './queries.ts';
import { Table } from './Table.tsx';
import { useYearWords } from './words.ts';
import '../../ui/view-switch/view-switch.css';
import './year-table.css';

/** The indicators of a year as the year report has them, until they are frozen and after. */
export default function YearTablePage({ account }: { account: Account }) {
  const { w } = useYearWords();
  const search = useSearch({ from: '__root__' });
  const go = useGo();
  const thisYear = yearOfDay(dayOf(Date.now()));
  const year = search.year ?? thisYear;
  const { data, error, refetch } = useQuery({ ...yearQuery(year), placeholderData: keepPreviousData });
  const [editing, setEditing] = useState<string | null>(null);
  /** The key of an indicator; '' for a new one. */
  const [defining, setDefining] = useState<string | null>(null);
  useTitle(w('title.year', { year }));

  const rows = data?.items.flatMap(({ row }) => row ?? []) ?? [];
  const judged = rows.filter(({ met }) => met !== null);
  const met = judged.filter((row) => row.met).length;
  const mayEdit = may(account.role, 'indicators');
  const address = (format: string) => `/api/v1/exports/indicators?format=${format}&year=${year}`;
  return (
    <Page account={account}>
      {error && !data ? (
        <Absent error={error} title={w('failed')} onRetry={() => refetch()} />
      ) : !data ? (
        <Skeleton words={w('loading')} />
      ) : (
        <>
          <div className="kp-year__bar">
            <fieldset className="kp-segments kp-screen kp-year__years">
              <legend className="kp-hidden">{w('years')}</legend>
              {data.years.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="kp-segment"
                  aria-pressed={one === year}
                  onClick={() => {
                    setEditing(null);
                    go({ year: one });
                  }}
                >
                  {one}
                </button>
              ))}
            </fieldset>
            {rows.length > 0 && (
              <p className="kp-screen kp-year__exports">
                {may(account.role, 'exports') && (
                  <>
                    {w('download')}
                    <a href={address('csv')}>{w('export.csv')}</a>
                    <a href={address('xlsx')}>{w('export.xlsx')}</a>
                  </>
                )}
                <button type="button" className="kp-quiet" onClick={() => window.print()}>
                  {w('print')}
                </button>
              </p>
            )}
          </div>
          <h1 className="kp-year__title">
            {w('title.year', { year })}
            {rows.length > 0 && (
              <span className="kp-year__summary">
                {judged.length === 0 ? w('summary.none') : w('summary', { met, all: judged.length })}
              </span>
            )}
          </h1>
          {rows.length === 0 ? (
            <Notice title={w('none.title', { year })}>{w('none.words')}</Notice>
          ) : (
            <>
              <Table
                year={year}
                answer={data}
                mayEdit={mayEdit}
                editing={editing}
                onEdit={setEditing}
                onDefine={setDefining}
              />
              <Freezing
                key={year}
                year={year}
                frozen={data.frozen ?? null}
                mayDecide={mayEdit}
                running={year >= thisYear}
              />
            </>
          )}
          {mayEdit && !data.frozen && defining === null && (
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action kp-screen kp-year__new"
              onClick={() => setDefining('')}
            >
              {w('define.new')}
            </button>
          )}
          {mayEdit && !data.frozen && defining !== null && (
            <IndicatorForm
              key={defining}
              item={data.items.find(({ key }) => key === defining) ?? null}
              known={data.items.map(({ key }) => key)}
              year={year}
              onDone={() => {
                setDefining(null);
                setEditing(null);
              }}
            />
          )}
          <Glossary of={['indicator', 'realised', 'met', 'frozen', 'margin']} />
          <Printed />
        </>
      )}
    </Page>
  );
}
