import type { PhoneTexts } from './nl.ts';

export type { PhoneTexts } from './nl.ts';

const catalogues = {
  nl: () => import('./nl.ts'),
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  tr: () => import('./tr.ts'),
  ar: () => import('./ar.ts'),
  pl: () => import('./pl.ts'),
  uk: () => import('./uk.ts'),
};
export type PhoneLanguage = keyof typeof catalogues;

export const phoneLanguages = Object.keys(catalogues) as PhoneLanguage[];
export const isPhoneLanguage = (value: unknown): value is PhoneLanguage =>
  (phoneLanguages as unknown[]).includes(value);

/** Loaded when it is asked for: no web page carries the words of the telephone. */
export const phoneTexts = async (language: PhoneLanguage): Promise<PhoneTexts> =>
  (await catalogues[language]()).phone;

/** What is said, each a text that a recording can replace: of the follow-up questions only the recording is named here. */
export const recordable = [
  ...['menu', 'greeting', 'question', 'invalid', 'silent', 'given', 'change', 'unknownKey'],
  ...['thanks', 'goodbye', 'failure', 'followUp1', 'followUp2'],
  ...Array.from({ length: 10 }, (_, index) => `grade${index + 1}`),
] as const;
