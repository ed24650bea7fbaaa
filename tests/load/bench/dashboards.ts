import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

export interface Watching {
  close(): void;
}
const question = '42/live,0["subscribe",{"period":"year","by":"channel"}]';
const path = '/socket.io/?EIO=4&transport=websocket';

/** A dashboard, as far as the server can tell: Engine.IO over a WebSocket, without a library's work at this end. */
export function dashboard(url: string, token: string, onCount: (n: number) => void): Promise<Watching> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
    socket.onerror = reject;
    socket.onmessage = ({ data }) => {
      const text = data as string;
      if (text.startsWith('0')) socket.send(`40/live,${JSON.stringify({ token })}`);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40/live,')) socket.send(question);
      else if (text.startsWith('44')) reject(new Error(text));
      else if (text.startsWith('43')) {
        onCount(Number(/"n":(\d+)/.exec(text)?.[1]));
        resolve(socket);
      } else if (text.startsWith('42/live,["change"')) onCount(Number(/"n":(\d+)/.exec(text)?.[1]));
    };
  });
}

/** A short text from a client, with a mask of zeros. */
function frame(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const head =
    size < 126 ? Buffer.from([0x81, 0x80 | size]) : Buffer.from([0x81, 0x80 | 126, size >> 8, size & 255]);
  return Buffer.concat([head, Buffer.alloc(4), Buffer.from(text)]);
}
/** Sent without being asked, so that nobody has to look for the question. */
const pong = frame('3');
const pongEvery = 15_000;
/** Nobody looks at what comes, so all of it may come to the same place. */
const shared = Buffer.alloc(65_536);

/** The same that only receives: for thousands of them on the core of the tester. `onEnd`: the server hung up. */
export function silentDashboard(url: string, token: string, onEnd: () => void): Promise<Watching> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const steps: [awaited: string, answer: string | null][] = [
      ['0{', `40/live,${JSON.stringify({ token })}`],
      ['40/live,', question],
      ['43/live,', null],
    ];
    let heard = '';
    const read = (size: number): boolean => {
      const [step] = steps;
      if (!step) return true;
      heard += shared.toString('latin1', 0, size);
      if (!heard.includes(step[0])) return true;
      heard = '';
      steps.shift();
      if (step[1] !== null) socket.write(frame(step[1]));
      else resolve({ close: end });
      return true;
    };
    const socket = connect({
      ...{ port: Number(port), host: hostname, noDelay: true },
      onread: { buffer: shared, callback: read },
    });
    let ended = false;
    const beating = setInterval(() => socket.write(pong), pongEvery);
    const end = () => {
      ended = true;
      socket.destroy();
    };
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(beating);
      if (ended) return;
      if (steps.length > 0) reject(new Error(`A dashboard got no answer: ${heard.slice(0, 200)}`));
      else onEnd();
    });
  });
}
