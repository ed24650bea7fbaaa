import type { Answers } from '#shared/contract/rating.ts';

/** A row of `ratings`, as the writer reads it back. */
export interface RatingRow {
  seq: number;
  placement: number;
  grade: number | null;
  smiley: number | null;
  product: number;
  language: number;
  form: number | null;
  at: number;
  received: number;
  given: number | null;
  marks: number;
  answers: string | null;
}

export const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** The same answers are the same text, in whatever order they came. */
export function textOfAnswers(answers: Answers | null | undefined): string | null {
  if (!answers || Object.keys(answers).length === 0) return null;
  return JSON.stringify(Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1))));
}
