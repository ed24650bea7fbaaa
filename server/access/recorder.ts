import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import type { AuditEntry, AuditStore } from '../storage/port/audit.ts';
import type { Principal } from './accounts.ts';

/** Keys are letters, digits and a few signs; anything else that somebody typed in an address stays out of the log. */
const isKey = (text: string): boolean => /^[\p{L}\p{N}._:~/-]{1,120}$/u.test(text);

export const actorOf = ({ via, id, name, session }: Principal) => ({
  kind: via === 'session' ? ('account' as const) : ('token' as const),
  ...{ actor: id, name, session },
});

/**
 * Puts what a request does into the audit log before its answer goes out: whoever got an answer is in the log. When it
 * cannot be recorded the connection is cut, so that nobody reads or does anything unseen.
 */
export function recordAnswer(
  audit: AuditStore,
  request: Request,
  response: Response,
  log: (error: unknown) => void,
): void {
  const route = `${request.baseUrl}${request.route?.path ?? ''}`;
  const inAddress = Object.values(request.params).flat().join('/');
  holdUntil(
    response,
    async () => {
      const { principal, tried, object = inAddress } = response.locals as Locals;
      const actor = principal ? actorOf(principal) : tried;
      if (!actor) return;
      await audit.append({
        ...actor,
        ...{ method: request.method, route, outcome: response.statusCode },
        object: isKey(object) ? object : null,
      });
    },
    log,
  );
}

interface Locals {
  principal?: Principal;
  /** Whose account somebody tried to get into. */
  tried?: Pick<AuditEntry, 'kind' | 'actor' | 'name' | 'session'>;
  /** Key of what was made, where the address does not have it. */
  object?: string;
}

/** Whatever is written to the response waits until `done` settles. */
function holdUntil(response: ServerResponse, done: () => Promise<void>, log: (error: unknown) => void): void {
  const { write, end } = response;
  const waiting: (() => void)[] = [];
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    done().then(
      () => {
        Object.assign(response, { write, end });
        for (const go of waiting) go();
        response.emit('drain');
      },
      (error) => {
        log(error);
        response.destroy();
      },
    );
  };
  const later =
    <Answer>(method: (...args: never[]) => unknown, answer: Answer) =>
    (...args: unknown[]): Answer => {
      waiting.push(() => method.apply(response, args as never[]));
      begin();
      return answer;
    };
  Object.assign(response, { write: later(write, false), end: later(end, response) });
}
