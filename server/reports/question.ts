import type { Filters, Grouping, Interval, Series, Summary } from '#shared/contract/figures.ts';
import type { Rhythm } from '#shared/contract/rhythm.ts';
import { dayOfSlot, slotsPerDay } from '#shared/core/calendar.ts';
import type { Reader } from '../storage/port.ts';
import { Selection, Tally } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { rhythmOf } from './rhythm.ts';
import { breaksOf, checkSize, pointsOf, unitOf } from './series.ts';

interface Asked {
  filters: Filters;
  by: Grouping | undefined;
  /** Day of the question, in Amsterdam. */
  today: number;
}
type Question =
  | ({ kind: 'tally' } & Asked)
  | ({ kind: 'summary' } & Asked)
  | ({ kind: 'series'; interval: Interval } & Asked)
  | ({ kind: 'rhythm' } & Asked);

export interface Tallied {
  /** The last change that the counts contain. */
  sequence: number;
  total: Tally;
  groups: Map<string, Tally>;
}

/** Runs in the reading thread. */
export async function answer(
  reader: Reader,
  question: Question,
): Promise<Tallied | Summary | Series | Rhythm> {
  const { filters, by, today } = question;
  const selection = new Selection(reader.settings(), filters, by, today);
  if (question.kind === 'tally') {
    const { sequence, cells } = await reader.cells(selection.query());
    return { sequence, ...selection.tally(cells) };
  }
  if (question.kind === 'summary') {
    const { sequence, cells } = await reader.cells(selection.merged());
    return selection.summary(sequence, selection.tally(cells));
  }
  if (question.kind === 'rhythm')
    return rhythmOf(selection, (await reader.cells(selection.merged('weekhour'))).cells);
  const { interval } = question;
  const firstSlots = await reader.firstSlots();
  checkSize(selection, interval, dayOfSlot(Math.min(...firstSlots.values(), today * slotsPerDay)), today);
  const { cells } = await reader.cells(selection.merged(unitOf(interval, by)));
  return { points: pointsOf(selection, interval, cells), breaks: breaksOf(selection, firstSlots) };
}

/** Counts the ratings of a question. Tallies lose their methods on the way; here they get them back. */
export async function tally(thread: ReadingThread, asked: Asked): Promise<Tallied> {
  const question: Question = { kind: 'tally', ...asked };
  const { sequence, total, groups } = await thread.ask<Tallied>(import.meta.url, question);
  return {
    sequence,
    total: new Tally(total),
    groups: new Map([...groups].map(([key, group]) => [key, new Tally(group)])),
  };
}

/** Figures and the settings that judge them (methods, targets, names) are of one moment: both are read in the thread. */
export function summary(thread: ReadingThread, asked: Asked): Promise<Summary> {
  const question: Question = { kind: 'summary', ...asked };
  return thread.ask<Summary>(import.meta.url, question);
}

export function series(thread: ReadingThread, asked: Asked & { interval: Interval }): Promise<Series> {
  const question: Question = { kind: 'series', ...asked };
  return thread.ask<Series>(import.meta.url, question);
}

export function rhythm(thread: ReadingThread, asked: Omit<Asked, 'by'>): Promise<Rhythm> {
  const question: Question = { kind: 'rhythm', by: undefined, ...asked };
  return thread.ask<Rhythm>(import.meta.url, question);
}
