import type { DeviceConfiguration } from '#shared/contract/device.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Form, FormQuestion } from '#shared/contract/questionnaire.ts';
import { catalogueOf, isLanguage, type Language, languages } from '#shared/messages/index.ts';
import { recall, remember } from './database.ts';

/**
 * Where this tablet stands and what it asks there, in every language; kept for a start without a network. The rest of
 * a configuration is there on a paired tablet only.
 */
export type Place = Pick<DeviceConfiguration, 'touchpoint' | 'forms'> & Partial<DeviceConfiguration>;
export const noForms = (touchpoint: string): Place => ({ touchpoint, forms: {} });

export const rememberedTouchpoint = () => recall<string>('touchpoint');
export const rememberedPlace = (touchpoint: string) => recall<Place>(`place:${touchpoint}`);
export const rememberTouchpoint = (touchpoint: string) => remember('touchpoint', touchpoint);

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
  const place: Place = { touchpoint, forms: { [dutch.language]: dutch } };
  const others = dutch.languages.filter(isLanguage).filter((language) => !place.forms[language]);
  for (const language of others) {
    const form = await fetchForm(touchpoint, language);
    if (form !== 'unknown') place.forms[language] = form;
  }
  await remember(`place:${touchpoint}`, place);
  return place;
}

/** Before the server was ever reached, all our languages. */
export function languagesOf({ forms }: Place): Language[] {
  const known = languages.filter((language) => forms[language]);
  return known.length ? known : [...languages];
}

/** Milliseconds without a touch after which the screen asks whether somebody is there. */
export const quietTime = ({ idleSeconds = 0 }: Place): number =>
  Math.max(limits.idleSeconds, idleSeconds) * 1000;

export interface Words {
  scale: 'grade' | 'smiley';
  question: string;
  lowest: string;
  highest: string;
  commentLabel: string;
  questions: FormQuestion[];
  place: string;
  version: number | undefined;
  trial: boolean;
}

export function wordsOf({ forms, touchpoint, device }: Place, language: Language): Words {
  const { kiosk, rating } = catalogueOf(language);
  const form = forms[language];
  const { question } = kiosk;
  const { lowest, highest, commentLabel } = rating;
  const own: Words = {
    ...{ scale: 'grade', question, lowest, highest, commentLabel, questions: [] },
    ...{ place: device?.name ?? touchpoint, version: undefined, trial: false },
  };
  return form ? { ...own, ...form, place: `${form.municipality}, ${device?.name ?? form.name}` } : own;
}
