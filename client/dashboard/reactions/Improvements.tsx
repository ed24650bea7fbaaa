import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Improvement } from '#shared/contract/comments.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { type Asked, improvementsQuery } from './queries.ts';
import { useReactionWords } from './words.ts';

/** What was done, by month, as it can be published: without a word of who wrote the comments. */
export function Improvements({ asked }: { asked: Asked }) {
  const { w, monthName, names, theme, whole } = useReactionWords();
  const { data, error, refetch } = useQuery(improvementsQuery(asked));
  const [copied, setCopied] = useState<boolean | null>(null);
  if (error) return <Absent error={error} title={w('failed')} onRetry={() => refetch()} />;
  if (!data) return <Skeleton words={w('loading')} />;
  const { items } = data;
  if (items.length === 0) return <Notice title={w('done.none')}>{w('done.none.words')}</Notice>;

  const months = new Map<string, Improvement[]>();
  for (const one of items) {
    const month = monthName(one.lastDone);
    months.set(month, [...(months.get(month) ?? []), one]);
  }
  const about = ({ themes, comments }: Improvement) =>
    [
      ...(themes.length > 0 ? [w('done.about', { themes: names(themes.slice(0, 3).map(theme)) })] : []),
      comments === 1 ? w('done.count.one') : w('done.count.some', { n: whole(comments) }),
    ].join(', ');
  const text = [...months]
    .map(([month, list]) => [month, ...list.map((one) => `- ${one.done} (${about(one)})`)].join('\n'))
    .join('\n\n');
  async function copy() {
    const done = await navigator.clipboard?.writeText(`${w('done.title')}\n\n${text}\n`).then(
      () => true,
      () => false,
    );
    setCopied(done ?? false);
  }
  return (
    <section className="kp-done" aria-labelledby="done">
      <h2 id="done" className="kp-done__title">
        {w('done.title')}
      </h2>
      <div className="kp-form__buttons kp-screen">
        <button type="button" className="utrecht-button utrecht-button--primary-action" onClick={copy}>
          {w('done.copy')}
        </button>
        <button
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          onClick={() => window.print()}
        >
          {w('done.print')}
        </button>
        <p role="status">{copied === null ? '' : w(copied ? 'done.copied' : 'done.notCopied')}</p>
      </div>
      {[...months].map(([month, list]) => (
        <section key={month}>
          <h3 className="kp-done__month">{month}</h3>
          <ul className="kp-done__list">
            {list.map((one) => (
              <li key={one.done}>
                <p className="kp-done__words">{one.done}</p>
                <p className="kp-done__about">{about(one)}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Printed />
    </section>
  );
}
