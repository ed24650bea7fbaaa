import { connect, type Socket } from 'node:net';
import { ratingBody } from './load.ts';

export interface Offer {
  perSecond: number;
  seconds: number;
  body?: (number: number) => string;
  onSend?: (number: number, body: string) => void;
  onAnswer: (answer: Answer) => void;
}
export interface Answer {
  number: number;
  /** 0: the connection ended without one. */
  status: number;
  ms: number;
  /** The headers, and what of the body came with them. */
  text: () => string;
}

const length = Buffer.from('Content-Length: ');

/**
 * Sends ratings at a steady rate, whether or not earlier ones were answered: people do not wait for each other. Whoever finds
 * no connection free opens one.
 */
export class Offering {
  readonly #url: URL;
  readonly #most: number;
  readonly #all = new Set<Line>();
  readonly #free: Line[] = [];

  /** So many people at most wait for an answer at once; who comes when there are more is counted, and goes away. */
  constructor(url: string, most: number) {
    this.#url = new URL(url);
    this.#most = most;
  }

  /** Opens so many connections before anybody asks anything, as a proxy that keeps its connections. */
  async warm(count: number): Promise<void> {
    while (this.#all.size < count)
      await Promise.all(
        Array.from({ length: Math.min(250, count - this.#all.size) }, () => {
          const line = this.#connect()!;
          return new Promise<void>((resolve) => {
            line.socket.on('connect', () => {
              this.#free.push(line);
              resolve();
            });
            line.socket.on('close', () => resolve());
          });
        }),
      );
  }

  close(): void {
    for (const line of this.#all) line.socket.destroy();
  }

  /** Resolves when everything is answered; how many found no connection. */
  async run({ perSecond, seconds, body = ratingBody, onSend, onAnswer }: Offer): Promise<number> {
    const total = Math.round(perSecond * seconds);
    const started = performance.now();
    let [turnedAway, open] = [0, 0];
    for (let sent = 0; sent < total; ) {
      const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * perSecond));
      for (; sent < due; sent++) {
        // In turn, so that none is idle for so long that the server ends it.
        const line = this.#free.shift() ?? this.#connect();
        if (!line) {
          turnedAway++;
          continue;
        }
        const text = body(sent);
        open++;
        onSend?.(sent, text);
        line.ask(sent, text, (answer) => {
          open--;
          onAnswer(answer);
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    while (open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return turnedAway;
  }

  #connect(): Line | null {
    if (this.#all.size >= this.#most) return null;
    const line = new Line(this.#url, () => this.#free.push(line));
    this.#all.add(line);
    line.socket.on('error', () => {});
    line.socket.on('close', () => {
      this.#all.delete(line);
      const at = this.#free.indexOf(line);
      if (at >= 0) this.#free.splice(at, 1);
      line.lose();
    });
    return line;
  }
}

/** One connection: a request at a time, read without a stream, so that whoever sends costs little. */
class Line {
  readonly socket: Socket;
  readonly #host: string;
  readonly #done: () => void;
  #number = -1;
  #sentAt = 0;
  #answered: ((answer: Answer) => void) | null = null;
  /** What came of an answer that is not whole yet. */
  #received: Buffer | null = null;

  constructor({ hostname, port, host }: URL, done: () => void) {
    this.#host = host;
    this.#done = done;
    this.socket = connect({
      ...{ port: Number(port), host: hostname, noDelay: true },
      onread: { buffer: Buffer.alloc(2048), callback: (size, buffer) => this.#read(size, buffer) },
    });
  }

  ask(number: number, body: string, answered: (answer: Answer) => void): void {
    this.#number = number;
    this.#answered = answered;
    this.#sentAt = performance.now();
    this.socket.write(
      `POST /api/v1/ratings HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  lose(): void {
    this.#tell(0, () => '');
  }

  #read(size: number, buffer: Uint8Array): boolean {
    const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, size);
    const answer: Buffer = this.#received ? Buffer.concat([this.#received, bytes]) : bytes;
    const end = answer.indexOf('\r\n\r\n');
    const at = answer.indexOf(length) + length.length;
    if (end < 0 || answer.length < end + 4 + Number.parseInt(answer.toString('latin1', at, at + 6), 10)) {
      this.#received = Buffer.from(answer);
      return true;
    }
    this.#received = null;
    this.#tell(Number(answer.toString('latin1', 9, 12)), () => answer.toString('latin1'));
    this.#done();
    return true;
  }

  #tell(status: number, text: () => string): void {
    const [number, answered] = [this.#number, this.#answered];
    this.#answered = null;
    answered?.({ number, status, ms: performance.now() - this.#sentAt, text });
  }
}
