import * as ar from './ar.ts';
import * as de from './de.ts';
import * as en from './en.ts';
import type { KioskTexts, PageTexts, RatingTexts } from './nl.ts';
import * as nl from './nl.ts';
import * as pl from './pl.ts';
import * as tr from './tr.ts';
import * as uk from './uk.ts';

export type { KioskTexts, PageTexts, RatingTexts } from './nl.ts';

export interface Catalogue {
  rating: RatingTexts;
  kiosk: KioskTexts;
  page: PageTexts;
}

/** In the order in which they are offered. */
export const languages = ['nl', 'en', 'de', 'tr', 'ar', 'pl', 'uk'] as const;
export type Language = (typeof languages)[number];

export const catalogues: Record<Language, Catalogue> = { nl, en, de, tr, ar, pl, uk };

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

/** Dutch where the language is not one of ours. */
export const catalogueOf = (language: string): Catalogue =>
  catalogues[isLanguage(language) ? language : 'nl'];
