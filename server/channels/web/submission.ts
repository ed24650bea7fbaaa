import type { Problem } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { PageTexts } from '#shared/messages/index.ts';
import type { Entry, Mistake } from './form.ts';

const one = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
};

/** A grade as it stands in an address or a field; anything else than 1 to 10 is none. */
export function gradeFrom(value: unknown): number | undefined {
  const text = one(value);
  const grade = text && /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return grade >= 1 && grade <= 10 ? grade : undefined;
}

export const textFrom = (value: unknown, max: number = limits.answerLength): string | undefined =>
  one(value)?.slice(0, max);

/** Forms send line ends as CR LF, which would count double. */
export const commentFrom = (value: unknown): string | undefined =>
  one(value)?.replaceAll('\r\n', '\n').trim() || undefined;

/** What the server found wrong, in the words of the page and at the field where it can be repaired. */
export function mistakesIn(problem: Problem, entry: Entry, texts: PageTexts): Mistake[] {
  if (problem.status === 410 || problem.status === 409) return [{ text: texts.alreadySent }];
  if (problem.status !== 400) return [{ text: texts.notStored }];
  const found = problem.errors.map(({ pointer, code }): Mistake => {
    if (pointer.startsWith('/grade') || pointer === '') return { field: 'grade', text: texts.gradeMissing };
    if (!pointer.startsWith('/comment')) return { text: texts.outdated };
    return { field: 'comment', text: code === 'too-long' ? texts.commentTooLong : texts.commentCharacters };
  });
  if (entry.grade === undefined && !found.some(({ field }) => field === 'grade')) {
    found.unshift({ field: 'grade', text: texts.gradeMissing });
  }
  return found.length ? found : [{ text: texts.notStored }];
}
