import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ParsedUrlQuery, parse as parseForm } from 'node:querystring';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';

const tooLarge = (limit: number) => new ProblemError('too-large', `At most ${limit} bytes.`);

/** Bytes that are still taken after a refusal: who is cut off while sending would not see the answer. */
const grace = 1_048_576;

function sendAway(request: IncomingMessage): void {
  let left = grace;
  request.removeAllListeners('data');
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.socket.destroy();
  });
}

/**
 * For every route: what is left of a body that nobody asked for is taken up to the grace, not without end. Node would read
 * it all, to keep the connection.
 */
export function cutOff(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  // Later than this Node has begun to do so.
  response.on('prefinish', () => {
    if (!request.complete) sendAway(request);
  });
  next();
}

/** The whole body, at most `limit` bytes; a larger one is refused as soon as that is known, and cut off. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > limit) {
      sendAway(request);
      reject(tooLarge(limit));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        sendAway(request);
        reject(tooLarge(limit));
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new ProblemError('invalid-input', 'The request stopped half-way.')));
  });
}

const readable = /^(?:application\/json|text\/plain)\s*(?:;|$)/i;

/** JSON as `application/json`, or as `text/plain` (which a browser may send elsewhere without asking first). */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type'];
  if (!isReadable(type)) {
    sendAway(request);
    throw unreadable(type);
  }
  return parseJson(await readBody(request, limit));
}

/** The same of a body that is there already; throws as `readJson` does. */
export function jsonOf({ headers }: Pick<IncomingMessage, 'headers'>, body: Buffer, limit: number): unknown {
  const type = headers['content-type'];
  if (!isReadable(type)) throw unreadable(type);
  if (body.length > limit) throw tooLarge(limit);
  return parseJson(body);
}

const isReadable = (type = ''): boolean => type === 'application/json' || readable.test(type);
const unreadable = (type = '') =>
  new ProblemError('unsupported-type', `The content type was "${type.slice(0, 100)}".`);

function parseJson(bytes: Buffer): unknown {
  try {
    if (!isUtf8(bytes)) throw new Error('Not UTF-8.');
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw new ProblemError('invalid-json', 'The body could not be read as JSON in UTF-8.', { cause });
  }
}

const form = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** The fields of a form without files; a name that comes more than once has a list. */
export async function readForm(request: IncomingMessage, limit: number): Promise<ParsedUrlQuery> {
  return parseForm((await readBody(request, limit)).toString('utf8'));
}

/** For a page of residents: the fields of its form in `request.body`; nothing when something else was sent. */
export async function formBody(
  request: IncomingMessage & { body?: unknown },
  _response: unknown,
  next: () => void,
): Promise<void> {
  if (form.test(request.headers['content-type'] ?? ''))
    request.body = await readForm(request, limits.bodyBytes);
  else sendAway(request);
  next();
}
