import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPrepared } from '../../support/prepared.ts';
import { temporaryFolder } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { Dashboard, type Outcome, verify } from './outcome.ts';
import { Senders } from './senders.ts';

const hour = 3_600_000;
/** A second before the clock is put back and forth in the Netherlands, in the year around now. */
function nights(now: number): number[] {
  const offset = (time: number) =>
    new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', timeZoneName: 'shortOffset' })
      .formatToParts(time)
      .find(({ type }) => type === 'timeZoneName')!.value;
  const found: number[] = [];
  const first = Math.floor(now / hour) * hour;
  for (let at = first - 60 * 24 * hour; at < first + 150 * 24 * hour; at += hour)
    if (offset(at - hour) !== offset(at)) found.push(at - 1000);
  return found;
}

/** The clock jumps back and forth by up to two days, and through the nights in which it changes, while ratings keep coming. */
export async function jumpingClock(times: number): Promise<Outcome> {
  const file = join(temporaryFolder(), 'clock');
  for (const name of [file, `${file}.seen`]) writeFileSync(name, '0');
  const preload = pathToFileURL(join(import.meta.dirname, 'clock-preload.ts')).href;
  const start = await startPrepared({
    tokens: { viewer: 'viewer' },
    environment: { NODE_OPTIONS: `--import=${preload}`, CLOCK_FILE: file },
  });
  const { program } = start;
  const senders = new Senders(program.url, { clients: 4, gap: 2 });
  const wrong: string[] = [];
  const special = nights(Date.now());
  let dashboard = new Dashboard(program.url, start.tokens.viewer);
  const jump = async (offset: number) => {
    writeFileSync(file, String(offset));
    await until(
      'the program lives in another time',
      () => readFileSync(`${file}.seen`, 'utf8') === String(offset),
    );
  };
  for (let round = 1; round <= times; round++) {
    const night = special[round % 4];
    await jump(
      night === undefined ? Math.floor((Math.random() * 4 - 2) * 24 * hour) + 1 : night - Date.now(),
    );
    const seen = senders.acknowledged.size;
    senders.start();
    // Through the very second of the change, where there is one.
    const through = Date.now() + (night === undefined ? 0 : 1200);
    await until('answers', () => senders.acknowledged.size > seen + 20 && Date.now() > through);
    await senders.stop();
  }
  await jump(1);
  await senders.settle();
  // Who looks at today after such days looks anew.
  dashboard.close();
  dashboard = new Dashboard(program.url, start.tokens.viewer);
  await dashboard.converges(program.url);
  dashboard.close();
  senders.close();
  if (/"level":"(error|fatal)"/.test(program.output.join('\n'))) wrong.push(`said ${program.output.at(-1)}`);
  if ((await program.stop()) !== 0) wrong.push('did not end with 0');
  return verify('clock jumping, nights of change', times, program.dataDir, senders, wrong);
}
