import { limits } from '#shared/contract/limits.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { ratingId } from '#shared/core/rating-id.ts';
import { redact } from '#shared/core/redact.ts';
import type { Language } from '#shared/messages/index.ts';
import { keep } from './outbox.ts';

export interface Choice {
  grade?: number;
  smiley?: number;
}

/** One visitor's answer: a rating, and additions to it. Each resolves when the tablet has it on disk. */
export interface Session {
  readonly id: string;
  correct(choice: Choice): Promise<void>;
  /** All answers so far: they replace earlier ones. */
  answer(answers: Answers): Promise<void>;
  /** Keeps the comment without personal data and answers what is left of it. */
  comment(text: string): Promise<string>;
}

/** A label can be longer than what it replaces; half a character at the cut would be refused as well. */
const redacted = (text: string, length: number): string =>
  redact(text)
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '');

export async function openSession(
  touchpoint: string,
  language: Language,
  form: number | undefined,
  choice: Choice,
): Promise<Session> {
  const id = ratingId();
  const givenAt = new Date().toISOString();
  await keep({ id, touchpoint, ...choice, language, givenAt, ...(form && { form }) });
  return {
    id,
    correct: (other) => keep({ id, addition: true, ...other }),
    answer(answers) {
      const kept = Object.entries(answers).map(([key, value]) => [
        key,
        typeof value === 'string' ? redacted(value, limits.answerLength) : value,
      ]);
      return keep({ id, addition: true, answers: Object.fromEntries(kept) as Answers });
    },
    async comment(text) {
      const comment = redacted(text, limits.commentLength);
      await keep({ id, addition: true, comment });
      return comment;
    },
  };
}
