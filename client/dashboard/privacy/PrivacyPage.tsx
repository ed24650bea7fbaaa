import { useQuery } from '@tanstack/react-query';
import type { Account } from '#shared/contract/access.ts';
import type { RedactionFigures, RetentionState } from '#shared/contract/privacy.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ApiProblem, get } from '../api/client.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Erasure } from './Erasure.tsx';
import { Periods } from './Periods.tsx';
import { usePrivacyWords } from './words.ts';
import './privacy.css';

const retentionKey = ['settings', 'retention'];

function Redactions() {
  const { w, formats } = usePrivacyWords();
  const figures = useQuery({
    queryKey: ['settings', 'redactions'],
    queryFn: () => get<RedactionFigures>('privacy/redactions'),
  });
  if (!figures.data) return null;
  const { comments, redacted, labels } = figures.data;
  if (comments === 0) return <p className="kp-privacy__note">{w('redaction.none')}</p>;
  return (
    <>
      <p className="kp-privacy__note">
        {w('redaction.words', { redacted: formats.whole(redacted), comments: formats.whole(comments) })}
      </p>
      <table className="kp-privacy__table">
        <thead>
          <tr>
            <th scope="col">{w('label')}</th>
            <th scope="col">{w('comments')}</th>
          </tr>
        </thead>
        <tbody>
          {labels
            .filter((one) => one.comments > 0)
            .map(({ label, comments: count }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{formats.whole(count)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}

/** Periods with what they would remove, figures of the redaction, and erasing for whoever asks. */
export default function PrivacyPage({ account }: { account: Account }) {
  const { w, t } = usePrivacyWords();
  const state = useQuery({
    queryKey: retentionKey,
    queryFn: () => get<RetentionState>('privacy/retention'),
    staleTime: 0,
  });
  useTitle(w('title'));
  const status = state.error instanceof ApiProblem ? state.error.status : 0;
  return (
    <Page account={account}>
      <h1 className="kp-privacy__title">{w('title')}</h1>
      <p className="kp-privacy__note">{w('lead')}</p>
      {state.isPending && <Skeleton words={t('app.loading')} />}
      {state.isError && (
        <Notice
          heading="h2"
          tone="error"
          title={w('failed')}
          action={
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => state.refetch()}
            >
              {t('app.tryAgain')}
            </button>
          }
        >
          {status === 0 ? t('problem.network') : t('problem.server', { status })}
        </Notice>
      )}
      {state.data && (
        <>
          <section className="kp-privacy__section">
            <h2>{w('periods.title')}</h2>
            <p className="kp-privacy__note">{w('periods.words')}</p>
            <Periods state={state.data} onChange={() => state.refetch()} />
          </section>
          <section className="kp-privacy__section">
            <h2>{w('redaction.title')}</h2>
            <Redactions />
          </section>
          <section className="kp-privacy__section kp-screen">
            <h2>{w('erase.title')}</h2>
            <p className="kp-privacy__note">{w('erase.words')}</p>
            <Erasure />
          </section>
        </>
      )}
    </Page>
  );
}
