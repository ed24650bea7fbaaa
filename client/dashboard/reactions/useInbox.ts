import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { CommentItem, CommentsAnswer } from '#shared/contract/comments.ts';
import type { ClientEvents, ServerEvents } from '#shared/contract/live.ts';
import type { Connection } from '../../ui/connection-state/ConnectionState.tsx';
import { queryClient } from '../api/queries.ts';
import { type Asked, commentsQuery } from './queries.ts';

type Pages = InfiniteData<CommentsAnswer, string | undefined>;

/** How long what came in is counted before the number is drawn, in milliseconds: an import brings hundreds a second. */
const countedFor = 250;

/** Every list that is known, with one comment as it is now; null takes it out. */
function replace(reference: string, item: CommentItem | null): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['figures', 'comments'] }, (data) => {
    // Nothing: who looks at a list without it is not told.
    if (!data?.pages.some(({ items }) => items.some((one) => one.reference === reference))) return undefined;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((one) => (one.reference === reference ? (item ?? []) : one)),
    }));
    return { ...data, pages };
  });
}
export const show = (item: CommentItem): void => replace(item.reference, item);
export const takeOut = (reference: string): void => replace(reference, null);

/** The comments of a question, page by page. What comes in waits until it is asked for; follow-up of colleagues does not. */
export function useInbox(asked: Asked) {
  const query = useInfiniteQuery(commentsQuery(asked));
  const [fresh, setFresh] = useState(0);
  const [connection, setConnection] = useState<Connection>('connecting');
  const key = JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins with nothing new
  useEffect(() => setFresh(0), [key]);

  useEffect(() => {
    const socket: Socket<ServerEvents, ClientEvents> = io('/live', {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelayMax: 5_000,
    });
    let lost = false;
    let came = 0;
    let counting: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      const more = came;
      came = 0;
      counting = undefined;
      startTransition(() => setFresh((known) => known + more));
    };
    socket.on('connect', () => {
      setConnection('live');
      // What was said meanwhile was not heard.
      if (lost) queryClient.invalidateQueries({ queryKey: ['figures', 'comments'] });
      lost = false;
    });
    socket.on('disconnect', () => {
      lost = true;
      setConnection('reconnecting');
    });
    socket.on('comment', () => {
      came++;
      counting ??= setTimeout(count, countedFor);
    });
    socket.on('follow-up', show);
    socket.on('comment-gone', ({ reference }) => takeOut(reference));
    return () => {
      clearTimeout(counting);
      socket.disconnect();
    };
  }, []);

  const { refetch } = query;
  const showFresh = useCallback(() => {
    setFresh(0);
    const known = commentsQuery(JSON.parse(key) as Asked).queryKey;
    // From the first page on: those behind it would be asked for one by one.
    queryClient.setQueryData<Pages>(known, (data) =>
      data ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) } : data,
    );
    return refetch();
  }, [key, refetch]);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { query, items, found: query.data?.pages[0]?.found ?? null, fresh, showFresh, connection };
}
