import { en } from './en.ts';
import { nl } from './nl.ts';

export type MessageKey = keyof typeof nl;
export type Messages = Record<MessageKey, string>;
export type Values = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: Values) => string;

export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];
export const catalogues: Record<Language, Messages> = { nl, en };
export const locales: Record<Language, string> = { nl: 'nl-NL', en: 'en-GB' };

export const filled = (text: string, values: Values = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

export function translator(language: Language): Translate {
  const catalogue = catalogues[language];
  return (key, values) => filled(catalogue[key], values);
}
