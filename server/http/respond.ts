import type { ServerResponse } from 'node:http';
import { type Problem, ProblemError } from '#shared/contract/errors.ts';
import { apiHeaders } from './headers.ts';

const json = { ...apiHeaders, 'Content-Type': 'application/json; charset=utf-8' };
const problemJson = { ...apiHeaders, 'Content-Type': 'application/problem+json; charset=utf-8' };

/** Written in one piece: the way of an answer that thousands a second wait for. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers?: Record<string, string>,
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...json, 'Content-Length': Buffer.byteLength(text), ...headers }).end(text);
}

export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  headers?: Record<string, string>,
): void {
  const text = JSON.stringify(problem);
  response
    .writeHead(problem.status, { ...problemJson, 'Content-Length': Buffer.byteLength(text), ...headers })
    .end(text);
}

const refusals = [
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_CORRUPT',
  'ENOSPC',
  'DATABASE_AWAY',
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

export function sendError(
  response: ServerResponse,
  error: unknown,
  log: (error: unknown) => void,
  headers?: Record<string, string>,
): void {
  const known = asProblemError(error);
  if (known.problem.status >= 500) log(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const retry: Record<string, string> =
    known.retryAfter === undefined ? {} : { 'Retry-After': String(known.retryAfter) };
  sendProblem(response, known.problem, { ...headers, ...retry });
}
