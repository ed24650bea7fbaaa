import { createHash } from 'node:crypto';
import type { Filters } from '#shared/contract/figures.ts';
import type { Indicator } from '#shared/contract/settings.ts';
import type { Late, YearRow, YearTable } from '#shared/contract/year-table.ts';
import { gradesOf } from '#shared/core/histogram.ts';
import { isMet, printedGrade, printedMean } from '#shared/core/printed.ts';
import { statOf, verdictOf } from '#shared/core/stat.ts';
import type { YearTableRecord } from '../storage/port/year-tables.ts';
import type { Reader } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';

/** Which ratings of a year an indicator is computed from; null when another organisation measures it. */
export function filtersOf({ channel, filter }: Indicator, year: number): Filters | null {
  if (channel === undefined && filter === undefined) return null;
  const { from = '01-01', to = '12-31', ...places } = filter ?? {};
  return {
    ...(channel ? { channel: [channel] } : {}),
    ...places,
    from: `${year}-${from}`,
    to: `${year}-${to}`,
  };
}

interface Counted {
  counts: number[];
  mixedMethods: boolean;
}
interface Question {
  year: number;
  indicators: Indicator[];
  today: number;
}

/** Runs in the reading thread: the counts of every indicator that is computed; null for the others. */
export async function answer(
  reader: Reader,
  { year, indicators, today }: Question,
): Promise<(Counted | null)[]> {
  const settings = reader.settings();
  const counted: (Counted | null)[] = [];
  for (const indicator of indicators) {
    const filters = filtersOf(indicator, year);
    if (filters === null) {
      counted.push(null);
      continue;
    }
    const selection = new Selection(settings, filters, undefined, today);
    const { cells } = await reader.cells(selection.merged());
    const { total } = selection.tally(cells);
    counted.push({ counts: gradesOf(total.counts), mixedMethods: selection.stat(total, null).mixedMethods });
  }
  return counted;
}

/** The table as the ratings and what was entered give it now. A year that still runs is judged by the peek-safe interval. */
export async function rowsOf(
  thread: ReadingThread,
  question: Question,
  thisYear: number,
): Promise<YearRow[]> {
  const counted = await thread.ask<(Counted | null)[]>(import.meta.url, question);
  return question.indicators.map((indicator, i) => rowOf(indicator, question.year, counted[i]!, thisYear));
}

/** What was entered for a year; in a year without the survey of another, the figure of the last one that still holds. */
function entryOf({ every = 1, years }: Indicator, year: number): Indicator['years'][string] | undefined {
  const own = years[String(year)];
  if (own?.realised != null) return own;
  for (let back = 1; back < every; back++) {
    const earlier = years[String(year - back)];
    if (earlier?.realised == null) continue;
    const { realised, n, measuredOn, measuredIn = year - back } = earlier;
    return { target: null, ...own, realised, n, measuredOn, measuredIn };
  }
  return own;
}

function rowOf(indicator: Indicator, year: number, counted: Counted | null, thisYear: number): YearRow {
  const { key, name, objective, unit, source } = indicator;
  const entry = entryOf(indicator, year);
  const stat = counted && statOf(counted.counts, { mixedMethods: counted.mixedMethods });
  const computed = stat?.mean == null ? null : printedMean(counted!.counts);
  const entered = entry?.realised ?? null;
  const target = entry?.target ?? null;
  const realised = entered === null ? computed : printedGrade(entered);
  const running = year >= thisYear;
  return {
    ...{ key, name, objective, unit, source, own: counted !== null },
    ...{ target, realised, met: isMet(target, realised), entered: entered !== null, computed },
    n: stat ? stat.n : (entry?.n ?? null),
    low: (running ? stat?.liveLow : stat?.low) ?? null,
    high: (running ? stat?.liveHigh : stat?.high) ?? null,
    certainty: stat?.mean == null || target === null ? null : verdictOf(stat, target, running),
    mixedMethods: counted?.mixedMethods ?? false,
    counts: counted?.counts ?? null,
    measuredIn: entry?.measuredIn ?? null,
    measuredOn: entry?.measuredOn ?? null,
    note: entry?.note ?? null,
  };
}

/** Whether a year says anything about an indicator. */
export const isShown = ({ own, n, entered, target, note }: YearRow): boolean =>
  entered || target !== null || note !== null || (own && n !== null && n > 0);

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/** What is frozen: the rows with the counts that they follow from, as text. */
export const contentOf = (year: number, rows: readonly YearRow[]): string => JSON.stringify({ year, rows });
export const frozenRows = ({ content }: YearTableRecord): YearRow[] => JSON.parse(content).rows;

/** The text is the one that was frozen, and its figures follow from its counts again. */
function verifies(table: YearTableRecord): boolean {
  if (hashOf(table.content) !== table.hash) return false;
  return frozenRows(table).every(({ entered, counts, computed, realised, target, met }) => {
    const again = computed === null || counts === null ? computed : printedMean(counts);
    return again === computed && (entered || realised === again) && met === isMet(target, realised);
  });
}

/** What the ratings of a frozen year give now, where that is something else than they gave then. */
export function lateOf(frozen: YearRow, now: YearRow | undefined): Late | null {
  if (!frozen.counts || !now?.counts) return null;
  const moved = now.counts.map((count, i) => count - frozen.counts![i]!);
  const more = moved.reduce((sum, count) => sum + Math.max(0, count), 0);
  const fewer = moved.reduce((sum, count) => sum + Math.max(0, -count), 0);
  return more + fewer === 0 ? null : { more, fewer, computed: now.computed };
}

export function yearTableOf(table: YearTableRecord): YearTable {
  const { id, year, hash, frozenBy, reopenedBy, reason } = table;
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    ...{ id, year, hash, verified: verifies(table), frozenBy, reopenedBy, reason },
    frozenAt: new Date(table.frozenAt).toISOString(),
    reopenedAt: instant(table.reopenedAt),
  };
}
