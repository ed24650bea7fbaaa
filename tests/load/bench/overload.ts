import { inDatabase } from '../../support/database.ts';
import { load } from './load.ts';
import { megabytes, memoryOf } from './memory.ts';
import { Offering } from './offer.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';

const seconds = 15;
const connections = 8_000;
const times = 3;
/** Until an answer comes as fast as in quiet, in milliseconds. */
const fast = 50;

/** Three times what the server keeps up with, from people who do not wait for each other. */
export async function benchOverload(): Promise<Row[]> {
  keepOffTheServersCore();
  const program = await startPinned();
  const pid = program.process.pid;
  await load(program.url, 30_000, 64);
  const sustained = (await load(program.url, 60_000, 64)).perSecond;
  const offering = new Offering(program.url, connections);
  await offering.warm(connections);
  const quietly = memoryOf(pid);
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, memoryOf(pid));
  }, 100);

  const sent: string[] = [];
  const accepted: string[] = [];
  const refused: string[] = [];
  const [acceptedMs, refusedMs]: [number[], number[]] = [[], []];
  let [unanswered, withoutRetry] = [0, 0];
  const other = new Set<number>();
  const perSecond = Math.round(sustained * times);
  const began = performance.now();
  const turnedAway = await offering.run({
    ...{ perSecond, seconds },
    onSend: (number, body) => {
      sent[number] = body.slice(7, 43);
    },
    onAnswer({ number, status, ms, text }) {
      if (status === 201) {
        accepted.push(sent[number]!);
        acceptedMs.push(ms);
      } else if (status === 503) {
        refused.push(sent[number]!);
        refusedMs.push(ms);
        if (!/\r\nRetry-After: [1-9]/.test(text())) withoutRetry++;
      } else if (status === 0) unanswered++;
      else other.add(status);
    },
  });
  const took = (performance.now() - began) / 1000;

  // Half of what it keeps up with, at once after: until people are served as ever.
  const calm = performance.now();
  let recovered = Number.NaN;
  const later: number[] = [];
  let laterRefused = 0;
  await offering.run({
    ...{ perSecond: sustained / 2, seconds: 5 },
    onAnswer({ status, ms }) {
      if (status !== 201) laterRefused++;
      if (status === 201 && ms < fast && Number.isNaN(recovered)) recovered = performance.now() - calm;
      later.push(ms);
    },
  });
  clearInterval(watching);
  offering.close();
  await program.stop();

  const stored = inDatabase(
    program.dataDir,
    (db) => new Set(db.prepare('SELECT lower(hex(id)) FROM ratings').pluck().all() as string[]),
  );
  const there = (id: string) => stored.has(id.replaceAll('-', ''));
  const lost = accepted.filter((id) => !there(id)).length;
  const kept = refused.filter(there).length;
  if (lost > 0 || kept > 0 || withoutRetry > 0 || other.size > 0)
    throw new Error(
      `${lost} accepted were lost, ${kept} refused were kept, ${withoutRetry} without Retry-After, other answers: ${[...other]}`,
    );
  const both = (ms: number[]) =>
    `p50 ${round(percentile(ms, 0.5))} ms, p99 ${round(percentile(ms, 0.99))} ms`;
  const share = (count: number) => `${round(count / took)}/s`;
  return [
    {
      what: `overload: ${round(perSecond)} ratings/s for ${seconds} s, ${round(connections)} connections: accepted, lost 0`,
      yardstick: `sustained: ${round(sustained)}/s`,
      ours: `${share(accepted.length)}, ${both(acceptedMs)}`,
      ratio: round(accepted.length / took / sustained, 2),
    },
    {
      what: '503 with Retry-After, none of them stored',
      yardstick: `${round(turnedAway)} found no free connection, ${unanswered} got no answer`,
      ours: `${share(refused.length)}, ${both(refusedMs)}`,
      ratio: '',
    },
    {
      what: 'memory at most; afterwards, at half the sustained rate',
      yardstick: `before: ${round(megabytes(quietly))} MB`,
      ours: `${round(megabytes(most))} MB; fast again after ${round(recovered)} ms, ${laterRefused} refused, ${both(later)}`,
      ratio: round(most / quietly, 2),
    },
  ];
}
