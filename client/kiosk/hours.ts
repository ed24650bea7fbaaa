import { dateOfDay, dayOf, instantOfLocalTime, weekdayOf } from '#shared/core/calendar.ts';
import { isOpenAt } from '#shared/core/opening.ts';
import type { Language } from '#shared/messages/index.ts';
import type { Place } from './place.ts';

const closedOn =
  ({ holidays = [] }: Place) =>
  (day: number) =>
    holidays.includes(dateOfDay(day));

/** A tablet without opening hours is never closed. */
export const isOpen = (place: Place, at: number): boolean =>
  !place.openingHours?.some((entries) => entries.length > 0) ||
  isOpenAt(place.openingHours, closedOn(place), at);

/** When it opens next, within two weeks, in words; Amsterdam time. */
export function nextOpening(place: Place, at: number, language: Language): string | undefined {
  const { openingHours = [] } = place;
  const words = new Intl.DateTimeFormat(language, {
    ...{ timeZone: 'Europe/Amsterdam', weekday: 'long', day: 'numeric', month: 'long' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  for (let day = dayOf(at); day < dayOf(at) + 15; day++) {
    if (closedOn(place)(day)) continue;
    const moments = (openingHours[weekdayOf(day) - 1] ?? []).map(({ from }) =>
      instantOfLocalTime(`${dateOfDay(day)}T${from}`),
    );
    const next = moments.find((moment) => moment > at);
    if (next !== undefined) return words.format(next);
  }
  return undefined;
}
