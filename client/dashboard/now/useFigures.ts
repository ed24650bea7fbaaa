import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Subscribe } from '#shared/contract/live.ts';
import { dateOfDay, dayOf, dayOfDate } from '#shared/core/calendar.ts';
import { channelsQuery, productsQuery, seriesQuery, summaryQuery, touchpointsQuery } from '../api/queries.ts';
import { changeOf } from '../figures/change.ts';
import { isRunning, previousRange, rangeOf, weeksUntil } from '../figures/period.ts';
import { useLive } from '../live/useLive.ts';
import { narrowingOf, periodOf, type Search } from '../search.ts';
import { type By, nothing, rowsOf, trendsOf } from './rows.ts';

const none: never[] = [];
/** The lines of the weeks follow new ratings, but no more often than this. */
const trendAge = 5 * 60_000;

/** All that the page shows: live figures, and beside them what does not move with every rating. */
export function useFigures(search: Search, wallboard = false) {
  const period = periodOf(search);
  const narrowing = narrowingOf(search);
  const by: By = search.channel?.length === 1 || search.touchpoint ? 'touchpoint' : 'channel';
  const filters = Object.fromEntries(Object.entries(narrowing).filter(([, keys]) => keys));
  const narrowed = Object.keys(filters).length > 0;
  const request: Subscribe = { period, by, ...(narrowed ? { filters } : {}) };
  const pushed = useLive(request, wallboard);

  // Read at every change: at midnight the server sends the figures of the new day.
  const today = dayOf(Date.now());
  const range = rangeOf(period, today);
  const previous = previousRange(period, today);
  const running = isRunning(period, today);
  const last = Math.min(today, dayOfDate(range.to));
  const weeks = weeksUntil(last);

  // What is pushed comes over a connection that must first be made; the first figures are asked for meanwhile.
  const first = useQuery({
    ...summaryQuery(range, narrowing, by),
    ...{ enabled: pushed.summary === null, staleTime: 0, gcTime: 0 },
  });
  const live =
    pushed.summary === null && first.data
      ? { ...pushed, summary: first.data, current: true, figuresAt: first.dataUpdatedAt }
      : pushed;

  const channels = useQuery(channelsQuery).data ?? none;
  const touchpoints = useQuery(touchpointsQuery).data ?? none;
  const products = useQuery(productsQuery).data ?? none;
  const kept = { placeholderData: keepPreviousData };
  const base = useQuery({ ...summaryQuery(previous, narrowing, by), ...kept });
  const span = useQuery({ ...summaryQuery({ from: previous.from, to: range.to }, narrowing, by), ...kept });
  const trendRange = { from: dateOfDay(weeks[0] ?? last), to: dateOfDay(last) };
  // The lines of the weeks are the largest answer; the figures of now are not kept waiting by them.
  const enabled = live.summary !== null;
  const series = useQuery({ ...seriesQuery(trendRange, narrowing, by, 'week'), ...kept, enabled });

  const trendOf = useMemo(
    () => trendsOf(series.data, weeksUntil(last), by, touchpoints, today),
    [series.data, last, by, touchpoints, today],
  );

  const { dataUpdatedAt, refetch } = series;
  useEffect(() => {
    if (live.received > 0 && dataUpdatedAt > 0 && Date.now() - dataUpdatedAt > trendAge) refetch();
  }, [live.received, dataUpdatedAt, refetch]);

  const expected =
    by === 'channel'
      ? narrowed
        ? channels.filter(({ key }) => search.channel?.includes(key))
        : channels
      : touchpoints.filter(
          (each) =>
            !each.retired &&
            !each.trial &&
            (search.touchpoint
              ? search.touchpoint.includes(each.key)
              : search.channel?.includes(each.channel)) &&
            (!search.location || search.location.includes(each.location ?? '')),
        );

  const { summary } = live;
  const rows = summary
    ? rowsOf({ summary, base: base.data, span: span.data, trendOf, running }, live.current ? expected : none)
    : none;
  const total = summary?.total ?? nothing;
  const change = changeOf(total, base.data?.total, span.data?.total.mixedMethods ?? false, running);
  const [only] = search.channel ?? [];
  const single = Object.keys(filters).length === 1 && search.channel?.length === 1;
  const subject = single ? channels.find(({ key }) => key === only)?.name : undefined;
  return {
    live,
    subject,
    period,
    range,
    running,
    by,
    narrowed,
    rows,
    total,
    change,
    channels,
    touchpoints,
    products,
  };
}
export type NowFigures = ReturnType<typeof useFigures>;
