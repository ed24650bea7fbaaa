import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dateOfDay } from '../../../shared/core/calendar.ts';
import { inDatabase } from '../../support/database.ts';
import { temporaryFolder } from '../../support/program.ts';
import { get } from '../../support/ratings.ts';
import { cityOf, firstDayOf, fiveYears, lastBenchDay } from './city.ts';
import { untilIdle } from './idle.ts';
import { ratingBody } from './load.ts';
import { megabytes, memoryOf } from './memory.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';
import { steady } from './steady.ts';

const small = 1_000_000;
const large = 50_000_000;
const questions = 200;
const perSecond = 500;
const first = firstDayOf(fiveYears);
const days = lastBenchDay - first + 1;

/** Any period within the five years, of `least` days or more. */
function period(i: number, least: number): string {
  const from = first + ((i * 7919) % (days - least));
  const to = Math.min(lastBenchDay, from + least - 1 + ((i * 104_729) % days));
  return `from=${dateOfDay(from)}&to=${dateOfDay(to)}`;
}
/** A year against the one before, a month against the one before, a quarter, a half. */
function pair(i: number): string {
  const length = [365, 31, 91, 182][i % 4]!;
  const to = lastBenchDay - ((i * 7919) % (days - 2 * length));
  const base = `baseFrom=${dateOfDay(to - 2 * length + 1)}&baseTo=${dateOfDay(to - length)}`;
  return `from=${dateOfDay(to - length + 1)}&to=${dateOfDay(to)}&${base}`;
}
const asked: Record<string, (i: number) => string> = {
  'summary by channel, any period': (i) => `/summary?by=channel&${period(i, 1)}`,
  'summary by touchpoint, any period': (i) => `/summary?by=touchpoint&${period(i, 1)}`,
  'series by month and channel': (i) => `/series?interval=month&by=channel&${period(i, 365)}`,
  'explanation by channel and product': (i) => `/explanations?by=channel,product&${pair(i)}`,
};

async function measure(dataDir: string) {
  const began = performance.now();
  const program = await startPinned({ dataDir });
  const startMs = performance.now() - began;
  const token = await program.token('viewer');
  const times: Record<string, number[]> = {};
  const asking = performance.now();
  await get(program.url, asked['explanation by channel and product']!(0), token);
  const firstMs = performance.now() - asking;
  // What is read ahead while nobody asks is read once after a start.
  const aheadSeconds = await untilIdle(program.process.pid);
  for (const [name, path] of Object.entries(asked)) {
    const each: number[] = [];
    for (let i = 0; i < questions + 40; i++) {
      const started = performance.now();
      const { status, body } = await get<{ detail?: string }>(program.url, path(i), token);
      if (status !== 200) throw new Error(`${path(i)} was answered ${status}: ${body.detail}`);
      if (i >= 40) each.push(performance.now() - started);
    }
    times[name] = each;
  }
  const memory = megabytes(memoryOf(program.process.pid));
  await program.stop();
  return { startMs, firstMs, aheadSeconds, memory, times };
}

const sizeOf = (dataDir: string) => statSync(join(dataDir, 'klantpuls.db')).size;

/** A backup of the large one while ratings come in: what they wait, and whether the copy is whole up to its moment. */
async function backup(city: string): Promise<Row[]> {
  const dataDir = join(temporaryFolder(), 'data');
  const copied = spawnSync('cp', ['-r', '--reflink=auto', city, dataDir]);
  if (copied.status !== 0) throw new Error(String(copied.stderr));
  if (existsSync(`${city}.key`)) spawnSync('cp', [`${city}.key`, `${dataDir}.key`]);
  const program = await startPinned({ dataDir }, false);
  const body = (number: number) =>
    ratingBody(number).replace(
      /"touchpoint":"[^"]+"/,
      `"touchpoint":"punt-${number % fiveYears.touchpoints}"`,
    );
  await steady(program.url, { perSecond, seconds: 5, body });
  const alone = percentile(await steady(program.url, { perSecond, seconds: 10, body }), 0.99);
  const file = join(temporaryFolder(), 'copy.db');
  const began = performance.now();
  let running = true;
  let seconds = 0;
  const making = program.command('backup', file).then((done) => {
    running = false;
    seconds = (performance.now() - began) / 1000;
    if (done.code !== 0) throw new Error(done.stderr);
  });
  const beside: number[] = [];
  while (running) beside.push(...(await steady(program.url, { perSecond, seconds: 2, body })));
  await making;
  await program.stop();
  const ratings = inDatabase(
    dataDir,
    (db) =>
      db.prepare(`ATTACH ? AS copy`).run(file) &&
      db.prepare('SELECT max(seq) FROM copy.ratings').pluck().get(),
  ) as number;
  if (!(ratings > large)) throw new Error(`The copy holds ${ratings} ratings.`);
  const compact = statSync(file).size;
  rmSync(file);
  return [
    {
      what: `a rating while a backup is made (${perSecond}/s), p99; the backup took ${round(seconds)} s`,
      yardstick: `no backup: ${round(alone, 1)} ms`,
      ours: `p50 ${round(percentile(beside, 0.5), 1)} ms, p99 ${round(percentile(beside, 0.99), 1)} ms`,
      ratio: round(percentile(beside, 0.99) / alone, 2),
    },
    {
      what: 'the backup, which is compact, per rating',
      yardstick: `the database: ${round(sizeOf(city) / large, 1)} bytes`,
      ours: `${round(compact / large, 1)} bytes`,
      ratio: round(compact / sizeOf(city), 2),
    },
  ];
}

/** Fifty million ratings of five years at two hundred touchpoints, against one million of the same city. */
export async function benchScale(): Promise<Row[]> {
  const [few, many] = [await cityOf(small, fiveYears), await cityOf(large, fiveYears)];
  keepOffTheServersCore();
  const ofFew = await measure(few);
  const ofMany = await measure(many);
  const told = (ms: number[]) =>
    `p50 ${round(percentile(ms, 0.5), 1)} ms, p99 ${round(percentile(ms, 0.99), 1)} ms`;
  return [
    ...Object.keys(asked).map((name) => ({
      what: `${name}, ${large / 1e6} million ratings, five years, ${fiveYears.touchpoints} touchpoints`,
      yardstick: `${small / 1e6} million: ${told(ofFew.times[name]!)}`,
      ours: told(ofMany.times[name]!),
      ratio: round(percentile(ofMany.times[name]!, 0.5) / percentile(ofFew.times[name]!, 0.5), 2),
    })),
    {
      what: 'the first explanation after a start, of a year against the one before',
      yardstick: `${small / 1e6} million: ${round(ofFew.firstMs)} ms`,
      ours: `${round(ofMany.firstMs)} ms`,
      ratio: round(ofMany.firstMs / ofFew.firstMs, 2),
    },
    {
      what: 'what is read ahead after it while nobody asks, before the questions above; memory of the server after them',
      yardstick: `${small / 1e6} million: ${round(ofFew.aheadSeconds)} s, ${round(ofFew.memory)} MB`,
      ours: `${round(ofMany.aheadSeconds)} s, ${round(ofMany.memory)} MB`,
      ratio: '',
    },
    {
      what: `start to ready, ${large / 1e6} million ratings`,
      yardstick: `${small / 1e6} million: ${round(ofFew.startMs)} ms`,
      ours: `${round(ofMany.startMs)} ms`,
      ratio: round(ofMany.startMs / ofFew.startMs, 2),
    },
    {
      what: 'database per rating without a comment, roll-ups and indexes included',
      yardstick: `${small / 1e6} million: ${round(sizeOf(few) / small)} bytes`,
      ours: `${round(sizeOf(many) / large, 1)} bytes (${round(sizeOf(many) / 1e9, 2)} GB)`,
      ratio: '',
    },
    ...(await backup(many)),
  ];
}
