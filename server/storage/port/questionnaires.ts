import type { Questionnaire, QuestionnaireInput } from '#shared/contract/questionnaire.ts';

/** A version of what a touchpoint asks. It never changes. */
export interface QuestionnaireVersion extends Omit<Questionnaire, 'validFrom'> {
  /** Milliseconds UTC; 0 for the first, which holds for all that came before. */
  validFrom: number;
}

export interface QuestionnaireStore {
  /**
   * Adds the version that follows `after` and makes it the one that counts from now on; its answer keys join those of
   * the settings. With the first one, what the touchpoint asked until then is kept as version 1. null, and nothing was
   * done, when another version came in between.
   */
  add(questionnaire: QuestionnaireInput & { method: string; validFrom: number }): Promise<number | null>;
}
