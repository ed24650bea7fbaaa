import type { Form } from '#shared/contract/questionnaire.ts';
import { catalogueOf, isLanguage, type Language, languages } from '#shared/messages/index.ts';
import { withDatabase } from './database.ts';

/** Where this tablet stands and what it asks there, in every language; kept for a start without a network. */
export interface Place {
  touchpoint: string;
  forms: Partial<Record<Language, Form>>;
}
export const noForms = (touchpoint: string): Place => ({ touchpoint, forms: {} });

/** A tablet whose storage is broken still asks the server, and says so when a grade cannot be kept. */
const remembered = <T>(key: string): Promise<T | undefined> =>
  withDatabase(async (db) => (await db.get('settings', key)) as T | undefined).catch(() => undefined);
const remember = (key: string, value: unknown): Promise<void> =>
  withDatabase(async (db) => {
    await db.put('settings', value, key);
  }).catch(() => undefined);

export const rememberedTouchpoint = () => remembered<string>('touchpoint');
export const rememberedPlace = (touchpoint: string) => remembered<Place>(`place:${touchpoint}`);
export const rememberTouchpoint = (touchpoint: string) => remember('touchpoint', touchpoint);
const rememberPlace = (place: Place) => remember(`place:${place.touchpoint}`, place);

async function fetchForm(touchpoint: string, language: Language): Promise<Form | 'unknown'> {
  const address = `/api/v1/touchpoints/${encodeURIComponent(touchpoint)}/form?language=${language}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(10_000) });
  if (response.status === 404) return 'unknown';
  if (!response.ok) throw new Error(`form: ${response.status}`);
  return response.json();
}

/** Asks the server; `unknown` when it has no such touchpoint, an error when it cannot be reached. */
export async function fetchPlace(touchpoint: string): Promise<Place | 'unknown'> {
  const dutch = await fetchForm(touchpoint, 'nl');
  if (dutch === 'unknown') return 'unknown';
  const place: Place = { touchpoint, forms: { nl: dutch } };
  const others = dutch.languages.filter(isLanguage).filter((language) => language !== 'nl');
  for (const language of others) {
    const form = await fetchForm(touchpoint, language);
    if (form !== 'unknown') place.forms[language] = form;
  }
  await rememberPlace(place);
  return place;
}

/** Before the server was ever reached, all our languages. */
export function languagesOf({ forms }: Place): Language[] {
  const known = languages.filter((language) => forms[language]);
  return known.length ? known : [...languages];
}

export function wordsOf({ forms, touchpoint }: Place, language: Language) {
  const { kiosk, rating } = catalogueOf(language);
  const form = forms[language];
  return {
    question: form?.question ?? kiosk.question,
    lowest: form?.lowest ?? rating.lowest,
    highest: form?.highest ?? rating.highest,
    commentLabel: form?.commentLabel ?? rating.commentLabel,
    place: form ? `${form.municipality}, ${form.name}` : touchpoint,
    version: form?.version,
  };
}
