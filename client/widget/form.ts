import type { Form, FormQuestion } from '#shared/contract/questionnaire.ts';
import { type RatingTexts, rating } from '#shared/messages/nl.ts';

/** What the touchpoint asks, in the language of the page. */
export interface Asked
  extends Pick<
    Form,
    'language' | 'scale' | 'question' | 'lowest' | 'highest' | 'commentLabel' | 'formToken'
  > {
  texts: RatingTexts;
  version?: number;
  questions: FormQuestion[];
}

/** Asks the server; where that fails, a grade in Dutch is on board. */
export async function ask(address: string): Promise<Asked> {
  const own: Asked = { ...rating, language: 'nl', texts: rating, scale: 'grade', questions: [] };
  try {
    const form: Partial<Asked> = await (await fetch(address)).json();
    return form.question ? { ...own, ...form, texts: { ...rating, ...form.texts } } : own;
  } catch {
    return own;
  }
}
