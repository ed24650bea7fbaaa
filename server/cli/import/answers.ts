import type { Question } from '#shared/contract/questionnaire.ts';

const words = new Map<string, boolean>([
  ...['ja', 'yes', 'true'].map((word): [string, boolean] => [word, true]),
  ...['nee', 'no', 'false'].map((word): [string, boolean] => [word, false]),
]);

/**
 * Cells of a row as answers to these questions: a word for yes or no, keys of several options with | between them. What is
 * neither stays as it is, for the check to refuse.
 */
export const answersOfCells = (
  cells: readonly (readonly [key: string, text: string])[],
  questions: readonly Question[],
): Record<string, unknown> =>
  Object.fromEntries(
    cells.map(([key, text]) => {
      const type = questions.find((question) => question.key === key)?.type;
      if (type === 'yes-no') return [key, words.get(text.trim().toLowerCase()) ?? text];
      return [key, type === 'multiple' ? text.split('|').map((one) => one.trim()) : text];
    }),
  );
