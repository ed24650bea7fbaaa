import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { type Formats, formatsFor } from '../figures/format.ts';
import { type Language, locales, type Translate, translator } from './messages.ts';

export interface Words extends Formats {
  t: Translate;
  language: Language;
}

export function wordsFor(language: Language): Words {
  const t = translator(language);
  return { t, language, ...formatsFor(locales[language], t) };
}

const WordsContext = createContext<Words>(wordsFor('nl'));
export const useWords = (): Words => use(WordsContext);

export function WordsProvider({ language, children }: { language: Language; children: ReactNode }) {
  const words = useMemo(() => wordsFor(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The page's name in the title bar, the figure first where there is one. */
export function useTitle(...parts: (string | null)[]): void {
  const title = [...parts.filter((part) => part !== null), 'Klantpuls'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
