import { queryOptions } from '@tanstack/react-query';
import type { Explanation } from '#shared/contract/explanation.ts';
import type { Indicator } from '#shared/contract/settings.ts';
import type { ThemeChange } from '#shared/contract/themes.ts';
import { get } from '../api/client.ts';
import type { Narrowing } from '../api/queries.ts';
import type { Question } from './question.ts';

export const explanationQuery = ({ base, current, by, wrong }: Question, narrowing: Narrowing) =>
  queryOptions({
    queryKey: ['figures', 'explanation', base, current, by, narrowing],
    queryFn: ({ signal }) =>
      get<Explanation>(
        'explanations',
        {
          baseFrom: base.from,
          baseTo: base.to,
          from: current.from,
          to: current.to,
          by: by.join(','),
          ...narrowing,
        },
        signal,
      ),
    enabled: wrong.length === 0,
    // A period that runs gets new ratings all the time; who comes back wants them counted.
    staleTime: 60_000,
  });

/** What people wrote about in both periods. */
export const themesQuery = ({ base, current, by, wrong }: Question, narrowing: Narrowing) =>
  queryOptions({
    queryKey: ['figures', 'themes', base, current, narrowing],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: ThemeChange[] }>(
          'themes',
          {
            baseFrom: base.from,
            baseTo: base.to,
            from: current.from,
            to: current.to,
            by: by.join(','),
            ...narrowing,
          },
          signal,
        )
      ).items,
    enabled: wrong.length === 0,
    staleTime: 60_000,
  });

export const indicatorsQuery = queryOptions({
  queryKey: ['settings', 'indicators'],
  queryFn: async () => (await get<{ items: Indicator[] }>('indicators')).items,
});
