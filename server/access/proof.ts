import type { Response } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Access, Principal } from './accounts.ts';

/** Whose session a request has. */
export const me = (response: Response): Principal => response.locals.principal;

/** Asks the password once more, in a session that somebody may have left open. `slowDown` throws for who guesses. */
export const proofBy =
  (access: Access, slowDown: (key: string) => void) =>
  async (response: Response, password: string, pointer: string): Promise<void> => {
    slowDown(`proof ${me(response).id}`);
    if (await access.isPassword(me(response).id, password)) return;
    const detail = 'This is not your password.';
    throw new ProblemError('invalid-input', detail, {
      errors: [{ pointer, code: 'unknown-value', detail }],
    });
  };
