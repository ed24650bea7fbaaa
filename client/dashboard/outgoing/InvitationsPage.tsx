import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { CsvForm, RulesForm } from './InvitationForms.tsx';
import { Messages, Rates } from './InvitationTables.tsx';
import { Paused } from './Paused.tsx';
import { outgoingQuery, ratesQuery, rulesQuery } from './queries.ts';
import { daysOf, type RatesPeriod, RatesPeriodChoice } from './RatesPeriod.tsx';
import { useOutgoingWords } from './words.ts';
import './outgoing.css';

function Content() {
  const { w, t } = useOutgoingWords();
  const outgoing = useQuery(outgoingQuery);
  const [period, setPeriod] = useState<RatesPeriod>('all');
  const rates = useQuery(ratesQuery(daysOf(period)));
  const rules = useQuery(rulesQuery);
  const error = outgoing.error ?? rates.error ?? rules.error;
  const retry = () => [outgoing, rates, rules].forEach(({ refetch }) => void refetch());
  if (error) return <Absent error={error} title={w('failed')} onRetry={retry} />;
  if (!outgoing.data || !rates.data || !rules.data) return <Skeleton words={t('app.loading')} />;
  const { ways } = outgoing.data;
  const wayOf = (way: string | null) =>
    way === 'smtp' || way === 'notify' ? w(`way.${way}`) : w('way.none');
  return (
    <>
      {outgoing.data.paused && <Paused outgoing={outgoing.data} />}
      <section>
        <h2>{w('rates.title')}</h2>
        <RatesPeriodChoice period={period} onChange={setPeriod} />
        <Rates rates={rates.data} always={period === 'all'} />
      </section>
      <section>
        <h2>{w('mail.title')}</h2>
        <Messages outgoing={outgoing.data} />
      </section>
      <section className="kp-screen">
        <h2>{w('csv.title')}</h2>
        <CsvForm />
      </section>
      <section className="kp-screen">
        <h2>{w('rules.title')}</h2>
        <RulesForm rules={rules.data} />
      </section>
      <section>
        <h2>{w('ways.title')}</h2>
        <dl className="kp-out__ways">
          {(['mail', 'sms', 'staff'] as const).map((way) => (
            <div key={way}>
              <dt>{w(`ways.${way}`)}</dt>
              <dd>{wayOf(ways[way])}</dd>
            </div>
          ))}
        </dl>
        <p>{w('ways.help')}</p>
        {!outgoing.data.paused && <Paused outgoing={outgoing.data} />}
      </section>
      <Printed />
    </>
  );
}

/** Who was asked for a grade and how many gave one, what is being sent, and the release after a restore. */
export default function InvitationsPage({ account }: { account: Account }) {
  const { w } = useOutgoingWords();
  useTitle(w('invitations.title'));
  return (
    <Page account={account}>
      <div className="kp-out">
        <h1>{w('invitations.title')}</h1>
        <p className="kp-out__lead">{w('invitations.lead')}</p>
        <Content />
      </div>
    </Page>
  );
}
