import { dateOfDay } from '../../../shared/core/calendar.ts';
import { openAsker } from './asker.ts';
import { cityOf, firstBenchDay, lastBenchDay } from './city.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';

const small = 100_000;
const large = 10_000_000;
const questions = 2000;
/** Before the engine has compiled what is asked for. */
const warmUp = 300;

interface Measured {
  p50: number;
  p99: number;
  startMs: number;
}

async function measure(count: number, path: (i: number) => string): Promise<Measured> {
  const dataDir = await cityOf(count);
  const began = performance.now();
  const program = await startPinned({ dataDir });
  const startMs = performance.now() - began;
  const token = await program.token('viewer');
  const asker = await openAsker(program.url, token);
  const times: number[] = [];
  for (let i = -warmUp; i < questions; i++) {
    const took = await asker.ask(path(i));
    if (i >= 0) times.push(took);
  }
  asker.close();
  await program.stop();
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), startMs };
}

/** Any period within the three years, from a day to all of them. */
function period(i: number): string {
  const from = firstBenchDay + ((Math.abs(i) * 7919) % 1000);
  const to = Math.min(lastBenchDay, from + ((Math.abs(i) * 104_729) % 1095));
  return `from=${dateOfDay(from)}&to=${dateOfDay(to)}`;
}

export async function benchSummary(): Promise<Row[]> {
  keepOffTheServersCore();
  const rows: Row[] = [];
  const questionsAsked = { channel: (i: number) => `/summary?by=channel&${period(i)}` };
  for (const [name, path] of Object.entries(questionsAsked)) {
    const few = await measure(small, path);
    const many = await measure(large, path);
    rows.push({
      what: `summary by ${name}, any period, 10 million ratings`,
      yardstick: `100 thousand: p50 ${round(few.p50, 1)}, p99 ${round(few.p99, 1)} ms`,
      ours: `p50 ${round(many.p50, 1)}, p99 ${round(many.p99, 1)} ms`,
      ratio: round(many.p99 / few.p99, 2),
    });
    rows.push({
      what: 'start to ready, 10 million ratings',
      yardstick: `100 thousand: ${round(few.startMs)} ms`,
      ours: `${round(many.startMs)} ms`,
      ratio: round(many.startMs / few.startMs, 2),
    });
  }
  return rows;
}
