import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { Account } from '#shared/contract/access.ts';
import type { Grouping, Interval, Series, Summary } from '#shared/contract/figures.ts';
import type { Channel, FigureSettings, Product, Touchpoint } from '#shared/contract/settings.ts';
import type { Signal } from '#shared/contract/signals.ts';
import type { Range } from '../figures/period.ts';
import { ApiProblem, get } from './client.ts';

export interface Meta {
  municipality: string;
  needsSetup: boolean;
  version: string;
  /** Who is signed in, if anybody is. */
  account: Account | null;
  /** There is an identity provider to come in through. */
  signOn: boolean;
  demo?: { email: string; password: string };
}
export interface Narrowing {
  channel?: string[] | undefined;
  touchpoint?: string[] | undefined;
  location?: string[] | undefined;
  product?: string[] | undefined;
  language?: string[] | undefined;
  marked?: 'exclude' | undefined;
}
/** Who is signed in, `fresh` when that was just now; `gone` is why nobody is any more. */
export type Session =
  | { account: Account; fresh?: boolean }
  | { account: null; gone?: 'expired' | 'signed-out' };

const sessionKey = ['session'];

/** Figures are pushed, so nothing is fetched again by itself: not on a timer, and not on focus. */
export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (times, error) =>
        times < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
    },
  },
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 401) endSession('expired');
    },
  }),
});

export function setSession(session: Session): void {
  queryClient.setQueryData<Session>(sessionKey, session);
}

export function endSession(gone: 'expired' | 'signed-out'): void {
  const known = queryClient.getQueryData<Session>(sessionKey);
  // Who signs out may hear first that the live connection ended; what they did themselves is what they are told.
  if (!known?.account && gone === 'expired') return;
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'figures' || queryKey[0] === 'settings',
  });
  setSession({ account: null, gone });
}

export const metaQuery = queryOptions({ queryKey: ['meta'], queryFn: () => get<Meta>('meta') });

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async (): Promise<Session> => ({ account: (await get<Meta>('meta')).account }),
});

const settings = <Item>(what: 'channels' | 'touchpoints' | 'products') =>
  queryOptions({
    queryKey: ['settings', what],
    queryFn: async () => (await get<{ items: Item[] }>(what)).items,
  });
export const channelsQuery = settings<Channel>('channels');
export const touchpointsQuery = settings<Touchpoint>('touchpoints');
export const productsQuery = settings<Product>('products');

/** Of pages without a live connection: who comes back after a minute gets what came in since. */
export const recent = { staleTime: 60_000 };

export const signalsQuery = queryOptions({
  queryKey: ['figures', 'signals'],
  queryFn: async () => (await get<{ items: Signal[] }>('signals')).items,
  ...recent,
});

export const figureSettingsQuery = queryOptions({
  queryKey: ['settings', 'figures'],
  queryFn: () => get<FigureSettings>('figure-settings'),
});

export const summaryQuery = (range: Range, narrowing: Narrowing, by?: Grouping) =>
  queryOptions({
    queryKey: ['figures', 'summary', range, narrowing, by],
    queryFn: ({ signal }) => get<Summary>('summary', { ...range, ...narrowing, by }, signal),
  });

export const seriesQuery = (
  range: Range,
  narrowing: Narrowing,
  by: Grouping | undefined,
  interval: Interval,
) =>
  queryOptions({
    queryKey: ['figures', 'series', range, narrowing, by, interval],
    queryFn: ({ signal }) => get<Series>('series', { ...range, ...narrowing, by, interval }, signal),
  });
