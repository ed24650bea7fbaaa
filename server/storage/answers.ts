import type { Answers } from '#shared/contract/rating.ts';
import type { ServiceNorm } from '#shared/contract/service-norms.ts';

/** The same answers are the same text, in whatever order they came. */
export function textOfAnswers(answers: Answers | null | undefined): string | null {
  if (!answers || Object.keys(answers).length === 0) return null;
  return JSON.stringify(Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Whether answers confirm a promise; null when its question was not answered. Of several options one is enough. */
export function confirmationOf(
  { question, confirms }: Pick<ServiceNorm, 'question' | 'confirms'>,
  answers: Answers,
): boolean | null {
  const given = answers[question];
  if (given === undefined || given === '' || (Array.isArray(given) && given.length === 0)) return null;
  return [given].flat().some((value) => confirms.includes(value));
}
