import { load } from './load.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { median, percentile, type Row, round } from './report.ts';

const connections = 64;
const warmUp = 30_000;
const count = 120_000;
const rounds = 3;

async function measure(entry: string | undefined) {
  const program = await startPinned(entry ? { entry } : {});
  await load(program.url, warmUp, connections);
  const result = await load(program.url, count, connections);
  await program.stop();
  if (result.accepted !== count) throw new Error(`${count - result.accepted} ratings were not accepted.`);
  return result;
}

/** A rating that is parsed, checked, redacted, committed to the disk, counted and announced, against one that is only parsed. */
export async function benchIngest(): Promise<Row[]> {
  keepOffTheServersCore();
  const yardstick: number[] = [];
  const ours: number[] = [];
  const worst: number[] = [];
  for (let i = 0; i < rounds; i++) {
    yardstick.push((await measure('tests/load/bench/express.ts')).perSecond);
    const result = await measure(undefined);
    ours.push(result.perSecond);
    worst.push(percentile(result.latencies, 0.99));
    console.log(
      `  round ${i + 1}: Express ${round(yardstick.at(-1)!)}/s, Klantpuls ${round(ours.at(-1)!)}/s`,
    );
  }
  return [
    {
      what: `ingest, ${connections} connections (p99 ${round(median(worst), 1)} ms)`,
      yardstick: `empty Express handler ${round(median(yardstick))}/s`,
      ours: `${round(median(ours))}/s, durable`,
      ratio: round(median(ours.map((value, i) => value / yardstick[i]!)), 2),
    },
  ];
}
