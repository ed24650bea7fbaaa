import type { Scale } from '#shared/contract/questionnaire.ts';
import { catalogueOf } from '#shared/messages/index.ts';

/** What Klantpuls itself says to residents where an administrator wrote nothing; as the server's form does. */
export function defaultWords(language: string, scale: Scale, channel: string) {
  const { rating, kiosk } = catalogueOf(language);
  const question =
    scale === 'smiley' ? rating.smileyQuestion : channel === 'balie' ? kiosk.question : rating.question;
  return { question, comment: rating.commentLabel, rating };
}
