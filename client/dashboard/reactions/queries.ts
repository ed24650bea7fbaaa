import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { CommentsAnswer, Improvement, ThemeName } from '#shared/contract/comments.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { get } from '../api/client.ts';
import { rangeOf } from '../figures/period.ts';
import { narrowingOf, periodOf, type Search } from '../search.ts';

/** What the server is asked for, from what the address says. */
export function askedOf(search: Search) {
  const { theme, status, kind, q } = search;
  const range = rangeOf(periodOf(search), dayOf(Date.now()));
  return { ...range, ...narrowingOf(search), theme, status, kind, q: q || undefined };
}
export type Asked = ReturnType<typeof askedOf>;

export const commentsQuery = (asked: Asked) =>
  infiniteQueryOptions({
    // Comparing all that is there with each page that comes costs frames.
    structuralSharing: false,
    queryKey: ['figures', 'comments', asked],
    queryFn: ({ pageParam, signal }) =>
      get<CommentsAnswer>('comments', { ...asked, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // Who comes back wants to see what came in meanwhile.
    staleTime: 0,
  });

export const themesQuery = queryOptions({
  queryKey: ['settings', 'comment-themes'],
  queryFn: () => get<{ items: ThemeName[]; forwardingTo: string | null }>('comment-themes'),
});

export const improvementsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['figures', 'improvements', asked],
    queryFn: ({ signal }) => {
      const { theme: _t, status: _s, kind: _k, q: _q, ...filters } = asked;
      return get<{ items: Improvement[] }>('improvements', filters, signal);
    },
    staleTime: 0,
  });
