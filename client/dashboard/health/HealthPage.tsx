import { useQuery } from '@tanstack/react-query';
import type { Account } from '#shared/contract/access.ts';
import type { Health } from '#shared/contract/health.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ApiProblem, get } from '../api/client.ts';
import { filled, locales } from '../messages/messages.ts';
import { useTitle, useWords } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';
import './health.css';

/** Disk, backup, retention, mail and encryption: how each is, and what to do. */
export default function HealthPage({ account }: { account: Account }) {
  const { t, language, date } = useWords();
  const words = language === 'nl' ? nl : en;
  const health = useQuery({
    queryKey: ['settings', 'health'],
    queryFn: () => get<Health>('health'),
    staleTime: 0,
    refetchInterval: 60_000,
  });
  useTitle(words.title);
  const rounded = (value: number) =>
    new Intl.NumberFormat(locales[language], { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  const size = (bytes: number) => (bytes < 1e9 ? `${rounded(bytes / 1e6)} MB` : `${rounded(bytes / 1e9)} GB`);
  const factOf = ({ key, fact }: Health['checks'][number]) => {
    if (key === 'disk') return size(Number(fact));
    return /^\d{4}-/.test(fact) ? date(fact) : fact;
  };
  const status = health.error instanceof ApiProblem ? health.error.status : 0;
  return (
    <Page account={account}>
      <h1 className="kp-health__title">{words.title}</h1>
      <p className="kp-health__lead">{words.lead}</p>
      {health.isPending && <Skeleton words={t('app.loading')} />}
      {health.isError && (
        <Notice
          heading="h2"
          tone="error"
          title={words.failed}
          action={
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => health.refetch()}
            >
              {t('app.tryAgain')}
            </button>
          }
        >
          {status === 0 ? t('problem.network') : t('problem.server', { status })}
        </Notice>
      )}
      {health.data && (
        <>
          <dl className="kp-health__checks">
            {health.data.checks.map((check) => (
              <div key={check.key} className={`kp-health__check kp-health__check--${check.state}`}>
                <dt>{words[check.key]}</dt>
                <dd>
                  <strong className="kp-health__state">{words[check.state]}</strong>{' '}
                  {filled(words[`${check.key}.${check.state}`], { fact: factOf(check) })}
                </dd>
              </div>
            ))}
          </dl>
          <dl className="kp-health__facts">
            <div>
              <dt>{words.version}</dt>
              <dd>
                {health.data.version} (Node {health.data.node})
              </dd>
            </div>
            <div>
              <dt>{words.since}</dt>
              <dd>{date(health.data.startedAt)}</dd>
            </div>
            <div>
              <dt>{words.database}</dt>
              <dd>{size(health.data.databaseBytes)}</dd>
            </div>
            <div>
              <dt>{words.memory}</dt>
              <dd>{size(health.data.memoryBytes)}</dd>
            </div>
          </dl>
          {health.data.backups.length > 0 && (
            <>
              <h2 className="kp-health__heading">{words.backups}</h2>
              <ul className="kp-health__backups">
                {health.data.backups.map(({ name, bytes }) => (
                  <li key={name}>
                    {name} · {size(bytes)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Page>
  );
}
