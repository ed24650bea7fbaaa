import { useQuery } from '@tanstack/react-query';
import type { Account } from '#shared/contract/access.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Hook } from './Hook.tsx';
import { HookForm } from './HookForm.tsx';
import { Paused } from './Paused.tsx';
import { outgoingQuery, webhooksQuery } from './queries.ts';
import { useOutgoingWords } from './words.ts';
import './outgoing.css';

function Content() {
  const { w, t } = useOutgoingWords();
  const hooks = useQuery(webhooksQuery);
  const outgoing = useQuery(outgoingQuery);
  if (hooks.error) return <Absent error={hooks.error} title={w('failed')} onRetry={hooks.refetch} />;
  if (!hooks.data) return <Skeleton words={t('app.loading')} />;
  return (
    <>
      {outgoing.data?.paused && <Paused outgoing={outgoing.data} />}
      {hooks.data.length === 0 ? (
        <p>{w('hooks.none')}</p>
      ) : (
        <ul className="kp-out__hooks">
          {hooks.data.map((hook) => (
            <Hook key={hook.id} hook={hook} />
          ))}
        </ul>
      )}
      <section className="kp-screen">
        <h2>{w('add.title')}</h2>
        <HookForm />
      </section>
      <Printed />
    </>
  );
}

/** Which other systems hear what happens, and what became of it. */
export default function WebhooksPage({ account }: { account: Account }) {
  const { w } = useOutgoingWords();
  useTitle(w('webhooks.title'));
  return (
    <Page account={account}>
      <div className="kp-out">
        <h1>{w('webhooks.title')}</h1>
        <p className="kp-out__lead">{w('webhooks.lead')}</p>
        <Content />
      </div>
    </Page>
  );
}
