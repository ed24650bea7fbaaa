import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { may, type Permission, type Reach } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { AuditStore } from '../storage/port/audit.ts';
import type { Access, Principal } from './accounts.ts';
import { recordAnswer } from './recorder.ts';

export interface NeedsOptions {
  /** Not with the cookie of a browser. */
  by?: 'token';
  /** The answer quotes comments for whoever may read them, and such a read is recorded. */
  quotes?: 'comments';
  /**
   * How an account that is limited to some channels or locations is held to them. 'filters': the filters of the question
   * are narrowed here, before the route sees them. 'checked': the route does it itself, with `reachOf(response)`.
   * 'none': such an account may not ask at all. Unless said otherwise a list that is read has filters, the rest none.
   */
  reach?: 'filters' | 'checked' | 'none';
}

/** Every way in for staff. What they change, and every comment they read, is recorded here and nowhere else. */
export interface Guard {
  signedIn: RequestHandler;
  /** For what belongs to an account: a token has none. */
  ownSession: RequestHandler;
  /** For signing in and out. Refuses a change that another website asks for with somebody's cookie. */
  entrance: RequestHandler;
  needs(permission: Permission, options?: NeedsOptions): RequestHandler;
}

export interface GuardOptions {
  access: Access;
  audit: AuditStore;
  isOwnOrigin: (request: IncomingMessage) => boolean;
  /** The query as it may be asked by an account of this reach. */
  narrow: (query: Query, reach: Reach) => Query;
  log: (error: unknown) => void;
}
type Query = Record<string, string[]>;

/** Reading by these is reading what residents wrote. */
const raw: readonly Permission[] = ['comments', 'exports', 'void', 'erasure'];
const changes = ({ method }: Request): boolean => method !== 'GET' && method !== 'HEAD';

export function guardOf({ access, audit, isOwnOrigin, narrow, log }: GuardOptions): Guard {
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
    response.locals.reach = principal.reach;
    return principal;
  };
  const record = (request: Request, response: Response) => recordAnswer(audit, request, response, log);
  const hold = (request: Request, reach: Reach, how: NeedsOptions['reach']) => {
    const list = !changes(request) && Object.keys(request.params).length === 0;
    const by = how ?? (list ? 'filters' : 'none');
    if (by === 'none')
      throw new ProblemError('not-allowed', 'This account is limited to some channels or locations.');
    if (by === 'checked') return;
    const lists = Object.entries(request.query).map(([name, value]) => [name, [value].flat()]);
    const query = narrow(Object.fromEntries(lists), reach);
    const plain = Object.entries(query).map(([name, values]) => [
      name,
      values.length === 1 ? values[0] : values,
    ]);
    // Express makes it anew each time that it is read.
    Object.defineProperty(request, 'query', { value: Object.fromEntries(plain), configurable: true });
  };
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
    ownSession: async (request, response, next) => {
      const { via } = await identify(request, response);
      if (changes(request)) record(request, response);
      if (via !== 'session')
        throw new ProblemError('not-allowed', 'This belongs to an account; a token has none.');
      next();
    },
    needs:
      (permission, { by, quotes, reach: how } = {}) =>
      async (request, response, next) => {
        const { role, scope, via, reach } = await identify(request, response);
        if (changes(request) || raw.includes(permission) || (quotes && may(role, quotes)))
          record(request, response);
        // A token for one line or for invitations is for nothing else, and a wallboard only reads figures.
        const own =
          scope === 'wallboard' ? permission === 'figures' && !changes(request) : permission === scope;
        const elsewhere = scope !== null && permission !== 'machine' && !own;
        if (elsewhere || !may(role, permission))
          throw new ProblemError('not-allowed', `The role ${role} may not do this.`);
        if (by === 'token' && via !== 'token') throw new ProblemError('not-allowed', 'Send a token.');
        if (reach !== null) hold(request, reach, how);
        next();
      },
  };
}
