import type { ExplainDimension } from '#shared/contract/explanation.ts';
import { explainDimensions } from '#shared/contract/lists.ts';
import { dateOfDay, dayOfDate } from '#shared/core/calendar.ts';
import { previousRange, type Range, rangeOf } from '../figures/period.ts';
import type { Search } from '../search.ts';
import type { WhyKey } from './words.ts';

export const periodFields = ['baseFrom', 'baseTo', 'from', 'to'] as const;
export type PeriodField = (typeof periodFields)[number] | 'date';
export interface Wrong {
  field: PeriodField;
  text: WhyKey;
}
export type Compare = 'year' | 'month' | 'date' | 'own';
export interface Question {
  compare: Compare;
  base: Range;
  current: Range;
  by: ExplainDimension[];
  /** What is the matter with the periods; nothing is asked of the server then. */
  wrong: Wrong[];
}

/** Weeks before and after a date: whole weeks, so that every weekday counts equally often. */
export const usualWeeks = 8;
export const mostDimensions = 4;

/** The same rules as the server's, so that they can be said beside the field. */
export function wrongOf(base: Range, current: Range): Wrong[] {
  const wrong: Wrong[] = [];
  const dates = { baseFrom: base.from, baseTo: base.to, from: current.from, to: current.to };
  for (const field of periodFields) if (dates[field] === '') wrong.push({ field, text: 'periods.missing' });
  if (wrong.length > 0) return wrong;
  if (base.from > base.to) wrong.push({ field: 'baseTo', text: 'periods.order' });
  if (current.from > current.to) wrong.push({ field: 'to', text: 'periods.order' });
  if (wrong.length === 0 && base.from <= current.to && current.from <= base.to)
    wrong.push({ field: 'baseTo', text: 'periods.overlap' });
  return wrong;
}

/** Equally many days before a date and from it on; no more than have passed since. */
export function around(date: string, weeks: number, today: number): { base: Range; current: Range } {
  const first = dayOfDate(date);
  const length = Math.max(1, Math.min(weeks * 7, today - first + 1));
  return {
    base: { from: dateOfDay(first - length), to: dateOfDay(first - 1) },
    current: { from: date, to: dateOfDay(first + length - 1) },
  };
}

const isDimension = (key: string): key is ExplainDimension =>
  (explainDimensions as readonly string[]).includes(key);

/** Where a change is looked for first: inside one channel its products say most. */
function dimensionsOf({ by = [], channel, touchpoint }: Search): ExplainDimension[] {
  const asked = [...new Set(by.flatMap((keys) => keys.split(',')))].filter(isDimension);
  if (asked.length > 0) return asked.slice(0, mostDimensions);
  return channel?.length === 1 || touchpoint?.length === 1 ? ['product'] : ['channel', 'product'];
}

function periodsOf(search: Search, today: number): Omit<Question, 'by'> {
  const { from, to, baseFrom, baseTo, compare, date } = search;
  if (from && to && baseFrom && baseTo) {
    const base = { from: baseFrom, to: baseTo };
    const current = { from, to };
    return { compare: 'own', base, current, wrong: wrongOf(base, current) };
  }
  if (compare === 'date' && date) {
    const wrong: Wrong[] = dayOfDate(date) > today ? [{ field: 'date', text: 'periods.future' }] : [];
    return { compare, ...around(date, search.weeks ?? usualWeeks, today), wrong };
  }
  const period = compare === 'month' ? 'month' : 'year';
  const current = rangeOf(period, today);
  return { compare: period, base: previousRange(period, today), current, wrong: [] };
}

export const questionOf = (search: Search, today: number): Question => ({
  ...periodsOf(search, today),
  by: dimensionsOf(search),
});
