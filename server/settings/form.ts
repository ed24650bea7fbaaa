import type { Form } from '#shared/contract/questionnaire.ts';
import { textIn } from '#shared/core/questionnaire.ts';
import { catalogueOf } from '#shared/messages/index.ts';
import type { Settings } from '../storage/port.ts';

/** What a touchpoint asks, in a language that the municipality offers; another language falls back to the first. */
export function formOf(settings: Settings, touchpoint: string, language: string | undefined): Form | null {
  const point = settings.touchpoints.find(({ key }) => key === touchpoint);
  if (!point) return null;
  const { languages, municipality } = settings;
  const first = languages[0] ?? 'nl';
  const spoken = language !== undefined && languages.includes(language) ? language : first;
  const asked = settings.questionnaires.get(touchpoint)?.[0];
  const { rating, kiosk } = catalogueOf(spoken);
  const words =
    point.scale === 'smiley'
      ? { question: rating.smileyQuestion, lowest: rating.smiley1, highest: rating.smiley5 }
      : {
          question: point.channel === 'balie' ? kiosk.question : rating.question,
          lowest: rating.lowest,
          highest: rating.highest,
        };
  // The question of the grade is never shown in a language that its reader did not choose: our own words serve.
  const own = asked?.question?.[spoken];
  return {
    touchpoint: point.key,
    version: asked?.version ?? 1,
    scale: point.scale,
    language: spoken,
    languages,
    ...words,
    ...(own === undefined ? {} : { question: own }),
    commentLabel: asked?.commentQuestion?.[spoken] ?? rating.commentLabel,
    questions: (asked?.questions ?? []).map(({ text, options, ...question }) => ({
      ...question,
      text: textIn(text, spoken, first),
      options: options.map((option) => ({ key: option.key, text: textIn(option.text, spoken, first) })),
    })),
    product: asked?.product ?? null,
    trial: point.trial,
    texts: rating,
    municipality,
    name: point.name,
  };
}
