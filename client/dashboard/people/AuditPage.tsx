import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { AuditEvent, AuditPage as Events } from '#shared/contract/audit.ts';
import { Field } from '../../ui/form/Field.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent } from '../absent/Absent.tsx';
import { get } from '../api/client.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import './people.css';
import { type PeopleWords, usePeopleWords } from './words.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'COMMAND'] as const;

/** What was done, in words; the address stays there for who wants to know exactly. */
function deed({ method, route }: AuditEvent, w: PeopleWords['w']): string {
  const session = /\/(?:session|sign-on\/callback)$/.test(route);
  if (session) return w(method === 'DELETE' ? 'audit.signOut' : 'audit.signIn');
  const known = methods.find((one) => one === method);
  return known ? w(`audit.do.${known}`) : method;
}

function Line({ event }: { event: AuditEvent }) {
  const { w, date, time } = usePeopleWords();
  const { at, actor, route, object, outcome, session } = event;
  const when = Date.parse(at);
  const kind = {
    account: null,
    token: w('audit.token'),
    command: w('audit.command'),
    nobody: w('audit.nobody'),
  };
  const good = outcome < 400;
  return (
    <tr>
      <td>
        <time dateTime={at}>
          {date(when)} {time(when)}
        </time>
      </td>
      <td>
        <div>{actor.name}</div>
        <div className="kp-people__soft" title={session ?? undefined}>
          {kind[actor.kind] ?? session?.slice(0, 8)}
        </div>
      </td>
      <td>
        <div>{deed(event, w)}</div>
        <div className="kp-people__soft">{route.replace('/api/v1', '')}</div>
      </td>
      <td>{object}</td>
      <td className={good ? undefined : 'kp-log__refused'}>
        {w(good ? 'audit.done' : outcome === 401 || outcome === 403 ? 'audit.refused' : 'audit.failed')}
        {!good && ` (${outcome})`}
      </td>
    </tr>
  );
}

export default function AuditPage({ account }: { account: Account }) {
  const { w } = usePeopleWords();
  const [asked, setAsked] = useState<Record<string, string>>({});
  const [q, setQ] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['figures', 'audit', asked],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Events>('audit-events', { ...asked, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  useTitle(w('audit.title'));
  function search(event: FormEvent) {
    event.preventDefault();
    setAsked({ ...(q.trim() ? { q: q.trim() } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) });
  }
  const download = (format: string) => `/api/v1/audit-events?${new URLSearchParams({ ...asked, format })}`;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const dateField = (id: string, label: string, value: string, set: (value: string) => void) => (
    <div className="kp-field utrecht-form-field">
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="date"
        className="kp-select"
        value={value}
        onChange={({ target }) => set(target.value)}
      />
    </div>
  );
  return (
    <Page account={account}>
      <div className="kp-people">
        <h1 className="kp-people__title">{w('audit.title')}</h1>
        <p className="kp-people__lead">{w('audit.lead')}</p>
        <form className="kp-log__search" onSubmit={search}>
          <Field
            id="audit-q"
            label={w('audit.search')}
            type="text"
            autoComplete="off"
            value={q}
            onChange={setQ}
          />
          {dateField('audit-from', w('audit.from'), from, setFrom)}
          {dateField('audit-to', w('audit.to'), to, setTo)}
          <button type="submit" className="utrecht-button utrecht-button--primary-action">
            {w('audit.apply')}
          </button>
        </form>
        {error && !data && <Absent error={error} title={w('failed')} onRetry={refetch} />}
        {!data && !error && <Skeleton words={w('loading')} />}
        {data && items.length === 0 && (
          <p className="kp-people__lead" role="status">
            {w('audit.none')}
          </p>
        )}
        {items.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section className="kp-log__frame" aria-label={w('audit.title')} tabIndex={0}>
            <table className="kp-log">
              <thead>
                <tr>
                  {(['when', 'who', 'what', 'object', 'outcome'] as const).map((name) => (
                    <th key={name} scope="col">
                      {w(`audit.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((event) => (
                  <Line key={event.id} event={event} />
                ))}
              </tbody>
            </table>
          </section>
        )}
        <div className="kp-people__actions">
          {hasNextPage && (
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              disabled={isFetching}
              onClick={() => fetchNextPage()}
            >
              {w('audit.more')}
            </button>
          )}
          <span>{w('audit.export')}</span>
          <a href={download('csv')}>CSV</a>
          <a href={download('ndjson')}>NDJSON</a>
        </div>
        <p className="kp-people__soft">
          {w('audit.verify')} <code>npm run audit</code>
        </p>
      </div>
    </Page>
  );
}
