import { queryOptions } from '@tanstack/react-query';
import type { Device } from '#shared/contract/device.ts';
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
