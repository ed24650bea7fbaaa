import type { ServerResponse } from 'node:http';
import { type Problem, ProblemError } from '#shared/contract/errors.ts';
import { apiHeaders } from './headers.ts';

/** An answer of the API as text; `headers` besides those that every answer has. */
export interface Reply {
  status: number;
  type: string;
  text: string;
  headers?: Record<string, string> | undefined;
}

export const jsonReply = (status: number, body: unknown, headers?: Record<string, string>): Reply => ({
  ...{ status, type: 'application/json; charset=utf-8', text: JSON.stringify(body), headers },
});

const problemReply = (problem: Problem, headers?: Record<string, string>): Reply => ({
  ...{ status: problem.status, type: 'application/problem+json; charset=utf-8' },
  ...{ text: JSON.stringify(problem), headers },
});

/** Written in one piece. */
export function send(response: ServerResponse, { status, type, text, headers }: Reply): void {
  const all = { ...apiHeaders, 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), ...headers };
  response.writeHead(status, all).end(text);
}

export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers?: Record<string, string>,
): void => send(response, jsonReply(status, body, headers));

export const sendProblem = (
  response: ServerResponse,
  problem: Problem,
  headers?: Record<string, string>,
): void => send(response, problemReply(problem, headers));

const refusals = [
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_CORRUPT',
  'ENOSPC',
  'QUEUE_FULL',
  'DATABASE_AWAY',
  'EIO',
];

/** Whatever was thrown, as what the person gets. The cause is for the log alone. */
export function asProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && refusals.some((refusal) => code.startsWith(refusal)))
    return new ProblemError('cannot-store', 'Nothing was stored. Try again in a moment.', {
      retryAfter: 5,
      cause: error,
    });
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    if (status === 404)
      return new ProblemError('not-found', 'There is nothing at this address.', { cause: error });
    const kind = status === 413 ? 'too-large' : status === 415 ? 'unsupported-type' : 'invalid-input';
    return new ProblemError(kind, 'The request could not be read.', { cause: error });
  }
  return new ProblemError('internal-error', 'Nothing was changed. Try again, or tell the administrator.', {
    cause: error,
  });
}

/** What the person gets; what is our fault goes to the log. */
export function errorReply(
  error: unknown,
  log: (error: unknown) => void,
  headers?: Record<string, string>,
): Reply {
  const known = asProblemError(error);
  if (known.problem.status >= 500) log(error);
  const retry: Record<string, string> =
    known.retryAfter === undefined ? {} : { 'Retry-After': String(known.retryAfter) };
  return problemReply(known.problem, { ...headers, ...retry });
}

export function sendError(
  response: ServerResponse,
  error: unknown,
  log: (error: unknown) => void,
  headers?: Record<string, string>,
): void {
  const reply = errorReply(error, log, headers);
  if (response.headersSent) response.destroy();
  else send(response, reply);
}
