import { useMemo } from 'react';
import { filled, locales, type Values } from '../messages/messages.ts';
import { useWords } from '../messages/words.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

export type TelephoneKey = keyof typeof nl;

/** The words of this page; `languageName` is a language in the language of the page. */
export function useTelephoneWords() {
  const words = useWords();
  return useMemo(() => {
    const { language } = words;
    const catalogue = language === 'nl' ? nl : en;
    const names = new Intl.DisplayNames(locales[language], { type: 'language' });
    const percent = new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 0 });
    const count = new Intl.NumberFormat(locales[language]);
    return {
      ...words,
      w: (key: TelephoneKey, values?: Values) => filled(catalogue[key], values),
      languageName: (tag: string) => names.of(tag) ?? tag,
      percent: (share: number) => percent.format(share),
      counted: (number: number) => count.format(number),
    };
  }, [words]);
}
export type TelephoneWords = ReturnType<typeof useTelephoneWords>;
