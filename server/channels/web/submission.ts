import type { Problem } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { isAsked } from '#shared/core/questionnaire.ts';
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

export function smileyFrom(value: unknown): number | undefined {
  const smiley = gradeFrom(value);
  return smiley !== undefined && smiley <= 5 ? smiley : undefined;
}

const all = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );

/** The name of a question's field. */
export const fieldOf = (key: string): string => `q.${key}`;

/** What was answered to the questions that belong to the grade; a page without scripts may show others too. */
export function answersFrom(form: Form, entry: Entry, fields: Record<string, unknown>): Answers {
  const answers: Answers = {};
  for (const question of form.questions) {
    const { key, type } = question;
    const given = all(fields[fieldOf(key)]);
    const [first] = given;
    if (first === undefined || !isAsked(question, entry)) continue;
    if (type === 'multiple') answers[key] = given;
    else if (type === 'yes-no') answers[key] = first === 'yes';
    else {
      const text = type === 'text' ? commentFrom(first) : first;
      if (text) answers[key] = text;
    }
  }
  return answers;
}

export const textFrom = (value: unknown, max: number = limits.answerLength): string | undefined =>
  one(value)?.slice(0, max);

/** Forms send line ends as CR LF, which would count double. */
export const commentFrom = (value: unknown): string | undefined =>
  one(value)?.replaceAll('\r\n', '\n').trim() || undefined;

/** What the server found wrong, in the words of the page and at the field where it can be repaired. */
export function mistakesIn(problem: Problem, form: Form, entry: Entry, texts: PageTexts): Mistake[] {
  if (problem.status === 410 || problem.status === 409) return [{ text: texts.alreadySent }];
  if (problem.status !== 400) return [{ text: texts.notStored }];
  const missing = form.scale === 'smiley' ? texts.smileyMissing : texts.gradeMissing;
  const found = problem.errors.map(({ pointer, code }): Mistake => {
    if (/^(?:\/grade|\/smiley|$)/.test(pointer)) return { field: 'grade', text: missing };
    if (!pointer.startsWith('/comment')) return { text: texts.outdated };
    return { field: 'comment', text: code === 'too-long' ? texts.commentTooLong : texts.commentCharacters };
  });
  if ((entry.grade ?? entry.smiley) === undefined && !found.some(({ field }) => field === 'grade'))
    found.unshift({ field: 'grade', text: missing });
  return found.length ? found : [{ text: texts.notStored }];
}
