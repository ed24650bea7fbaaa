import type { FieldError } from '../contract/errors.ts';
import type { Question, Scale, Texts } from '../contract/questionnaire.ts';
import type { Answers } from '../contract/rating.ts';
import { gradeOfSmiley } from './histogram.ts';

/** Whether somebody who gave this answer is asked the question. */
export const isAsked = (
  { from, to }: { from: number; to: number },
  given: { grade?: number | null | undefined; smiley?: number | null | undefined },
): boolean => {
  const grade = given.grade ?? (given.smiley ? gradeOfSmiley(given.smiley) : null);
  return grade !== null && from <= grade && grade <= to;
};

/** A text in a language, or else in the first of the municipality, or else in whichever there is. */
export const textIn = (texts: Texts, language: string, first: string): string =>
  texts[language] ?? texts[first] ?? Object.values(texts)[0] ?? '';

export interface Asking {
  scale: Scale;
  /** Of the grade; null for the words of Klantpuls itself. */
  question: Texts | null;
}

/**
 * Whether figures before and after can be compared: the same scale, and nobody is asked in other words than before. A
 * language that comes along changes nothing for those who were asked until then.
 */
export function asksAlike(before: Asking, after: Asking): boolean {
  if (before.scale !== after.scale) return false;
  if (before.question === null || after.question === null) return before.question === after.question;
  const words = after.question;
  return Object.entries(before.question).every(([language, text]) => words[language] === text);
}

export const plainMethod: Record<Scale, string> = { grade: 'Rapportcijfer 1 tot 10', smiley: 'Vijf smileys' };

/**
 * The method version (meetmethode) of a new way of asking: that of the newest earlier version that asked alike, else a
 * new one, with a name that says what is asked.
 */
export function methodOf(
  asking: Asking,
  earlier: readonly (Asking & { method: string })[],
  names: readonly string[],
  first: string,
): string {
  const alike = earlier.find((version) => asksAlike(version, asking));
  if (alike) return alike.method;
  const plain = plainMethod[asking.scale];
  const name = asking.question === null ? plain : `${plain}: “${textIn(asking.question, first, first)}”`;
  if (asking.question === null) return name;
  for (let number = 2, candidate = name; ; number++) {
    if (!names.includes(candidate)) return candidate;
    candidate = `${name} (${number})`;
  }
}

/** What is wrong with answers to these questions. Whether a question was shown is not looked at: a grade may be corrected. */
export function answerErrors(questions: readonly Question[], answers: Answers): FieldError[] {
  return Object.entries(answers).flatMap(([key, answer]): FieldError[] => {
    const wrong = (code: FieldError['code'], detail: string): FieldError[] => [
      { pointer: `/answers/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, detail },
    ];
    const question = questions.find((one) => one.key === key);
    if (!question) return wrong('unknown-value', 'This version of the questionnaire does not ask this.');
    const isOption = (value: unknown) => question.options.some((option) => option.key === value);
    switch (question.type) {
      case 'yes-no':
        return typeof answer === 'boolean' ? [] : wrong('type', 'Answer true or false.');
      case 'text':
        return typeof answer === 'string' ? [] : wrong('type', 'Answer with a text.');
      case 'choice':
        if (typeof answer !== 'string') return wrong('type', 'Answer with the key of one option.');
        return isOption(answer) ? [] : wrong('unknown-value', 'This is not one of the options.');
      default:
        if (!Array.isArray(answer)) return wrong('type', 'Answer with a list of keys of options.');
        return answer.every(isOption) ? [] : wrong('unknown-value', 'One of these is not an option.');
    }
  });
}
