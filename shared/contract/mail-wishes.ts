import * as z from 'zod';
import { letterLanguages, mailKinds } from './lists.ts';

export { letterLanguages, mailKinds };

export const MailKind = z.enum(mailKinds);
export type MailKind = z.infer<typeof MailKind>;

export type LetterLanguage = (typeof letterLanguages)[number];

export const MailWishes = z
  .strictObject({
    kinds: z.array(MailKind).max(mailKinds.length),
    language: z.enum(letterLanguages).default('nl'),
  })
  .meta({ id: 'MailWishes' });
export type MailWishes = z.infer<typeof MailWishes>;

export const MailWishesAnswer = MailWishes.extend({
  possible: z.boolean().meta({ description: 'Whether mail is set up' }),
});
export type MailWishesAnswer = z.infer<typeof MailWishesAnswer>;

export const DigestQuery = z.strictObject({ language: z.enum(letterLanguages).default('nl') });
export const Letter = z.object({ subject: z.string(), text: z.string() }).meta({ id: 'Letter' });
export type Letter = z.infer<typeof Letter>;
