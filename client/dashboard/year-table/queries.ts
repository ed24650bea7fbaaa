import { queryOptions } from '@tanstack/react-query';
import type { IndicatorsAnswer, YearTable } from '#shared/contract/year-table.ts';
import { get } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';

export type Item = IndicatorsAnswer['items'][number];

export const yearQuery = (year: number) =>
  queryOptions({
    queryKey: ['settings', 'indicators', 'year', year],
    queryFn: ({ signal }) => get<IndicatorsAnswer>('indicators', { year: String(year) }, signal),
    // Ratings of a year that is not frozen come in all the time; who comes back wants them counted.
    staleTime: 60_000,
  });

export const historyQuery = (year: number) =>
  queryOptions({
    queryKey: ['settings', 'indicators', 'history', year],
    queryFn: ({ signal }) => get<{ items: YearTable[] }>('year-tables', { year: String(year) }, signal),
  });

/** The table, its history, and what the page Waarom knows of the indicators. */
export const forgetYears = () => queryClient.invalidateQueries({ queryKey: ['settings', 'indicators'] });
