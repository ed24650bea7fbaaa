import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ApiProblem } from '../api/client.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { LineSection } from './LineSection.tsx';
import { LinksSection } from './LinksSection.tsx';
import { linesQuery } from './queries.ts';
import { Rates } from './Rates.tsx';
import { useTelephoneWords } from './words.ts';
import './telephone.css';

function Lines({ account, onDone }: { account: Account; onDone: (words: string) => void }) {
  const { w, t } = useTelephoneWords();
  const lines = useQuery(linesQuery);
  if (lines.isPending) return <Skeleton words={t('app.loading')} />;
  if (lines.isError) {
    const status = lines.error instanceof ApiProblem ? lines.error.status : 0;
    return (
      <Notice
        heading="h2"
        tone="error"
        title={w('failed')}
        action={
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={() => lines.refetch()}
          >
            {t('app.tryAgain')}
          </button>
        }
      >
        {status === 0 ? t('problem.network') : t('problem.server', { status })}
      </Notice>
    );
  }
  if (lines.data.length === 0)
    return (
      <Notice heading="h2" title={w('lines.none.title')}>
        {w('lines.none.words')}
      </Notice>
    );
  return (
    <>
      {lines.data.map((line) => (
        <LineSection key={line.touchpoint} line={line} offered={account.languages} onDone={onDone} />
      ))}
      <Rates lines={lines.data} />
    </>
  );
}

/** Telephone lines: how they are set, what a caller hears, who answered, and the links of an earlier survey. */
export default function TelephonePage({ account }: { account: Account }) {
  const { w } = useTelephoneWords();
  const [done, setDone] = useState('');
  useTitle(w('title'));
  return (
    <Page account={account}>
      <h1 className="kp-tel__title">{w('title')}</h1>
      <p className="kp-tel__lead">{w('lead')}</p>
      <p className="kp-tel__done" role="status">
        {done}
      </p>
      <Lines account={account} onDone={setDone} />
      <LinksSection onDone={setDone} />
    </Page>
  );
}
