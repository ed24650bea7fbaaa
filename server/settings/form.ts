import type { Form } from '#shared/contract/settings.ts';
import { catalogueOf } from '#shared/messages/index.ts';
import type { Settings } from '../storage/port.ts';

/** What a touchpoint asks, in a language that the municipality offers; another language falls back to the first. */
export function formOf(settings: Settings, touchpoint: string, language: string | undefined): Form | null {
  const point = settings.touchpoints.find(({ key }) => key === touchpoint);
  if (!point) return null;
  const { languages, municipality } = settings;
  const spoken = language !== undefined && languages.includes(language) ? language : (languages[0] ?? 'nl');
  const { rating, kiosk } = catalogueOf(spoken);
  return {
    touchpoint: point.key,
    version: 1,
    scale: point.scale,
    language: spoken,
    languages,
    question: point.channel === 'balie' ? kiosk.question : rating.question,
    lowest: rating.lowest,
    highest: rating.highest,
    commentLabel: rating.commentLabel,
    texts: rating,
    municipality,
    name: point.name,
  };
}
