import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { CommentItem } from '#shared/contract/comments.ts';
import { ConnectionState } from '../../ui/connection-state/ConnectionState.tsx';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent } from '../absent/Absent.tsx';
import { ApiProblem, patch } from '../api/client.ts';
import { useChoices, useGo } from '../filters/choices.ts';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Bulk } from './Bulk.tsx';
import { Detail } from './Detail.tsx';
import { Improvements } from './Improvements.tsx';
import { InboxFilters } from './InboxFilters.tsx';
import { KeysHelp, useKeys } from './Keys.tsx';
import { List } from './List.tsx';
import { askedOf } from './queries.ts';
import { show, useInbox } from './useInbox.ts';
import { useReactionWords } from './words.ts';
import '../../ui/view-switch/view-switch.css';
import './reactions.css';
import './detail.css';

/** What people wrote, and what is done about it. */
export default function ReactionsPage({ account }: { account: Account }) {
  const { w, t, whole } = useReactionWords();
  const search = useSearch({ from: '__root__' });
  const go = useGo();
  const asked = askedOf(search);
  const inbox = useInbox(asked);
  const { query, items, found, fresh, showFresh, connection } = inbox;
  const { options } = useChoices();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [help, setHelp] = useState(false);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const doneView = search.list === 'done';
  const place = items.findIndex(({ reference }) => reference === search.open);
  const current: CommentItem | undefined = items[place];
  const title =
    found === null
      ? w('title')
      : found === 0
        ? w('found.none')
        : found === 1
          ? w('found.one')
          : found > 1000
            ? w('found.many')
            : w('found.some', { n: whole(found) });
  useTitle(found === null ? null : title, w('title'));

  const names = useMemo(() => {
    const called = (list: readonly { key: string; text: string }[]) => {
      const known = new Map(list.map(({ key, text }) => [key, text]));
      return (key: string) => known.get(key) ?? key;
    };
    return { touchpoint: called(options.touchpoint), product: called(options.product) };
  }, [options.touchpoint, options.product]);

  const open = useCallback((reference: string | undefined) => go({ open: reference }), [go]);
  const choose = useCallback(
    (reference: string) =>
      setChosen((known) => {
        const next = new Set(known);
        if (!next.delete(reference)) next.add(reference);
        return next;
      }),
    [],
  );
  const step = (by: 1 | -1) => {
    const next = items[place < 0 ? 0 : Math.min(items.length - 1, Math.max(0, place + by))];
    if (next) open(next.reference);
  };
  async function markDone() {
    if (!current) return;
    const { version } = current.followUp;
    try {
      show(await patch<CommentItem>(`comments/${current.reference}`, { version, status: 'done' }));
      setSaid(w('keys.done'));
      step(1);
    } catch (error) {
      if (error instanceof ApiProblem && error.current) show(error.current as CommentItem);
      setSaid(w('failed'));
    }
  }
  useKeys({
    next: step,
    choose: () => current && choose(current.reference),
    done: markDone,
    search: () => field.current?.focus(),
    back: () => open(undefined),
    help: () => setHelp(true),
  });

  return (
    <Page
      account={account}
      state={
        <ConnectionState
          state={connection}
          words={t(connection === 'offline' ? 'live.offline.empty' : `live.${connection}`)}
        />
      }
    >
      <InboxFilters field={field} />
      <div className="kp-inbox__bar">
        <h1 className="kp-inbox__title">{doneView ? w('tabs.done') : title}</h1>
        <p role="status" className="kp-hidden">
          {said || (fresh > 0 ? w('fresh.said', { n: whole(fresh) }) : '')}
        </p>
        {!doneView && fresh > 0 && (
          <button type="button" className="kp-inbox__fresh kp-screen" onClick={showFresh}>
            {fresh === 1 ? w('fresh.one') : w('fresh.some', { n: whole(fresh) })}
          </button>
        )}
        <nav className="kp-segments kp-screen kp-inbox__tabs" aria-label={w('tabs.label')}>
          {(['inbox', 'done'] as const).map((tab) => (
            <button
              key={tab}
              type="button"
              className="kp-segment"
              aria-pressed={doneView === (tab === 'done')}
              onClick={() => go({ list: tab === 'done' ? 'done' : undefined })}
            >
              {w(`tabs.${tab}`)}
            </button>
          ))}
        </nav>
        {!doneView && <KeysHelp open={help} onOpen={() => setHelp(true)} onClose={() => setHelp(false)} />}
      </div>
      {doneView ? (
        <Improvements asked={asked} />
      ) : query.error && items.length === 0 ? (
        <Absent error={query.error} title={w('failed')} onRetry={() => query.refetch()} />
      ) : query.isPending ? (
        <Skeleton words={w('loading')} />
      ) : items.length === 0 ? (
        <Notice title={w('found.none')}>{w('none.words')}</Notice>
      ) : (
        <>
          <Bulk
            items={items.filter(({ reference }) => chosen.has(reference))}
            onLeft={(left) => setChosen(new Set(left))}
          />
          <div className={`kp-reactions${current ? ' kp-reactions--open' : ''}`}>
            <List
              items={items}
              found={found}
              current={current?.reference ?? null}
              chosen={chosen}
              names={names}
              hasMore={query.hasNextPage}
              loadingMore={query.isFetchingNextPage}
              onMore={query.fetchNextPage}
              onChoose={choose}
              onOpen={open}
            />
            {current ? (
              <Detail
                key={current.reference}
                account={account}
                item={current}
                onBack={() => open(undefined)}
              />
            ) : (
              <p className="kp-reactions__none">{w('detail.none')}</p>
            )}
          </div>
        </>
      )}
      <Glossary of={['theme', 'improvement', 'redaction']} />
    </Page>
  );
}
