import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOfDay, dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { databaseFile, type Environment, EnvironmentRefused, readEnvironment } from '../environment.ts';
import { serve } from '../serve.ts';
import { addresses, stopOnSignal } from '../start.ts';
import { openSqlite } from '../storage/sqlite/store.ts';
import { demoSettings, fill } from './fill.ts';
import { followUps } from './follow-ups.ts';
import { live } from './live.ts';
import { beat, tablets } from './tablets.ts';
import { withLaterTargets } from './targets.ts';

const help = `Klantpuls with a simulated city: history from January 2023 until now, and new ratings all the time.

  npm run demo         serves on PORT (3000); the account is shown

Nothing is kept: the data is in a temporary folder that is removed at the end, and DATA_DIR is never touched.
Ctrl-C ends it. PORT, HOST, PUBLIC_URL, TRUST_PROXY, LOG_LEVEL (warn) and RATE_LIMIT are used as by npm start;
other settings of the environment are not.`;

const email = 'demo@klantpuls.example';
const say = (line: string) => console.log(`klantpuls: ${line}`);

/** The environment, with data and secrets of its own that last as long as the demo. */
function demoEnvironment(folder: string): Environment {
  const { PORT, HOST, PUBLIC_URL, TRUST_PROXY, LOG_LEVEL = 'warn', RATE_LIMIT } = process.env;
  return readEnvironment({
    ...{ PORT, HOST, PUBLIC_URL, TRUST_PROXY, LOG_LEVEL, RATE_LIMIT },
    DATA_DIR: join(folder, 'data'),
    SECRET_KEY: randomBytes(32).toString('base64url'),
  });
}

/** One line that is written over on a terminal; elsewhere only the last. */
function progress(ratings: number, at: number): void {
  if (process.stdout.isTTY)
    process.stdout.write(`\r  ${dateOfDay(dayOf(at))}   ${ratings.toLocaleString('en')} ratings`);
}

async function demo(folder: string): Promise<void> {
  const environment = demoEnvironment(folder);
  // Whoever ends it while the history is being made leaves nothing behind either.
  const closing: (() => Promise<unknown>)[] = [];
  stopOnSignal(async () => {
    for (const close of closing.reverse()) await close();
  });
  process.on('SIGHUP', () => process.kill(process.pid, 'SIGTERM'));

  const store = await openSqlite({ file: databaseFile(environment) });
  closing.push(() => store.close());
  say('making the history of a city, about five seconds …');
  const started = performance.now();
  const ratings = await fill(store, { now: Date.now() }, progress);
  await followUps(store, Date.now());
  const paired = await tablets(store, Date.now());
  await store.changeSettings(withLaterTargets(demoSettings.indicators ?? [], yearOfDay(dayOf(Date.now()))));
  if (process.stdout.isTTY) process.stdout.write('\r');
  say(`${ratings.toLocaleString('en')} ratings in ${((performance.now() - started) / 1000).toFixed(1)} s`);

  const password = randomBytes(9).toString('base64url');
  const running = await serve({ store, environment, demo: { email, password } });
  closing.push(() => running.close());
  const stop = new AbortController();
  const streaming = Promise.all([
    live({ url: running.url, signal: stop.signal, tablets: paired, report: say }),
    beat(running.url, paired, stop.signal),
  ]);
  closing.push(() => {
    stop.abort();
    return streaming;
  });
  console.log(addresses(running.url, `${folder} (removed at the end)`));
  console.log(`\n  Account     ${email}\n  Password    ${password}`);
  console.log(`\nready ${running.url}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof EnvironmentRefused) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return 'another program listens on this port. Stop it, or set PORT to another one: PORT=3001 npm run demo';
  return error instanceof Error ? String(error.stack) : String(error);
}

if (process.argv.includes('--help')) console.log(help);
else {
  const folder = mkdtempSync(join(tmpdir(), 'klantpuls-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await demo(folder).catch((error: unknown) => {
    for (const line of reasonOf(error).split('\n')) console.error(`klantpuls: ${line}`);
    process.exit(1);
  });
}
