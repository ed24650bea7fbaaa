import { queryOptions } from '@tanstack/react-query';
import type { SurveyLink } from '#shared/contract/survey-links.ts';
import type { Line, ResponseRate } from '#shared/contract/telephony.ts';
import { get } from '../api/client.ts';

/** Under the settings, so that they go when the session ends. */
const items = <Item>(name: string, path: string) =>
  queryOptions({
    queryKey: ['settings', name],
    queryFn: async () => (await get<{ items: Item[] }>(path)).items,
  });
export const linesQuery = items<Line>('lines', 'telephony/lines');
export const surveyLinksQuery = items<SurveyLink>('survey-links', 'survey-links');
export const ratesQuery = queryOptions({
  ...items<ResponseRate>('response-rates', 'telephony/response-rates'),
  // Calls come in all the time.
  staleTime: 0,
});
