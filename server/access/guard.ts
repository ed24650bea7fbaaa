import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { may, type Permission } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Access, Principal } from './accounts.ts';

export interface Guard {
  signedIn: RequestHandler;
  /** Refuses a change that another website asks for with somebody's cookie. */
  sameOrigin: RequestHandler;
  /** `by: 'token'`: not with the cookie of a browser. */
  needs(permission: Permission, by?: 'token'): RequestHandler;
}

export function guardOf(access: Access, isOwnOrigin: (request: IncomingMessage) => boolean): Guard {
  const checkOrigin = (request: Request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request))
      throw new ProblemError('not-allowed', 'This can only be done from a page of Klantpuls itself.');
  };
  const identify = async (request: Request): Promise<Principal> => {
    const principal = await access.identify(request.headers);
    if (!principal)
      throw new ProblemError('not-signed-in', 'There is no valid session or token with this request.');
    if (principal.via === 'session') checkOrigin(request);
    return principal;
  };
  return {
    sameOrigin: (request, _response, next) => {
      checkOrigin(request);
      next();
    },
    signedIn: async (request, response, next) => {
      response.locals.principal = await identify(request);
      next();
    },
    needs: (permission, by) => async (request, response, next) => {
      const principal = await identify(request);
      // A token for one line or for invitations is for nothing else.
      const elsewhere = principal.scope !== null && permission !== 'machine';
      if (elsewhere || !may(principal.role, permission))
        throw new ProblemError('not-allowed', `The role ${principal.role} may not do this.`);
      if (by === 'token' && principal.via !== 'token') throw new ProblemError('not-allowed', 'Send a token.');
      response.locals.principal = principal;
      next();
    },
  };
}
