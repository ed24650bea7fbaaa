import { limits } from '#shared/contract/limits.ts';
import { ratingId } from '#shared/core/rating-id.ts';
import { redact } from '#shared/core/redact.ts';
import type { Language } from '#shared/messages/index.ts';
import { keep } from './outbox.ts';

/** One visitor's answer: a rating, and additions to it. Each resolves when the tablet has it on disk. */
export interface Session {
  readonly id: string;
  correct(grade: number): Promise<void>;
  /** Keeps the comment without personal data and answers what is left of it. */
  comment(text: string): Promise<string>;
}

export async function openSession(
  touchpoint: string,
  language: Language,
  form: number | undefined,
  grade: number,
): Promise<Session> {
  const id = ratingId();
  await keep({ id, touchpoint, grade, language, givenAt: new Date().toISOString(), ...(form && { form }) });
  return {
    id,
    correct: (other) => keep({ id, addition: true, grade: other }),
    async comment(text) {
      // A label can be longer than what it replaces; half a character at the cut would be refused as well.
      const comment = redact(text)
        .slice(0, limits.commentLength)
        .replace(/[\ud800-\udbff]$/, '');
      await keep({ id, addition: true, comment });
      return comment;
    },
  };
}
