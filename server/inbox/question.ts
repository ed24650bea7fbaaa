import { type CommentsQuery, mostCounted } from '#shared/contract/comments.ts';
import type { Filters } from '#shared/contract/figures.ts';
import { soughtIn } from '#shared/core/words/search.ts';
import type { ImprovementRecord, InboxPlace, InboxRecord } from '../storage/port/inbox.ts';
import type { Reader } from '../storage/port.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';

interface FindAsked {
  query: Omit<CommentsQuery, 'cursor'>;
  after: InboxPlace | null;
  most: number;
  /** Day of the question, in Amsterdam. */
  today: number;
}
interface Found {
  records: InboxRecord[];
  /** Only on the first page. */
  found: number | null;
}
type Question = ({ kind: 'find' } & FindAsked) | { kind: 'improvements'; filters: Filters; today: number };

/** Runs in the reading thread. */
export async function answer(reader: Reader, question: Question): Promise<Found | ImprovementRecord[]> {
  const settings = reader.settings();
  if (question.kind === 'improvements') {
    const { from, to, placements } = new Selection(
      settings,
      question.filters,
      undefined,
      question.today,
    ).query();
    return reader.inbox.improvements({ from, to, placements: placements! });
  }
  const { theme, status, kind, q, ...filters } = question.query;
  const { keep: _, ...cells } = new Selection(settings, filters, undefined, question.today).query();
  const query = {
    ...cells,
    // Nothing is left out where the filters leave nothing out.
    placements: cells.placements!.length === settings.placements.length ? null : cells.placements,
    themes: theme ?? null,
    statuses: status ?? null,
    kind: kind ?? null,
    sought: q ? soughtIn(q) : null,
    after: question.after,
  };
  return {
    records: await reader.inbox.find(query, question.most),
    found: question.after === null ? await reader.inbox.count(query, mostCounted + 1) : null,
  };
}

export const askComments = (thread: ReadingThread, asked: FindAsked): Promise<Found> =>
  thread.ask<Found>(import.meta.url, { kind: 'find', ...asked } satisfies Question);

export const askImprovements = (
  thread: ReadingThread,
  filters: Filters,
  today: number,
): Promise<ImprovementRecord[]> =>
  thread.ask<ImprovementRecord[]>(import.meta.url, {
    kind: 'improvements',
    filters,
    today,
  } satisfies Question);
