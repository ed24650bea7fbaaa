import { useMemo } from 'react';
import type { Explanation, Segment } from '#shared/contract/explanation.ts';
import type { Range } from '../figures/period.ts';
import { filled, type Language, locales, type Values } from '../messages/messages.ts';
import { useWords, type Words } from '../messages/words.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

export type WhyKey = keyof typeof nl;
export type WhyMessages = Record<WhyKey, string>;
export const whyCatalogues: Record<Language, WhyMessages> = { nl, en };

/** The words of this page, and its figures: grade points have two decimals and a sign. */
export interface WhyWords extends Words {
  w: (key: WhyKey, values?: Values) => string;
  /** "−0,20", "+0,04", "0,00" */
  signed: (value: number) => string;
  /** "0,20" whatever its sign. */
  size: (value: number) => string;
  /** As many decimals as it takes to work it out by hand. */
  exact: (value: number) => string;
  percent: (value: number) => string;
  /** "3 nov 2024 – 2 nov 2025" */
  days: (range: Range) => string;
  /** The sentences of the answer, their dates as people say them. */
  said: (explanation: Pick<Explanation, 'sentences'>) => string[];
  nameOf: (segment: Pick<Segment, 'dimension' | 'key' | 'label'>) => string;
}

const minus = (text: string) => text.replace('-', '−');

export function whyWordsFor(words: Words): WhyWords {
  const { language } = words;
  const locale = locales[language];
  const w: WhyWords['w'] = (key, values) => filled(whyCatalogues[language][key], values);
  const numbers = (digits: number, more: Intl.NumberFormatOptions = {}) => {
    const format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      roundingMode: 'halfExpand',
      ...more,
    });
    return (value: number) => minus(format.format(value));
  };
  const size = numbers(2);
  const range = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return {
    ...words,
    w,
    signed: numbers(2, { signDisplay: 'exceptZero' }),
    size: (value) => size(Math.abs(value)),
    exact: numbers(4),
    percent: numbers(2, { style: 'percent' }),
    days: ({ from, to }) => range.formatRange(new Date(from), new Date(to)).replace(/\s*–\s*/, ' – '),
    said: ({ sentences }) =>
      sentences[language].map((text) =>
        text.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => words.date(`${day}T12:00:00Z`)),
      ),
    nameOf: ({ dimension, key, label }) => {
      if (key === '') return w(`without.${dimension}`);
      if (dimension === 'language') return words.languageName(key);
      const part = `daypart.${key}`;
      return dimension === 'daypart' && part in whyCatalogues[language] ? w(part as WhyKey) : label;
    },
  };
}

export function useWhyWords(): WhyWords {
  const words = useWords();
  return useMemo(() => whyWordsFor(words), [words]);
}
