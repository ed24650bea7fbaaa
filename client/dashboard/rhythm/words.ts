import { locales } from '../messages/messages.ts';
import { usePageWords } from '../messages/page.ts';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

const catalogues = { nl, en };
export const useRhythmWords = () => usePageWords<keyof typeof nl>(catalogues);
export type RhythmWords = ReturnType<typeof useRhythmWords>;

/** The first of January 2024 was a Monday. */
export const weekdayName = (
  day: number,
  { language }: Pick<RhythmWords, 'language'>,
  weekday: 'short' | 'long',
): string =>
  new Date(Date.UTC(2024, 0, day)).toLocaleDateString(locales[language], { weekday, timeZone: 'UTC' });
