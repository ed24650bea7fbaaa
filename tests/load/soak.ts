import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import { until } from '../support/until.ts';
import { dashboard, silentDashboard, type Watching } from './bench/dashboards.ts';
import { megabytes, memoryOf } from './bench/memory.ts';
import { Offering } from './bench/offer.ts';
import { median, percentile, round } from './bench/report.ts';
import { recounted } from './faults/outcome.ts';
import { heapAfterCollection, withCollection } from './soak/collection.ts';

const help = `Lets ratings come in for long while dashboards watch, and says whether the memory of the server grows.

  npm run soak                                  an hour, 500 ratings a second, 200 dashboards
  npm run soak -- --minutes 10                  for so long
  npm run soak -- --rate 200 --dashboards 50    so many a second, so many dashboards

Prints a line a minute. Ends with 0 when the memory of the last five minutes is at most 5 % above that of the five minutes
after the first ten, every rating was accepted, is stored and seen, a recount finds no difference, and no dashboard was cut off.
Of a run below twenty minutes the first half is the beginning, and its memory says little.`;
const options = { minutes: '60', rate: '500', dashboards: '200' };
const { values } = parseArgs({
  options: {
    ...Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'string' as const }])),
    help: { type: 'boolean' },
  },
});
const given = { ...options, ...values } as typeof options;
const [minutes, rate, dashboards] = [given.minutes, given.rate, given.dashboards].map(Number) as [
  number,
  number,
  number,
];
if (values.help || !(minutes > 0 && rate > 0 && dashboards >= 1)) {
  console.log(help);
  process.exit(values.help ? 0 : 1);
}

const minute = 60_000;
const mostGrowth = 0.05;
/** At so many dashboards is looked what comes; all of them receive. */
const lookedAt = 5;

const { program, tokens } = await startPrepared({
  tokens: { viewer: 'viewer' },
  environment: withCollection(),
});
const pid = program.process.pid;
const wrong: string[] = [];
let cutOff = 0;
const shown: number[] = [];
const watching: Watching[] = [];
for (let i = 0; i < dashboards; i++)
  watching.push(
    i < lookedAt
      ? await dashboard(program.url, tokens.viewer, (n) => {
          shown[i] = n;
        })
      : await silentDashboard(program.url, tokens.viewer, () => cutOff++),
  );

/** So many wait at most, on a machine that stands still for some seconds. */
const offering = new Offering(program.url, 2000);
const memory: { at: number; bytes: number }[] = [];
const began = performance.now();
const sampling = setInterval(
  () => memory.push({ at: (performance.now() - began) / minute, bytes: memoryOf(pid) }),
  2000,
);
const between = (from: number, to: number) =>
  median(memory.filter(({ at }) => at >= from && at < to).map(({ bytes }) => bytes));

let accepted = 0;
const strange = new Map<number, number>();
let turnedAway = 0;
const cells = (...texts: string[]) => console.log(texts.map((text) => text.padStart(12)).join(''));
cells('minute', 'ratings/s', 'p50 ms', 'p99 ms', 'memory MB', 'heap MB', 'errors');
for (let number = 1; number <= minutes; number++) {
  const started = performance.now();
  const [before, latencies] = [accepted, [] as number[]];
  turnedAway += await offering.run({
    ...{ perSecond: rate, seconds: 60 },
    onAnswer({ status, ms }) {
      latencies.push(ms);
      if (status === 201) accepted++;
      else strange.set(status, (strange.get(status) ?? 0) + 1);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const errors = turnedAway + cutOff + [...strange.values()].reduce((sum, count) => sum + count, 0);
  // Seldom, so that the memory is what it is without it.
  const heap =
    number % 10 === 0 || number === minutes ? round(megabytes(await heapAfterCollection(program)), 1) : '';
  cells(
    ...[String(number), round((accepted - before) / seconds), round(percentile(latencies, 0.5), 1)],
    ...[round(percentile(latencies, 0.99), 1), round(megabytes(between(number - 1, number)), 1), heap],
    String(errors),
  );
}
clearInterval(sampling);
offering.close();

const all = shown.length;
await until(
  'every dashboard shows all',
  () => shown.filter((n) => n === accepted).length === all,
  30_000,
).catch(() => wrong.push(`dashboards show ${shown.join(', ')} of ${accepted}`));
for (const one of watching) one.close();
await pause(100);
if ((await program.stop()) !== 0) wrong.push('the program did not end with 0');
const stored = inDatabase(program.dataDir, (db) => db.prepare('SELECT count(*) FROM ratings').pluck().get());
if (stored !== accepted) wrong.push(`${stored} are stored of ${accepted}`);
const differences = await recounted(program.dataDir);
if (differences > 0) wrong.push(`${differences} differences`);
for (const [status, count] of strange)
  wrong.push(status === 0 ? `${count} got no answer` : `${count} were answered ${status}`);
if (turnedAway > 0) wrong.push(`${turnedAway} found no free connection`);
if (cutOff > 0) wrong.push(`${cutOff} dashboards were cut off`);
if (program.output.some((line) => /"level":"(warn|error|fatal)"/.test(line)))
  wrong.push(`the program said ${program.output.find((line) => line.includes('"level"'))}`);

const warm = Math.min(10, minutes / 2);
const [early, late] = [
  between(warm, warm + Math.min(5, warm)),
  between(minutes - Math.min(5, warm), Number.POSITIVE_INFINITY),
];
const growth = late / early - 1;
if (!(growth <= mostGrowth)) wrong.push('memory grows');
console.log(
  `${round(accepted)} ratings accepted, ${round(accepted / (minutes * 60))} a second; memory ${round(megabytes(early), 1)} MB after ${round(warm)} minutes, ${round(megabytes(late), 1)} MB at the end: ${round(growth * 100, 1)} %.`,
);
for (const one of wrong) console.log(`wrong: ${one}`);
console.log(wrong.length === 0 ? 'Held.' : 'Not held.');
process.exit(wrong.length === 0 ? 0 : 1);
