import type { Response } from 'express';
import type { Reach } from '#shared/contract/access.ts';

/** What the account of this request is limited to; null for everything. Set by the guard. */
export const reachOf = (response: Response): Reach | null => (response.locals.reach as Reach | null) ?? null;
