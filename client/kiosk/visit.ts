import type { FormQuestion } from '#shared/contract/questionnaire.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { isAsked } from '#shared/core/questionnaire.ts';
import type { Words } from './place.ts';
import type { Choice, Session } from './session.ts';

/** One person at the screen, from the first press until the screen rests. */
export interface Visit {
  session: Session;
  /** The grade or smiley that was kept last. */
  value: number;
  corrections: number;
  answers: Answers;
  /** The answers that are on disk. */
  kept: Answers;
  /** What was typed as a comment and not sent yet. */
  draft: string;
}
export const visitOf = (session: Session, value: number): Visit => ({
  ...{ session, value, corrections: 0, answers: {}, kept: {}, draft: '' },
});

export const choiceOf = ({ scale }: Words, value: number): Choice =>
  scale === 'smiley' ? { smiley: value } : { grade: value };

/** The questions that belong to a value of the scale. */
export const questionsFor = (words: Words, value: number): FormQuestion[] =>
  words.questions.filter((question) => isAsked(question, choiceOf(words, value)));

/** Only answers to what is asked: after a correction another question may stand there. */
export const answersTo = (questions: readonly FormQuestion[], answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => questions.some((one) => one.key === key)));
