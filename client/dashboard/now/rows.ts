import type { Break, Group, Point, Series, Stat, Summary } from '#shared/contract/figures.ts';
import type { Touchpoint } from '#shared/contract/settings.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { noCounts } from '#shared/core/histogram.ts';
import { statOf } from '#shared/core/stat.ts';
import { type Change, changeOf } from '../figures/change.ts';

export interface Week {
  /** First day, as days since 1970. */
  day: number;
  stat: Stat;
  running: boolean;
}
export interface Row {
  key: string;
  label: string;
  stat: Stat;
  change: Change;
  trend: Trend;
}
export interface Trend {
  weeks: readonly Week[];
  /** `before`: the position in `weeks` from which another way of asking counts. */
  breaks: readonly { before: number; label: string }[];
}

export interface Sources {
  summary: Summary;
  base: Summary | undefined;
  /** Both periods and what lies between, to see whether the way of asking changed anywhere in it. */
  span: Summary | undefined;
  trendOf: (key: string) => Trend;
  running: boolean;
}
export type By = 'channel' | 'touchpoint';

export const nothing: Stat = statOf(noCounts());

function weeksOf(points: readonly Point[], weeks: readonly number[], today: number): Week[] {
  const byDay = new Map(points.map((point) => [dayOf(Date.parse(point.start)), point]));
  return weeks.map((day) => ({ day, stat: byDay.get(day) ?? nothing, running: day + 6 >= today }));
}

function breaksOf(
  breaks: readonly Break[],
  weeks: readonly number[],
  counts: (touchpoint: string) => boolean,
) {
  return breaks
    .filter(({ touchpoint }) => counts(touchpoint))
    .map(({ at, label }) => ({ before: weeks.findLastIndex((day) => day <= dayOf(Date.parse(at))), label }))
    .filter(({ before }) => before > 0);
}

/** The lines of groups by their key: made once, because they do not move with every rating. */
export function trendsOf(
  series: Series | undefined,
  weeks: readonly number[],
  by: By,
  touchpoints: readonly Touchpoint[],
  today: number,
): (key: string) => Trend {
  const channelOf = new Map(touchpoints.map(({ key, channel }) => [key, channel]));
  const known = new Map<string, Trend>();
  return (key) => {
    const trend = known.get(key) ?? {
      weeks: weeksOf(series?.points.filter((point) => point.key === key) ?? [], weeks, today),
      breaks: breaksOf(series?.breaks ?? [], weeks, (touchpoint) =>
        by === 'touchpoint' ? touchpoint === key : channelOf.get(touchpoint) === key,
      ),
    };
    known.set(key, trend);
    return trend;
  };
}

/** In the order of the settings; those that should have ratings but have none stay in sight. */
function inOrder(groups: readonly Group[], expected: readonly { key: string; name: string }[]): Group[] {
  const found = new Map(groups.map((group) => [group.key, group]));
  const known = expected.map(({ key, name }) => found.get(key) ?? { ...nothing, key, label: name });
  const keys = new Set(expected.map(({ key }) => key));
  return [...known, ...groups.filter(({ key }) => !keys.has(key))];
}

export function rowsOf(sources: Sources, expected: readonly { key: string; name: string }[]): Row[] {
  const { summary, base, span, trendOf, running } = sources;
  const find = (from: Summary | undefined, key: string) => from?.groups.find((group) => group.key === key);
  return inOrder(summary.groups, expected).map((group) => ({
    key: group.key,
    label: group.label,
    stat: group,
    change: changeOf(group, find(base, group.key), find(span, group.key)?.mixedMethods ?? false, running),
    trend: trendOf(group.key),
  }));
}

/** The part of the scale that all lines share: whole or half grades, at least two wide. */
export function rangeOfRows(rows: readonly Row[]): [number, number] {
  const values = rows.flatMap(({ stat, trend }) => [
    ...trend.weeks.flatMap((week) => week.stat.mean ?? []),
    ...(stat.target === undefined ? [] : [stat.target]),
  ]);
  if (values.length === 0) return [6, 8];
  let from = Math.floor(Math.min(...values) * 2) / 2;
  let to = Math.ceil(Math.max(...values) * 2) / 2;
  while (to - from < 2) {
    if (to < 10) to += 0.5;
    if (to - from < 2 && from > 1) from -= 0.5;
  }
  return [Math.max(1, from), Math.min(10, to)];
}
