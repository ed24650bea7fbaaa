import { ApiProblem } from '../api/client.ts';
import type { MessageKey, Translate } from '../messages/messages.ts';

export type FormErrors = { field?: string; text: string }[];

export const isEmail = (text: string): boolean => /^\S+@\S+$/.test(text.trim());

/** What went wrong, in words that say what to do. */
export function problemWords(
  error: unknown,
  t: Translate,
  own: Partial<Record<number, MessageKey>> = {},
): string {
  if (!(error instanceof ApiProblem) || error.status === 0) return t('problem.network');
  const key = own[error.status];
  if (key) return t(key);
  if (error.status === 429) return t('problem.tooMany');
  return t('problem.server', { status: error.status });
}
