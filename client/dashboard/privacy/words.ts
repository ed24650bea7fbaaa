import { useMemo } from 'react';
import { filled, type Values } from '../messages/messages.ts';
import { useWords } from '../messages/words.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

export type PrivacyKey = keyof typeof nl;

export function usePrivacyWords() {
  const words = useWords();
  return useMemo(() => {
    const catalogue = words.language === 'nl' ? nl : en;
    return {
      ...words,
      formats: words,
      w: (key: PrivacyKey, values?: Values) => filled(catalogue[key], values),
    };
  }, [words]);
}
