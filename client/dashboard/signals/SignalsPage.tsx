import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import type { Signal } from '#shared/contract/signals.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { figureSettingsQuery, signalsQuery } from '../api/queries.ts';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Sensitivity } from './Sensitivity.tsx';
import { SignalRow } from './SignalRow.tsx';
import { useSignalWords } from './words.ts';
import '../../ui/period-picker/period-picker.css';
import '../trend/trend.css';
import './signals.css';

function Lists({ signals, account }: { signals: readonly Signal[]; account: Account }) {
  const { w, names, mark } = useSignalWords();
  const perYear = useQuery(figureSettingsQuery).data?.falseAlarmsPerYear ?? 1;
  const [said, setSaid] = useState('');
  const open = signals.filter(({ status }) => status === 'open');
  const settled = signals.filter(({ status }) => status === 'settled');
  const labels = [...new Set(open.map(({ label }) => label))];
  const list = (some: readonly Signal[], empty: 'open.none' | 'settled.none') =>
    some.length === 0 ? (
      <p className="kp-signals__none">{w(empty)}</p>
    ) : (
      <ul className="kp-signals__list">
        {some.map((signal) => (
          <SignalRow key={signal.id} signal={signal} account={account} onChanged={setSaid} />
        ))}
      </ul>
    );
  return (
    <>
      <h1 className="kp-trend__title">
        {open.length === 0
          ? w('heading.none')
          : open.length === 1
            ? w('heading.one', { name: open[0]?.label ?? '' })
            : w('heading.some', { n: open.length, names: names(labels) })}
      </h1>
      <p className="kp-signals__lead">{perYear === 1 ? w('lead.one') : w('lead', { n: mark(perYear) })}</p>
      <p role="status" className="kp-signals__said">
        {said}
      </p>
      <h2 className="kp-hidden">{w('open')}</h2>
      {list(open, 'open.none')}
      {open.length > 0 && may(account.role, 'comments') && (
        <p className="kp-trend__help kp-screen">{w('settle.help')}</p>
      )}
      <h2 className="kp-signals__title">{w('settled')}</h2>
      {list(settled, 'settled.none')}
      {may(account.role, 'administration') && <Sensitivity />}
      <Glossary of={['signal', 'falseAlarm', 'target']} />
      <Printed />
    </>
  );
}

/** Grades that fell: what was seen, since when, and what was done about it. */
export default function SignalsPage({ account }: { account: Account }) {
  const { w, t } = useSignalWords();
  const { data, error, refetch } = useQuery(signalsQuery);
  useTitle(w('title'));
  return (
    <Page account={account}>
      {error ? (
        <Absent error={error} title={w('failed')} onRetry={refetch} />
      ) : data ? (
        <Lists signals={data} account={account} />
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
    </Page>
  );
}
