import type { Form } from '#shared/contract/questionnaire.ts';
import { catalogueOf } from '#shared/messages/index.ts';
import type { Settings } from '../storage/port.ts';

/** What a touchpoint asks, in a language that the municipality offers; another language falls back to the first. */
export function formOf(settings: Settings, touchpoint: string, language: string | undefined): Form | null {
  const point = settings.touchpoints.find(({ key }) => key === touchpoint);
  if (!point) return null;
  const { languages, municipality } = settings;
  const spoken = language !== undefined && languages.includes(language) ? language : (languages[0] ?? 'nl');
  const { rating, kiosk } = catalogueOf(spoken);
  const words =
    point.scale === 'smiley'
      ? { question: rating.smileyQuestion, lowest: rating.smiley1, highest: rating.smiley5 }
      : {
          question: point.channel === 'balie' ? kiosk.question : rating.question,
          lowest: rating.lowest,
          highest: rating.highest,
        };
  return {
    touchpoint: point.key,
    version: 1,
    scale: point.scale,
    language: spoken,
    languages,
    ...words,
    commentLabel: rating.commentLabel,
    questions: [],
    product: null,
    trial: point.trial,
    texts: rating,
    municipality,
    name: point.name,
  };
}
