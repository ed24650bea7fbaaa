import { silentDashboard } from './dashboards.ts';
import { usedBy } from './idle.ts';
import { load } from './load.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { median, percentile, type Row, round } from './report.ts';

const connections = 64;
const warmUp = 30_000;
/** The speed of a machine may change from one minute to the next: all take turns, a second at a time. */
const turn = 10_000;
const turns = 6;
const rounds = 3;
const dashboards = 200;

/** As in production behind a proxy: logs, and limits per address. */
const environment = { RATE_LIMIT: 'on', TRUST_PROXY: 'loopback', LOG_LEVEL: 'info' };
/** In turns in this order: whoever writes comes after one that does not, so that none waits for what another left to the disk. */
const contenders = {
  express: { entry: 'tests/load/bench/express.ts' },
  alone: { environment },
  bare: { entry: 'tests/load/bench/bare.ts' },
  watched: { environment },
};
type Contender = keyof typeof contenders;
const names = Object.keys(contenders) as Contender[];

interface Speeds {
  perSecond: Record<Contender, number[]>;
  /** The slowest hundredth of each turn, in milliseconds. */
  p99: Record<Contender, number[]>;
  /** Of all threads of the server, in microseconds per request. */
  processor: Record<Contender, number[]>;
}

async function measure({ perSecond, p99, processor }: Speeds): Promise<void> {
  const programs = await Promise.all(names.map((name) => startPinned(contenders[name])));
  const watched = programs[names.indexOf('watched')]!;
  const token = await watched.token('viewer');
  let gone = 0;
  const watching = [];
  while (watching.length < dashboards)
    watching.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, () => silentDashboard(watched.url, token, () => gone++)),
      )),
    );
  for (const { url } of programs) await load(url, warmUp, connections);
  for (let i = 0; i < turns; i++)
    for (const [at, name] of names.entries()) {
      const { url, process } = programs[at]!;
      const used = usedBy(process.pid);
      const result = await load(url, turn, connections);
      processor[name].push(((usedBy(process.pid) - used) * 10_000) / turn);
      if (result.accepted !== turn) throw new Error(`${turn - result.accepted} ratings were not accepted.`);
      perSecond[name].push(result.perSecond);
      p99[name].push(percentile([...result.latencies], 0.99));
    }
  for (const one of watching) one.close();
  if (gone > 0) throw new Error(`${gone} dashboards lost their connection.`);
  for (const program of programs) await program.stop();
}

/**
 * A rating that is parsed, checked, redacted, committed to the disk, counted and announced, against one that is only parsed, and
 * against a request that is only read: how many a second, which the disk has a say in, and what each costs of the processor.
 */
export async function benchIngest(): Promise<Row[]> {
  keepOffTheServersCore();
  const none = (): Record<Contender, number[]> => ({ express: [], bare: [], alone: [], watched: [] });
  const speeds: Speeds = { perSecond: none(), p99: none(), processor: none() };
  const { perSecond, p99, processor } = speeds;
  for (let i = 1; i <= rounds; i++) {
    await measure(speeds);
    const last = names.map((name) => `${name} ${round(median(perSecond[name].slice(-turns)))}/s`);
    console.log(`  round ${i} of ${rounds}: ${last.join(', ')}`);
  }
  const row = (ours: Contender, yardstick: Contender): Row => ({
    what: `ingest, ${connections} connections, ${ours === 'watched' ? `${dashboards} dashboards watch` : 'nobody watches'} (p99 ${round(median(p99[ours]), 1)} ms)`,
    yardstick: `empty ${yardstick === 'bare' ? 'node:http' : 'Express'} handler ${round(median(perSecond[yardstick]))}/s`,
    ours: `${round(median(perSecond[ours]))}/s, durable`,
    ratio: round(median(perSecond[ours].map((value, i) => value / perSecond[yardstick][i]!)), 2),
  });
  const cost = (ours: Contender, yardstick: Contender): Row => ({
    what: `processor for a rating, ${ours === 'watched' ? `${dashboards} dashboards watch` : 'nobody watches'}`,
    yardstick: `for a request to an empty ${yardstick === 'bare' ? 'node:http' : 'Express'} handler ${round(median(processor[yardstick]))} µs`,
    ours: `${round(median(processor[ours]))} µs`,
    ratio: round(median(processor[yardstick].map((value, i) => value / processor[ours][i]!)), 2),
  });
  const pairs: [Contender, Contender][] = [
    ['alone', 'express'],
    ['watched', 'express'],
    ['alone', 'bare'],
  ];
  return [...pairs.map((pair) => row(...pair)), ...pairs.map((pair) => cost(...pair))];
}
