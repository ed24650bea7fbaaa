import { connect, type Socket } from 'node:net';

export interface Asker {
  /** How long the answer took, in milliseconds; throws when it is not a success. */
  ask(path: string): Promise<number>;
  close(): void;
}

const length = 'Content-Length: ';

/**
 * One connection that asks one thing at a time. Made of so little that it leaves no garbage to collect: with `fetch` the
 * pauses of the process that measures, 8 to 28 ms, were counted as those of the one that answers.
 */
export async function openAsker(url: string, token: string): Promise<Asker> {
  const { hostname, port, host } = new URL(url);
  const whole = Buffer.alloc(4 * 1024 * 1024);
  let received = 0;
  let expected = 0;
  let answered: (() => void) | null = null;
  const read = (size: number, bytes: Uint8Array): boolean => {
    whole.set(bytes.subarray(0, size), received);
    received += size;
    if (expected === 0) {
      const end = whole.subarray(0, received).indexOf('\r\n\r\n');
      if (end < 0) return true;
      const at = whole.subarray(0, end).indexOf(length);
      expected =
        end + 4 + Number.parseInt(whole.toString('latin1', at + length.length, at + length.length + 9), 10);
    }
    if (received >= expected) answered?.();
    return true;
  };
  let socket: Socket | null = null;
  /** Again after a while in which nothing was asked. */
  const open = async (): Promise<Socket> => {
    const opened = connect({
      ...{ port: Number(port), host: hostname, noDelay: true },
      onread: { buffer: Buffer.alloc(65_536), callback: read },
    });
    await new Promise<void>((resolve, reject) => opened.once('connect', resolve).once('error', reject));
    opened.once('close', () => {
      if (socket === opened) socket = null;
    });
    return opened;
  };
  socket = await open();
  return {
    async ask(path) {
      socket ??= await open();
      [received, expected] = [0, 0];
      const began = performance.now();
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      socket.write(`GET /api/v1${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      await answer;
      const took = performance.now() - began;
      const status = whole.toString('latin1', 9, 12);
      if (status !== '200') throw new Error(`status ${status}`);
      return took;
    },
    close: () => void socket?.destroy(),
  };
}
