import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';
import { steady } from './steady.ts';

const ratingsPerSecond = 1000;
const seconds = 10;
/** At so many dashboards the delay is measured; all of them receive. */
const measuredAt = 50;

/** A dashboard, as far as the server can tell: Engine.IO over a WebSocket, without a library's work at this end. */
function dashboard(url: string, token: string, onCount: ((n: number) => void) | null): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.onerror = reject;
    socket.onmessage = ({ data }) => {
      const text = data as string;
      if (text.startsWith('0')) socket.send(`40/live,${JSON.stringify({ token })}`);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40/live,'))
        socket.send('42/live,0["subscribe",{"period":"today","by":"channel"}]');
      else if (text.startsWith('44')) reject(new Error(text));
      else if (text.startsWith('43')) resolve(socket);
      else if (onCount && text.startsWith('42')) onCount(Number(/"n":(\d+)/.exec(text)?.[1]));
    };
  });
}

async function measure(dashboards: number): Promise<Row> {
  const program = await startPinned();
  const token = await program.token('viewer');
  const total = ratingsPerSecond * seconds;
  const sentAt = new Float64Array(total);
  const delays: number[] = [];
  let messages = 0;
  const sockets: WebSocket[] = [];
  for (let i = 0; i < dashboards; i++) {
    let seen = 0;
    const onCount = (n: number) => {
      const now = performance.now();
      messages++;
      for (; seen < n; seen++) delays.push(now - sentAt[seen]!);
    };
    sockets.push(await dashboard(program.url, token, i < measuredAt ? onCount : null));
  }
  const onSend = (number: number) => {
    sentAt[number] = performance.now();
  };
  await steady(program.url, { perSecond: ratingsPerSecond, seconds, onSend });
  const everything = Math.min(measuredAt, dashboards) * total;
  for (let waited = 0; delays.length < everything && waited < 100; waited++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  for (const socket of sockets) socket.close();
  await program.stop();
  if (delays.length < everything) throw new Error(`${everything - delays.length} ratings were not seen.`);
  return {
    what: `live, ${dashboards} dashboards, ${ratingsPerSecond} ratings/s`,
    yardstick: 'from POST to every screen',
    ours: `p50 ${round(percentile(delays, 0.5))} ms, p99 ${round(percentile(delays, 0.99))} ms`,
    ratio: `${round(messages / Math.min(measuredAt, dashboards) / seconds, 1)} pushes/s`,
  };
}

export async function benchLive(): Promise<Row[]> {
  keepOffTheServersCore();
  return [await measure(200), await measure(1000)];
}
