import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Interval } from '#shared/contract/figures.ts';
import type { Signal } from '#shared/contract/signals.ts';
import { dayOf } from '#shared/core/calendar.ts';
import {
  channelsQuery,
  recent,
  seriesQuery,
  signalsQuery,
  summaryQuery,
  touchpointsQuery,
} from '../api/queries.ts';
import { isRunning, rangeOf } from '../figures/period.ts';
import { useChoices } from '../filters/choices.ts';
import { narrowingOf, periodOf, type SideBySide } from '../search.ts';
import { type Course, courseOf, fits, startsOf, usualInterval } from './timeline.ts';
import { useTrendWords } from './words.ts';

const none: never[] = [];
/** More charts than this are no longer looked at side by side. */
export const mostCharts = 12;

/** All that the page shows, from the address. */
export function useTrend() {
  const words = useTrendWords();
  const { w } = words;
  const search = useSearch({ from: '__root__' });
  const { chosen } = useChoices();
  const now = Date.now();
  const period = periodOf(search);
  const range = rangeOf(period, dayOf(now));
  const running = isRunning(period, dayOf(now));
  const narrowing = narrowingOf(search);
  const group = search.group;
  const asked = search.interval;
  const interval: Interval = asked && fits(asked, range, now) ? asked : usualInterval(range, now);
  const kept = { placeholderData: keepPreviousData, ...recent };

  const summary = useQuery({ ...summaryQuery(range, narrowing, group), ...kept });
  const series = useQuery({ ...seriesQuery(range, narrowing, group, interval), ...kept });
  const signals = useQuery(signalsQuery).data ?? none;
  const touchpoints = useQuery(touchpointsQuery).data ?? none;
  const channels = useQuery(channelsQuery).data ?? none;

  const starts = startsOf(interval, range, now);
  const told = { starts, points: series.data?.points ?? none, breaks: series.data?.breaks ?? none, signals };
  const subject = chosen.length > 0 ? chosen.join(' · ') : w('all');
  const nameOf = (by: SideBySide, key: string, label: string) =>
    key === '' ? w('without') : by === 'language' ? words.languageName(key) : label;
  const touches = (by: SideBySide, key: string) => (touchpoint: string) => {
    const point = touchpoints.find((each) => each.key === touchpoint);
    if (by === 'touchpoint') return touchpoint === key;
    if (by === 'channel') return point?.channel === key;
    return by !== 'location' || (point?.location ?? '') === key;
  };
  const isAbout = (by: SideBySide | undefined, key: string) => (signal: Signal) => {
    if (by === 'channel') return signal.channel === key;
    if (by === 'touchpoint') return signal.scope === 'touchpoint' && signal.key === key;
    if (by !== undefined || narrowing.product || narrowing.location || narrowing.language) return false;
    if (narrowing.touchpoint)
      return signal.scope === 'touchpoint' && narrowing.touchpoint.includes(signal.key);
    return narrowing.channel?.includes(signal.channel) ?? true;
  };

  const groups = summary.data?.groups ?? none;
  const shown = groups
    .filter(({ n }) => n > 0)
    .sort((a, b) => (groups.length > mostCharts ? b.n - a.n : 0))
    .slice(0, mostCharts);
  const courses: Course[] =
    group === undefined
      ? [courseOf(told, '', subject, () => true, isAbout(undefined, ''), w('break'))]
      : shown.map(({ key, label }) =>
          courseOf(
            told,
            key,
            nameOf(group, key, label),
            touches(group, key),
            isAbout(group, key),
            w('break'),
          ),
        );
  return {
    words,
    search,
    period,
    range,
    running,
    interval,
    group,
    starts,
    subject,
    courses,
    channels,
    left: groups.filter(({ n }) => n > 0).length - shown.length,
    statOf: (key: string) =>
      group === undefined ? summary.data?.total : groups.find((each) => each.key === key),
    total: summary.data?.total,
    ready: summary.data !== undefined && series.data !== undefined,
    old: summary.isPlaceholderData || series.isPlaceholderData,
    error: summary.error ?? series.error,
    retry: () => {
      summary.refetch();
      series.refetch();
    },
  };
}
export type Trend = ReturnType<typeof useTrend>;
