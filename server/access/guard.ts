import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { may, type Permission } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Access, Principal } from './accounts.ts';

export interface Guard {
  signedIn: RequestHandler;
  /** Refuses a change that another website asks for with somebody's cookie. */
  sameOrigin: RequestHandler;
  needs(permission: Permission): RequestHandler;
}

export function guardOf(access: Access, isOwnOrigin: (request: IncomingMessage) => boolean): Guard {
  const sameOrigin: RequestHandler = (request, _response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request))
      throw new ProblemError('not-allowed', 'This can only be done from a page of Klantpuls itself.');
    next();
  };
  const signedIn: RequestHandler = async (request, response, next) => {
    const principal = await access.identify(request.headers);
    if (!principal)
      throw new ProblemError('not-signed-in', 'There is no valid session or token with this request.');
    if (principal.via === 'session') sameOrigin(request, response, () => {});
    response.locals.principal = principal;
    next();
  };
  const needs = (permission: Permission): RequestHandler[] => [
    signedIn,
    (_request, response, next) => {
      const { role } = response.locals.principal as Principal;
      if (!may(role, permission)) throw new ProblemError('not-allowed', `The role ${role} may not do this.`);
      next();
    },
  ];
  return { signedIn, sameOrigin, needs: (permission) => needs(permission) as unknown as RequestHandler };
}
