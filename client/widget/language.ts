import { type RatingTexts, rating } from '#shared/messages/nl.ts';

export interface Spoken {
  language: string;
  texts: RatingTexts;
}
const dutch: Spoken = { language: 'nl', texts: rating };

/** Dutch is on board; any other language comes from the server, and Dutch stays where that fails. */
export async function speak(form: string, wanted: string): Promise<Spoken> {
  if (wanted === 'nl') return dutch;
  try {
    const { language, texts, ...own } = await (await fetch(`${form}?language=${wanted}`)).json();
    const { question, lowest, highest, commentLabel } = own;
    return question
      ? { language, texts: { ...rating, ...texts, question, lowest, highest, commentLabel } }
      : dutch;
  } catch {
    return dutch;
  }
}
