import type { FieldError } from '#shared/contract/errors.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { answerErrors } from '#shared/core/questionnaire.ts';
import type { QuestionnaireVersion } from './port/questionnaires.ts';
import type { Settings } from './port.ts';

/** What a touchpoint asked a rating: the version that it names, else the one of its time; null where there are none. */
export function questionnaireAt(
  settings: Pick<Settings, 'questionnaires'>,
  touchpoint: string,
  form: number | null,
  at: number,
): QuestionnaireVersion | null {
  const versions = settings.questionnaires.get(touchpoint);
  if (!versions) return null;
  return (
    versions.find(({ version, validFrom }) => (form === null ? validFrom <= at : version === form)) ?? null
  );
}

/** Before there was a questionnaire a touchpoint took any answer that the settings know. */
export const answerErrorsIn = (version: QuestionnaireVersion | null, answers: Answers): FieldError[] =>
  version === null || version.version === 1 ? [] : answerErrors(version.questions, answers);
