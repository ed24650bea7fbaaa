import { useMemo } from 'react';
import { filled, type Language, type Values } from './messages.ts';
import { useWords, type Words } from './words.tsx';

/** The words of one page beside those that all pages have. */
export type PageWords<Key extends string> = Words & { w: (key: Key, values?: Values) => string };

export function usePageWords<Key extends string>(
  catalogues: Record<Language, Record<Key, string>>,
): PageWords<Key> {
  const words = useWords();
  return useMemo(() => {
    const catalogue = catalogues[words.language];
    return { ...words, w: (key, values) => filled(catalogue[key], values) };
  }, [words, catalogues]);
}
