import type { IncomingHttpHeaders } from 'node:http';

/** What is asked of a request by whoever answers it: a part of what `http.IncomingMessage` has. */
export interface Asker {
  headers: IncomingHttpHeaders;
  /** `remoteAddress` is what a limit per address goes by. */
  socket: { readonly remoteAddress?: string | undefined };
}

export interface WholeRequest {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Room for the headers; a request with more takes the usual way. */
const mostHeaderBytes = 8 * 1024;
/**
 * A field line as RFC 9112 has it, section 5: a token, a colon, ASCII. Nothing folded, no bare CR or LF. Spaces around the
 * value are in it: two parts that both take spaces would be tried in every way.
 */
const field = /([\w!#$%&'*+.^`|~-]+):([\t\x20-\x7e]*)(?:\r\n|$)/y;
/** What changes where the request ends, or what is done with the connection: not for us. */
const elsewhere = new Set(['transfer-encoding', 'expect', 'upgrade', 'trailer', 'te']);
const digits = /^\d{1,6}$/;

/**
 * A request that stands in `bytes` from the first to the last: its first line is `line`, and `Content-Length` says that
 * it ends where the bytes end. Null for everything else, also for what is allowed but seldom: what is not understood to
 * the letter is for the parser of Node, so that nobody can make two parties see different requests (RFC 9112, 11.2).
 */
export function wholeRequest(bytes: Buffer, line: string): WholeRequest | null {
  if (bytes.toString('latin1', 0, line.length) !== line) return null;
  const end = bytes.indexOf('\r\n\r\n', line.length - 2, 'latin1');
  if (end < line.length || end > mostHeaderBytes) return null;
  const text = bytes.toString('latin1', line.length, end);
  const headers: Record<string, string> = Object.create(null);
  for (field.lastIndex = 0; field.lastIndex < text.length; ) {
    const found = field.exec(text);
    if (!found) return null;
    const name = found[1]!.toLowerCase();
    if (name in headers || elsewhere.has(name)) return null;
    headers[name] = found[2]!.trim();
  }
  const { host, connection, 'content-length': length } = headers;
  if (!host || length === undefined || !digits.test(length)) return null;
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return null;
  const body = bytes.subarray(end + 4);
  return body.length === Number(length) ? { headers, body } : null;
}
