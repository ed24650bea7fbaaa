import { dashboard, silentDashboard, type Watching } from './dashboards.ts';
import { megabytes, memoryOf } from './memory.ts';
import { Offering } from './offer.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';

const ratingsPerSecond = 1000;
const seconds = 10;
/** At so many dashboards the delay is measured; all of them receive. */
const measuredAt = 50;

/** The event loop of the server since the last time this was asked, in milliseconds. */
async function loopDelay(url: string, token: string): Promise<number> {
  const text = await (
    await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  ).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000;
}

async function measure(dashboards: number): Promise<Row[]> {
  const program = await startPinned();
  const [token, machine] = [await program.token('viewer'), await program.token('admin')];
  const total = ratingsPerSecond * seconds;
  const sentAt = new Float64Array(total);
  const delays: number[] = [];
  let messages = 0;
  const watching: Watching[] = [];
  for (let i = 0; i < Math.min(dashboards, measuredAt); i++) {
    let seen = 0;
    const onCount = (n: number) => {
      const now = performance.now();
      if (n > 0) messages++;
      for (; seen < n; seen++) delays.push(now - sentAt[seen]!);
    };
    watching.push(await dashboard(program.url, token, onCount));
  }
  const before = memoryOf(program.process.pid);
  let gone = 0;
  while (watching.length < dashboards)
    watching.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, dashboards - watching.length) }, () =>
          silentDashboard(program.url, token, () => gone++),
        ),
      )),
    );
  const after = memoryOf(program.process.pid);
  await loopDelay(program.url, machine);
  const onSend = (number: number) => {
    sentAt[number] = performance.now();
  };
  const offering = new Offering(program.url, 1000);
  let failed = 0;
  const onAnswer = ({ status }: { status: number }) => {
    if (status !== 201) failed++;
  };
  failed += await offering.run({ perSecond: ratingsPerSecond, seconds, onSend, onAnswer });
  offering.close();
  if (failed > 0) throw new Error(`${failed} ratings were not accepted.`);
  const everything = Math.min(measuredAt, dashboards) * total;
  for (let waited = 0; delays.length < everything && waited < 100; waited++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const loop = await loopDelay(program.url, machine);
  const top = memoryOf(program.process.pid);
  for (const one of watching) one.close();
  await program.stop();
  if (delays.length < everything) throw new Error(`${everything - delays.length} ratings were not seen.`);
  if (gone > 0) throw new Error(`${gone} dashboards lost their connection.`);
  const each = dashboards > measuredAt ? (after - before) / (dashboards - measuredAt) / 1000 : Number.NaN;
  return [
    {
      what: `live, ${dashboards} dashboards, ${ratingsPerSecond} ratings/s`,
      yardstick: 'from POST to every screen',
      ours: `p50 ${round(percentile(delays, 0.5))} ms, p99 ${round(percentile(delays, 0.99))} ms`,
      ratio: `${round(messages / Math.min(measuredAt, dashboards) / seconds, 1)} pushes/s`,
    },
    {
      what: 'meanwhile',
      yardstick: 'event loop, memory',
      ours: `event-loop delay p99 ${round(loop)} ms, memory ${round(megabytes(top))} MB`,
      ratio: `${round(each)} kB per dashboard`,
    },
  ];
}

export async function benchLive({ dashboards }: { dashboards?: number | undefined } = {}): Promise<Row[]> {
  keepOffTheServersCore();
  const asked = dashboards ? [dashboards] : [200, 1000, 3000];
  const rows: Row[] = [];
  for (const count of asked) rows.push(...(await measure(count)));
  return rows;
}
