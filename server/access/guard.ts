import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { may, type Permission } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { AuditStore } from '../storage/port/audit.ts';
import type { Access, Principal } from './accounts.ts';
import { recordAnswer } from './recorder.ts';

export interface NeedsOptions {
  /** Not with the cookie of a browser. */
  by?: 'token';
  /** The answer quotes comments for whoever may read them, and such a read is recorded. */
  quotes?: 'comments';
}

/** Every way in for staff. What they change, and every comment they read, is recorded here and nowhere else. */
export interface Guard {
  signedIn: RequestHandler;
  /** For signing in and out. Refuses a change that another website asks for with somebody's cookie. */
  entrance: RequestHandler;
  needs(permission: Permission, options?: NeedsOptions): RequestHandler;
}

export interface GuardOptions {
  access: Access;
  audit: AuditStore;
  isOwnOrigin: (request: IncomingMessage) => boolean;
  log: (error: unknown) => void;
}

/** Reading by these is reading what residents wrote. */
const raw: readonly Permission[] = ['comments', 'exports', 'void'];
const changes = ({ method }: Request): boolean => method !== 'GET' && method !== 'HEAD';

export function guardOf({ access, audit, isOwnOrigin, log }: GuardOptions): Guard {
  const checkOrigin = (request: Request) => {
    if (changes(request) && !isOwnOrigin(request))
      throw new ProblemError('not-allowed', 'This can only be done from a page of Klantpuls itself.');
  };
  const identify = async (request: Request, response: Response): Promise<Principal> => {
    const principal = await access.identify(request.headers);
    if (!principal)
      throw new ProblemError('not-signed-in', 'There is no valid session or token with this request.');
    if (principal.via === 'session') checkOrigin(request);
    response.locals.principal = principal;
    return principal;
  };
  const record = (request: Request, response: Response) => recordAnswer(audit, request, response, log);
  return {
    entrance: (request, response, next) => {
      checkOrigin(request);
      record(request, response);
      next();
    },
    signedIn: async (request, response, next) => {
      await identify(request, response);
      if (changes(request)) record(request, response);
      next();
    },
    needs:
      (permission, { by, quotes } = {}) =>
      async (request, response, next) => {
        const { role, scope, via } = await identify(request, response);
        if (changes(request) || raw.includes(permission) || (quotes && may(role, quotes)))
          record(request, response);
        // A token for one line or for invitations is for nothing else.
        const elsewhere = scope !== null && permission !== 'machine';
        if (elsewhere || !may(role, permission))
          throw new ProblemError('not-allowed', `The role ${role} may not do this.`);
        if (by === 'token' && via !== 'token') throw new ProblemError('not-allowed', 'Send a token.');
        next();
      },
  };
}
