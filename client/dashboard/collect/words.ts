import { useMemo } from 'react';
import { filled, type Language, locales, type Values } from '../messages/messages.ts';
import { useWords, type Words } from '../messages/words.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

export type CollectKey = keyof typeof nl;
export type CollectMessages = Record<CollectKey, string>;
export const collectCatalogues: Record<Language, CollectMessages> = { nl, en };

export interface CollectWords extends Words {
  w: (key: CollectKey, values?: Values) => string;
  /** "3 uur", "5 minuten" */
  duration: (milliseconds: number) => string;
  /** "maandag" … "zondag" */
  weekdays: readonly string[];
  /** "Nederlands" for nl. */
  languageName: (language: string) => string;
}

function extrasFor(language: Language): Pick<CollectWords, 'duration' | 'weekdays' | 'languageName'> {
  const locale = locales[language];
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' });
  const [minutes, hours, days] = [unit('minute'), unit('hour'), unit('day')];
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return {
    duration: (milliseconds) => {
      const passed = Math.round(milliseconds / 60_000);
      if (passed < 90) return minutes.format(passed);
      if (passed < 2880) return hours.format(Math.round(passed / 60));
      return days.format(Math.round(passed / 1440));
    },
    // 2024-01-01 was a Monday.
    weekdays: Array.from({ length: 7 }, (_, day) => weekday.format(Date.UTC(2024, 0, 1 + day))),
    languageName: (code) => names.of(code) ?? code,
  };
}

/** The words of the pages about where ratings come from. */
export function useCollectWords(): CollectWords {
  const words = useWords();
  return useMemo(
    () => ({
      ...words,
      ...extrasFor(words.language),
      w: (key, values) => filled(collectCatalogues[words.language][key], values),
    }),
    [words],
  );
}
