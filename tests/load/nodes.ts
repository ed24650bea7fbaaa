import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Listener as Listening } from '../support/listener.ts';
import type { Program } from '../support/program.ts';

if (process.argv.includes('--help')) {
  console.log(`Runs two nodes on one PostgreSQL, two minutes.

  npm run nodes

200 dashboards at each node, 500 ratings a second at both: the delay from a request to every dashboard, and whether all show
the same. Then a node whose line to PostgreSQL is cut for 30 seconds. Exit 1 when something is not as promised.`);
  process.exit();
}
// Loaded when it runs, so that the help is there at once.
const { Listener } = await import('../support/listener.ts');
const { cuttableLine, postTo, recounted, startNode, viewerOf } = await import('../support/nodes.ts');
const { startPostgres } = await import('../support/postgres.ts');
const { until } = await import('../support/until.ts');
const { percentile } = await import('./bench/report.ts');

let failed = false;
function say(what: string, good: boolean): void {
  console.log(`${good ? 'good' : 'BAD '}  ${what}`);
  failed ||= !good;
}
const memoryOf = ({ process: { pid } }: Program): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const postgres = await startPostgres({ durable: true });
const url = await postgres.empty();
const nodes = await Promise.all([startNode(url), startNode(url)]);
try {
  await dashboards();
  await cutOff();
} finally {
  await Promise.all(nodes.map((node) => node.kill()));
  await postgres.stop();
}
process.exit(failed ? 1 : 0);

async function dashboards(): Promise<void> {
  const token = await viewerOf(url);
  const seconds = 20;
  const sent: number[] = [];
  const delays: number[] = [];
  const listeners: Listening[] = [];
  for (const node of nodes)
    for (let i = 0; i < 200; i++) {
      const listener = await new Listener(node.url, { token }).connected();
      await listener.subscribe({ period: 'year', by: 'channel' });
      let seen = 0;
      listener.socket.on('change', () => {
        const now = performance.now();
        // The n-th that was answered as kept is taken for the n-th that is shown: they differ by a commit at most.
        for (; seen < (listener.shown?.total.n ?? 0); seen++)
          if (seen % 10 === 0 && sent[seen] !== undefined) delays.push(now - sent[seen]!);
      });
      listeners.push(listener);
    }
  const end = performance.now() + seconds * 1000;
  const { accepted, refused } = await postTo(() => nodes.map((node) => node.url), {
    ...{ perSecond: 500, lanes: 50, going: () => performance.now() < end },
    kept: (at) => sent.push(at),
  });
  const whole = accepted.size;
  await Promise.all(listeners.map((one) => one.sees(`${whole} ratings`, ({ total }) => total.n === whole)));
  const shown = new Set(listeners.map((one) => JSON.stringify(one.shown!.total)));
  delays.sort((a, b) => a - b);
  say(
    `${listeners.length} dashboards at two nodes show the same: ${shown.size} kind of figures, ${whole} ratings`,
    shown.size === 1,
  );
  say(
    `${Math.round(whole / seconds)} ratings a second came in; refused ${[...refused.values()].length}`,
    refused.size === 0,
  );
  const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)];
  say(
    `from request to dashboard: p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms (at most 500)`,
    p99 <= 500,
  );
  for (const one of listeners) one.close();
}

async function cutOff(): Promise<void> {
  const before = (await recounted(url)).ratings;
  const line = await cuttableLine(url);
  const node = await startNode(line.url);
  let going = true;
  const sending = postTo(() => [node.url], { perSecond: 200, lanes: 32, going: () => going });
  await pause(3000);
  const memory = memoryOf(node);
  line.cut();
  await pause(30_000);
  const grown = memoryOf(node) - memory;
  line.mend();
  const count = async () => (await recounted(url)).ratings;
  const atMend = await count();
  await until('it goes on', async () => (await count()) > atMend + 200, 60_000);
  going = false;
  const { accepted, refused } = await sending;
  const found = await recounted(url);
  const answers = [...refused].map(([status, times]) => `${times} × ${status}`).join(', ');
  say(
    `cut off for 30 s: answered ${answers}`,
    [...refused.keys()].every((status) => status === 503),
  );
  say(`memory grew by ${Math.round(grown)} MB meanwhile (at most 100)`, grown < 100);
  say(
    `${accepted.size} acknowledged, ${found.ratings - before} there, ${found.differences} differences`,
    accepted.size === found.ratings - before && found.differences === 0,
  );
  await node.kill();
  line.close();
}
