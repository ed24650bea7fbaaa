import fc from 'fast-check';

/** One message on a live connection, as text or bytes. */
export type Frame = string | Uint8Array<ArrayBuffer>;

const events = [
  'subscribe',
  'subscribe',
  'subscribe',
  'unsubscribe',
  'change',
  'comment',
  '__proto__',
  'constructor',
];
const namespaces = ['/live,', '/device,', '/nergens,', '', '/live?token=x,'];
const questions = [
  '{"period":"today","by":"channel"}',
  '{"period":"year","by":"touchpoint","filters":{"channel":["balie"]}}',
  '{"period":{"from":"2026-01-01","to":"9999-12-31"},"by":"channel"}',
  '{"period":"today","by":"__proto__"}',
  '{"__proto__":{"by":"channel"},"period":"today"}',
  `{"by":"${'x'.repeat(10_000)}"}`,
  '[[[[[[]]]]]]',
  'null',
];

/** Socket.IO's packets with any content, halves of packets, and what is none: text and bytes. */
export function badFrames(): fc.Arbitrary<Frame> {
  const json = fc.oneof(fc.constantFrom(...questions), fc.json({ maxDepth: 3 }));
  const name = fc.oneof(fc.constantFrom(...events), fc.string({ maxLength: 20 }));
  const packet = (types: readonly string[], places: readonly string[], content: fc.Arbitrary<string>) =>
    fc
      .tuple(
        fc.constantFrom(...types),
        fc.constantFrom(...places),
        fc.constantFrom('', '', '0', '7', '4294967296'),
        name,
        content,
      )
      .map(([type, place, id, event, body]) => `${type}${place}${id}[${JSON.stringify(event)},${body}]`);
  // The server ends a connection on which it reads what is no packet; few of those, or little else would be read.
  const noPacket = fc.oneof(
    packet(
      ['42', '43', '451-', '452-', '461-', '49'],
      namespaces,
      fc.oneof(json, fc.string({ maxLength: 60 })),
    ),
    fc
      .tuple(fc.constantFrom('40', '41', '44'), fc.constantFrom(...namespaces), json)
      .map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 100 }).map((text) => text.toWellFormed()),
    fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array(bytes)),
    fc.constantFrom('', '1', '2', '3', '4', '5', '6', '9', 'x'.repeat(40_000)),
  );
  return fc.oneof(
    { weight: 29, arbitrary: packet(['42'], ['/live,'], json) },
    { weight: 1, arbitrary: noPacket },
  );
}

/**
 * A connection that is held open and flooded: most of what it is sent gets no answer, so none is waited for. From time to
 * time it asks something whose answer shows that everything before it was read; who was sent away connects anew.
 */
export class Flood {
  readonly #url: string;
  readonly #token: string;
  #socket: WebSocket | null = null;
  #sent = 0;
  /** One after the other: two may not connect at once. */
  #turn: Promise<void> = Promise.resolve();
  /** Answers with an acknowledgement that were got, and connections that the server ended. */
  proven = 0;
  ended = 0;

  constructor(url: string, token: string) {
    this.#url = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.#token = token;
  }

  send(frame: Frame): Promise<void> {
    return this.#next(() => this.#send(frame));
  }

  async #send(frame: Frame): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.OPEN) await this.#connect();
    this.#socket!.send(frame);
    if (++this.#sent % 20 === 0) await this.#prove();
  }

  /** An unknown message is answered with an error. When the connection ends instead, a new one has to answer. */
  prove(): Promise<void> {
    return this.#next(() => this.#prove());
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #prove(): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (this.#socket?.readyState !== WebSocket.OPEN) await this.#connect();
      const socket = this.#socket!;
      const over = new AbortController();
      const { signal } = over;
      const answer = new Promise<boolean>((resolve) => {
        const hear = ({ data }: MessageEvent) => String(data).startsWith('43/live,4711') && resolve(true);
        socket.addEventListener('message', hear, { signal });
        socket.addEventListener('close', () => resolve(false), { signal });
      }).finally(() => over.abort());
      socket.send('42/live,4711["are-you-there"]');
      if (await answer) {
        this.proven++;
        return;
      }
    }
    throw new Error('The live connection does not answer.');
  }

  async #connect(): Promise<void> {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('error', () => reject(new Error('The live connection was not let in.')));
      socket.addEventListener('close', () => reject(new Error('The live connection was closed at once.')));
      socket.addEventListener('message', ({ data }) => {
        if (String(data).startsWith('0')) socket.send(`40/live,{"token":"${this.#token}"}`);
        else if (String(data).startsWith('40/live')) resolve();
        // Whoever is silent is sent away.
        else if (data === '2' && socket.readyState === WebSocket.OPEN) socket.send('3');
      });
    });
    socket.addEventListener('close', () => this.ended++);
    this.#socket = socket;
    this.#sent = 0;
  }

  close(): void {
    this.#socket?.close();
  }
}
