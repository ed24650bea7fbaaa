import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Reply } from './respond.ts';
import { unstreamed } from './unstreamed.ts';
import { type Asker, wholeRequest } from './whole-request.ts';

export interface LaneOptions {
  /** The request that it is for, such as `POST /api/v1/ratings`. */
  request: string;
  /** Never throws. */
  answer: (asker: Asker, body: Buffer) => Promise<Reply>;
  /** On every answer, besides those of the reply. */
  headers?: Record<string, string>;
}

export interface Lane {
  /** Every connection ends with the answer that is under way. */
  close(): void;
  /** Ends what is still open. */
  destroy(): void;
}

const second = 1000;
/** What may follow a request that is not answered yet. */
const mostAhead = 64 * 1024;

/**
 * One kind of request past node:http: as long as a connection brings nothing else, and each in one piece, it is read and
 * answered here, for half of what a request costs otherwise (decision 0017). With the first bytes that are anything else the
 * connection goes over to `server` for good, those bytes included.
 */
export function openLane(server: Server, { request, answer, headers = {} }: LaneOptions): Lane {
  const usual = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  const line = `${request} HTTP/1.1\r\n`;
  const kept = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(server.keepAliveTimeout / second)}\r\n`;
  const fixed = fieldsOf(headers);
  /** Since which second nothing is asked: one clock for all, since a timer for each is set anew with every rating. */
  const open = new Map<Socket, number>();
  /** Those whose request is being answered. */
  const busy = new Set<Socket>();
  let closing = false;
  let now = 0;
  // As long as node:http keeps a connection on which nothing is asked, and up to two seconds for an answer that crosses a request.
  const looking = setInterval(() => {
    const kept = ++now - Math.ceil(server.keepAliveTimeout / second) - 1;
    for (const [socket, since] of open) if (since < kept && !busy.has(socket)) socket.destroy();
  }, second);
  looking.unref();

  function take(accepted: Socket): void {
    /** Bytes that came before the answer to those before them. */
    let ahead: Buffer[] = [];
    let aheadSize = 0;
    let ended = false;
    let left = false;

    const leave = () => {
      left = true;
      open.delete(socket);
      for (const [event, listener] of listeners) socket.off(event, listener);
    };
    const handOver = (bytes: Buffer) => {
      leave();
      for (const listener of usual) listener.call(server, socket);
      if (bytes.length > 0) socket.emit('data', bytes);
      if (ended) socket.emit('end');
    };
    const onBytes = (bytes: Buffer): boolean => {
      if (left) return false;
      if (busy.has(socket)) {
        ahead.push(bytes);
        aheadSize += bytes.length;
        if (aheadSize > mostAhead) socket.pause();
        return true;
      }
      const whole = closing ? null : wholeRequest(bytes, line);
      if (whole) {
        busy.add(socket);
        answer({ headers: whole.headers, socket }, whole.body).then(write);
      } else handOver(bytes);
      return true;
    };
    const write = (reply: Reply) => {
      busy.delete(socket);
      if (socket.destroyed) return;
      open.set(socket, now);
      const last = closing || (ended && ahead.length === 0);
      const { status, type, text } = reply;
      const length = Buffer.byteLength(text);
      socket.write(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fixed}Content-Type: ${type}\r\n${fieldsOf(reply.headers)}` +
          `Content-Length: ${length}\r\nDate: ${dateNow()}\r\n${last ? 'Connection: close\r\n' : kept}\r\n${text}`,
        // Headers are ASCII; a text that is not has more bytes than characters.
        length === text.length ? 'latin1' : 'utf8',
      );
      if (last) socket.end();
      else if (ahead.length > 0) {
        const bytes = Buffer.concat(ahead);
        ahead = [];
        handOver(bytes);
        socket.resume();
      }
    };
    const onEnd = () => {
      ended = true;
      if (!busy.has(socket)) socket.end();
    };
    const socket = unstreamed(accepted, onBytes);
    const listeners: [string, () => void][] = [
      ['end', onEnd],
      ['error', () => socket.destroy()],
      ['close', () => open.delete(socket)],
    ];
    open.set(socket, now);
    for (const [event, listener] of listeners) socket.on(event, listener);
  }

  server.on('connection', take);
  return {
    close() {
      closing = true;
      clearInterval(looking);
      for (const socket of open.keys()) if (!busy.has(socket)) socket.end();
    },
    destroy() {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

const fieldsOf = (headers: Readonly<Record<string, string>> | undefined): string => {
  let text = '';
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  return text;
};

let dated = { second: 0, text: '' };
/** As RFC 9110 has it, section 5.6.7; made once a second. */
function dateNow(): string {
  const now = Math.floor(Date.now() / second);
  if (now !== dated.second) dated = { second: now, text: new Date(now * second).toUTCString() };
  return dated.text;
}
