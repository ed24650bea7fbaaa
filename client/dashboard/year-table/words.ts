import { useMemo } from 'react';
import { filled, type Language, type Values } from '../messages/messages.ts';
import { useWords, type Words } from '../messages/words.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

export type YearKey = keyof typeof nl;
export type YearMessages = Record<YearKey, string>;
export const yearCatalogues: Record<Language, YearMessages> = { nl, en };

export interface YearWords extends Words {
  w: (key: YearKey, values?: Values) => string;
}

export function useYearWords(): YearWords {
  const words = useWords();
  return useMemo(() => {
    const catalogue = yearCatalogues[words.language];
    return { ...words, w: (key, values) => filled(catalogue[key], values) };
  }, [words]);
}
