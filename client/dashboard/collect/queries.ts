import { queryOptions } from '@tanstack/react-query';
import type { Token } from '#shared/contract/access.ts';
import type { Device, Pairable } from '#shared/contract/device.ts';
import type { Questionnaire } from '#shared/contract/questionnaire.ts';
import type { TrialRating } from '#shared/contract/settings.ts';
import { get } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';

const list = async <Item>(path: string, query = {}) => (await get<{ items: Item[] }>(path, query)).items;

/** Tablets tell about themselves once a minute, so who looks at them looks again by itself. */
export const devicesQuery = queryOptions({
  queryKey: ['settings', 'devices'],
  queryFn: () => list<Device>('devices'),
  refetchInterval: 10_000,
});
/** What shows this code, once it is whole. */
export const pairingQuery = (letters: string) =>
  queryOptions({
    queryKey: ['pairing', letters],
    queryFn: () => get<{ for: Pairable }>(`device-pairings/${letters}`),
    enabled: letters.length === 8,
    retry: false,
  });
/** The tokens of screens on the wall that can be used. */
export const wallboardsQuery = queryOptions({
  queryKey: ['settings', 'wallboards'],
  queryFn: async () =>
    (await list<Token>('tokens')).filter(({ scope, revokedAt }) => scope === 'wallboard' && !revokedAt),
  // One that was just paired fetches its token some seconds later.
  refetchInterval: 10_000,
});
export const closedDaysQuery = queryOptions({
  queryKey: ['settings', 'closed-days'],
  queryFn: () => list<string>('closed-days'),
});
export const questionnairesQuery = (touchpoint: string) =>
  queryOptions({
    queryKey: ['settings', 'questionnaires', touchpoint],
    queryFn: () => list<Questionnaire>('questionnaires', { touchpoint }),
  });
export const trialQuery = (touchpoint: string) =>
  queryOptions({
    queryKey: ['settings', 'trial', touchpoint],
    queryFn: () => list<TrialRating>(`touchpoints/${touchpoint}/trial-ratings`),
    staleTime: 0,
  });

/** Where the widget's script of this version is, and what its content has to be. */
export const widgetQuery = queryOptions({
  queryKey: ['widget'],
  queryFn: async (): Promise<{ path: string; integrity: string }> => (await fetch('/widget.json')).json(),
});

/** After a change: everything about settings is asked again. */
export const settingsChanged = () => queryClient.invalidateQueries({ queryKey: ['settings'] });
