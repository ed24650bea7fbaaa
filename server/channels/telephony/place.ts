import * as z from 'zod';
import { isPhoneLanguage, type PhoneLanguage } from '#shared/messages/phone/index.ts';

/** A step of the call that waits for keys. */
export const steps = ['language', 'grade', 'confirm', 'question'] as const;
export type Step = (typeof steps)[number];

/**
 * Where a call is, as the address of every action names it: a message that is sent again has the same address, and the
 * next answer another one.
 */
export interface Place {
  step: Step;
  /** Of a question its number from 1; else how often the grade was asked for anew, from 1. */
  round: number;
  /** How often this was asked without a usable answer, from 1. */
  attempt: number;
  language: PhoneLanguage;
}

const number = z.coerce.number().int().min(1).max(9);
const Query = z.object({
  step: z.enum(steps).optional(),
  round: number.default(1),
  attempt: number.default(1),
  lang: z.string().max(10).optional(),
  trial: z.literal('1').optional(),
});

/** What an address says; `place` is null at the beginning of a call. */
export interface Address {
  place: Place | null;
  language: PhoneLanguage | null;
  trial: boolean;
}

export function readAddress(search: string): Address {
  const { step, round, attempt, lang, trial } = Query.parse(Object.fromEntries(new URLSearchParams(search)));
  const language = isPhoneLanguage(lang) ? lang : null;
  return {
    place: step ? { step, round, attempt, language: language ?? 'nl' } : null,
    language,
    trial: trial === '1',
  };
}

export const nameOf = (place: Place | null): string =>
  place ? `${place.step} ${place.round} ${place.attempt}` : 'begin';

export function queryOf({ language, step, round, attempt }: Place, trial: boolean): string {
  const fields = { lang: language, step, round: String(round), attempt: String(attempt) };
  return String(new URLSearchParams(trial ? { ...fields, trial: '1' } : fields));
}
