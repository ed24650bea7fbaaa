import type { IncomingMessage } from 'node:http';
import { ProblemError } from '#shared/contract/errors.ts';

const tooLarge = (limit: number) => new ProblemError('too-large', `At most ${limit} bytes.`);

/** The whole body, at most `limit` bytes; a larger one is refused as soon as that is known. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > limit) {
      request.resume();
      reject(tooLarge(limit));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.removeAllListeners('data');
        request.resume();
        reject(tooLarge(limit));
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new ProblemError('invalid-input', 'The request stopped half-way.')));
  });
}

const readable = /^(?:application\/json|text\/plain)\s*(?:;|$)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON as `application/json`, or as `text/plain` (which a browser may send elsewhere without asking first). */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!readable.test(type)) {
    request.resume();
    throw new ProblemError('unsupported-type', `The content type was "${type.slice(0, 100)}".`);
  }
  const bytes = await readBody(request, limit);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new ProblemError('invalid-json', 'The body could not be read as JSON in UTF-8.', { cause });
  }
}
