import { dayOf, hourOfSlot, monthOfDay, slotOf, weekdayOf } from '#shared/core/calendar.ts';
import { indexOfAnswer, noCounts } from '#shared/core/histogram.ts';
import {
  type Addition,
  type CellQuery,
  counts,
  type Entry,
  isMarked,
  type NewRating,
} from '../../../server/storage/port.ts';

/** A question in names instead of the store's own numbers. '' is none. */
export interface Question {
  from: number | null;
  to: number | null;
  touchpoints: string[] | null;
  products: string[] | null;
  languages: string[] | null;
  marked: boolean;
  keep: CellQuery['keep'];
}

/** Counts per name of a cell; cells without any count are left out. */
export type Counted = Record<string, number[]>;
export const nameOfCell = (...parts: (string | number)[]): string => parts.join(' | ');

/** The obvious way to keep and count ratings: a list, gone through for every question. */
export class Model {
  readonly kept = new Map<string, { first: NewRating; now: NewRating }>();
  /** Per touchpoint, newest first: where it stands from which day on. */
  readonly #moves: Record<string, { since: number; location: string }[]>;

  constructor(moves: Record<string, { since: number; location: string }[]>) {
    this.#moves = moves;
  }

  append(entry: Entry): string {
    return entry.kind === 'rating' ? this.#rating(entry) : this.#addition(entry);
  }

  #rating(rating: NewRating): string {
    const known = this.kept.get(rating.id);
    if (!known) {
      this.kept.set(rating.id, { first: rating, now: rating });
      return 'accepted';
    }
    const posted = ({ touchpoint, grade, smiley, product, language, givenAt, comment }: NewRating) =>
      JSON.stringify([touchpoint, grade, smiley, product, language, givenAt, comment]);
    return posted(known.first) === posted(rating) ? 'duplicate' : 'conflict';
  }

  #addition({ id, grade, smiley, comment, now, window }: Addition): string {
    const known = this.kept.get(id);
    if (!known) return 'unknown';
    if (window !== null && now - known.first.receivedAt > window) return 'closed';
    if ((grade && !known.now.grade) || (smiley && !known.now.smiley)) return 'other-scale';
    const changed = {
      ...known.now,
      grade: grade ?? known.now.grade,
      smiley: smiley ?? known.now.smiley,
      comment: comment === undefined ? known.now.comment : comment,
    };
    const same = JSON.stringify(changed) === JSON.stringify(known.now);
    known.now = changed;
    return same ? 'duplicate' : 'accepted';
  }

  ratings(): NewRating[] {
    return [...this.kept.values()].map(({ now }) => now);
  }

  placementOf({ touchpoint, at, method }: NewRating): string {
    const place = this.#moves[touchpoint]?.find(({ since }) => since <= dayOf(at))?.location ?? '';
    return `${touchpoint} @ ${place} ${method ?? ''}`;
  }

  count({ from, to, touchpoints, products, languages, marked, keep }: Question): Counted {
    const found: Counted = {};
    const among = (list: string[] | null, value: string) => list === null || list.includes(value);
    for (const rating of this.ratings()) {
      const day = dayOf(rating.at);
      if ((from !== null && day < from) || (to !== null && day > to) || !counts(rating.marks)) continue;
      if (!marked && isMarked(rating.marks)) continue;
      const product = rating.product ?? '';
      const language = rating.language ?? '';
      if (!among(products, product) || !among(languages, language)) continue;
      if (!among(touchpoints, rating.touchpoint)) continue;
      const name = nameOfCell(
        this.placementOf(rating),
        keep.product ? product : '',
        keep.language ? language : '',
        timeOf(keep.time, rating.at),
      );
      found[name] ??= noCounts();
      found[name]![indexOfAnswer(rating)]!++;
    }
    return found;
  }

  firstSlots(): Record<string, number> {
    const found: Record<string, number> = {};
    for (const rating of this.ratings()) {
      if (!counts(rating.marks)) continue;
      const name = this.placementOf(rating);
      found[name] = Math.min(found[name] ?? Infinity, slotOf(rating.at));
    }
    return found;
  }
}

function timeOf(time: CellQuery['keep']['time'], at: number): number {
  switch (time) {
    case undefined:
      return 0;
    case 'slot':
      return slotOf(at);
    case 'day':
      return dayOf(at);
    case 'month':
      return monthOfDay(dayOf(at));
    case 'weekday':
      return weekdayOf(dayOf(at));
    case 'hour':
      return hourOfSlot(slotOf(at));
    case 'weekhour':
      return weekdayOf(dayOf(at)) * 24 + hourOfSlot(slotOf(at));
    case 'daypart':
      return Math.floor(hourOfSlot(slotOf(at)) / 6);
  }
}
