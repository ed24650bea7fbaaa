import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { dateOfDay } from '../../../shared/core/calendar.ts';
import { temporaryFolder } from '../../support/program.ts';
import { openAsker } from './asker.ts';
import { benchTouchpoint, cityOf, firstBenchDay, lastBenchDay } from './city.ts';
import { ratingBody } from './load.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';
import { steady } from './steady.ts';

const ratings = 10_000_000;
const perSecond = 1000;
const seconds = 10;
const rounds = 10;
/** Ten managers who each ask every ten seconds. */
const pause = 1000;

/** Year against year, month against month, quarter against quarter, and before and after a date. */
function periods(i: number): string {
  const length = [365, 31, 91, 45][i % 4]!;
  const to = lastBenchDay - ((i * 7919) % (lastBenchDay - firstBenchDay - 2 * length));
  const days = { from: to - length + 1, to, baseFrom: to - 2 * length + 1, baseTo: to - length };
  return Object.entries(days)
    .map(([name, day]) => `${name}=${dateOfDay(day)}`)
    .join('&');
}

/** The question that the product exists for, on ten million ratings, while a thousand a second come in. */
export async function benchExplain(): Promise<Row[]> {
  const dataDir = join(temporaryFolder(), 'data');
  const city = await cityOf(ratings);
  cpSync(city, dataDir, { recursive: true });
  // The key that the database was used with, where there is one already.
  if (existsSync(`${city}.key`)) cpSync(`${city}.key`, `${dataDir}.key`);
  keepOffTheServersCore();
  // Not held to one core: the reading thread is there to use the other.
  const program = await startPinned({ dataDir }, false);
  const token = await program.token('viewer');
  const asker = await openAsker(program.url, token);
  const ask = (i: number) => asker.ask(`/explanations?by=channel,product&${periods(i)}`);
  // As many as it takes until the engine has compiled what is asked for.
  for (let i = 0; i < 40; i++) await ask(i);
  const body = (number: number) =>
    ratingBody(number).replace(/"touchpoint":"[^"]+"/, `"touchpoint":"${benchTouchpoint(number)}"`);
  const idle = () => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const load = () => steady(program.url, { perSecond, seconds, body });

  const alone: number[] = [];
  const beside: number[] = [];
  const answers: number[] = [];
  // As a server that has been up for a minute: meanwhile the reading thread reads ahead.
  for (let minute = 0; minute < 40; minute += 2 * seconds) await load().then(idle);
  // In turns, so that both see the same machine.
  for (let round = 0; round < rounds; round++) {
    alone.push(...(await load()));
    let asking = true;
    const asked = (async () => {
      for (let i = round * 1000; asking; i++) {
        answers.push(await ask(i));
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    })();
    beside.push(...(await load()));
    asking = false;
    await asked;
  }
  asker.close();
  await program.stop();
  return [
    {
      what: `explanation by channel and product, ${ratings / 1e6} million ratings, ${perSecond} ratings/s coming in`,
      yardstick: `${answers.length} questions`,
      ours: `p50 ${round(percentile(answers, 0.5))} ms, p99 ${round(percentile(answers, 0.99))} ms`,
      ratio: '',
    },
    {
      what: `a rating meanwhile, p99 of ${beside.length}`,
      yardstick: `nobody asks: ${round(percentile(alone, 0.99), 1)} ms`,
      ours: `${round(percentile(beside, 0.99), 1)} ms`,
      ratio: round(percentile(beside, 0.99) / percentile(alone, 0.99), 2),
    },
  ];
}
