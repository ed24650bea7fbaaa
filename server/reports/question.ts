import type { Filters, Grouping, Interval, Series } from '#shared/contract/figures.ts';
import type { Reader } from '../storage/port.ts';
import { Selection, type Tally } from '../storage/selection.ts';
import { breaksOf, pointsOf, unitOf } from './series.ts';

interface Asked {
  filters: Filters;
  by: Grouping | undefined;
  /** Day of the question, in Amsterdam. */
  today: number;
}
export type Question = ({ kind: 'tally' } & Asked) | ({ kind: 'series'; interval: Interval } & Asked);

export interface Tallied {
  /** The last change that the counts contain. */
  sequence: number;
  total: Tally;
  groups: Map<string, Tally>;
}

export interface Answers {
  tally: Tallied;
  series: Series;
}

/** What the reading thread does with a question. */
export async function answer(reader: Reader, question: Question): Promise<Answers[Question['kind']]> {
  const { filters, by, today } = question;
  const selection = new Selection(reader.settings(), filters, by, today);
  if (question.kind === 'tally') {
    const { sequence, cells } = await reader.cells(selection.query());
    return { sequence, ...selection.tally(cells) };
  }
  const { interval } = question;
  const { cells } = await reader.cells(selection.query(unitOf(interval, by)));
  return {
    points: pointsOf(selection, interval, cells),
    breaks: breaksOf(selection, await reader.firstSlots()),
  };
}
