import type { OpeningHours } from '#shared/contract/device.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import type { Place } from './place.ts';

const day = 86_400_000;
const zone = { timeZone: 'Europe/Amsterdam' } as const;
const clock = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat('en-CA', zone);
const weekday = new Intl.DateTimeFormat('en-GB', { ...zone, weekday: 'short' });
const order = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function hoursOn(at: number, hours: OpeningHours, holidays: readonly string[]) {
  if (holidays.includes(calendar.format(at))) return [];
  return hours[order.indexOf(weekday.format(at))] ?? [];
}

/** A tablet without opening hours is never closed. */
export function isOpen({ openingHours, holidays = [] }: Place, at: number): boolean {
  if (!openingHours?.some((entries) => entries.length > 0)) return true;
  const now = clock.format(at);
  return hoursOn(at, openingHours, holidays).some(({ from, to }) => from <= now && now < to);
}

/** When it opens next, within two weeks, in words; Amsterdam time. */
export function nextOpening(
  { openingHours, holidays = [] }: Place,
  at: number,
  language: Language,
): string | undefined {
  const now = clock.format(at);
  for (let ahead = 0; ahead < 15 && openingHours; ahead++) {
    const date = at + ahead * day;
    const next = hoursOn(date, openingHours, holidays).find(({ from }) => ahead > 0 || from > now);
    if (!next) continue;
    const name = new Intl.DateTimeFormat(language, {
      ...zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    });
    return catalogueOf(language).rating.dir === 'rtl'
      ? `${name.format(date)} ${next.from}`
      : `${name.format(date)}, ${next.from}`;
  }
  return undefined;
}
