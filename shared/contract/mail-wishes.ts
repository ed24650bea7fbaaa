import * as z from 'zod';

/** What an account can ask to get by e-mail: a signal as soon as it is raised, and what a week was like on Monday. */
export const mailKinds = ['signals', 'digest'] as const;
export const MailKind = z.enum(mailKinds);
export type MailKind = z.infer<typeof MailKind>;

export const letterLanguages = ['nl', 'en'] as const;
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
