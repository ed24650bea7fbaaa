import type { Answers } from '#shared/contract/rating.ts';

/** The same answers are the same text, in whatever order they came. */
export function textOfAnswers(answers: Answers | null | undefined): string | null {
  if (!answers || Object.keys(answers).length === 0) return null;
  return JSON.stringify(Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1))));
}
