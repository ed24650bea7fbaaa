import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPrepared } from '../../support/prepared.ts';
import { temporaryFolder } from '../../support/program.ts';
import { aRating } from '../../support/ratings.ts';
import { type Outcome, verify } from './outcome.ts';
import { Senders } from './senders.ts';

export const traceable = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
const calls = 'trace=read,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync';

/** From which line to which the log of the database was brought to the disk. */
function syncsIn(lines: string[]): { begin: number; end: number }[] {
  const syncs: { begin: number; end: number }[] = [];
  const begun = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const [, thread = ''] = /^(\d+) /.exec(line) ?? [];
    if (/\bf(data)?sync\(.*klantpuls\.db-wal>\) += 0/.test(line)) syncs.push({ begin: at, end: at });
    else if (/\bf(data)?sync\(.*klantpuls\.db-wal> <unfinished/.test(line)) begun.set(thread, at);
    else if (/f(data)?sync resumed>\) += 0/.test(line) && begun.has(thread)) {
      syncs.push({ begin: begun.get(thread)!, end: at });
      begun.delete(thread);
    }
  }
  return syncs;
}

/** Ratings by several clients at once, with every system call written down: the disk has each before its 201 leaves. */
export async function traced(ratings: number): Promise<Outcome> {
  const trace = join(temporaryFolder(), 'trace');
  const { program } = await startPrepared({
    through: ['strace', '-f', '-y', '-e', calls, '-s', '2000', '-o', trace],
  });
  const tracer = program.process.pid!;
  const [inner] = readFileSync(`/proc/${tracer}/task/${tracer}/children`, 'utf8').trim().split(' ');
  const clients = 8;
  const senders = new Senders(program.url, { clients });
  for (let from = 0; from < ratings; from += clients)
    await Promise.all(
      Array.from({ length: Math.min(clients, ratings - from) }, () => senders.send(aRating())),
    );
  senders.close();
  // A tracer that is asked to stop leaves the traced program behind; so that one is asked.
  const exited = new Promise((resolve) => program.process.on('exit', resolve));
  process.kill(Number(inner), 'SIGTERM');
  await exited;

  const lines = readFileSync(trace, 'utf8').split('\n');
  const syncs = syncsIn(lines);
  const received = new Map<string, number>();
  const answered = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const isAnswer = line.includes('HTTP/1.1 201');
    if (!isAnswer && !/\b(read|recv)/.test(line)) continue;
    for (const [id] of line.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)) {
      const seen = isAnswer ? answered : received;
      if (!seen.has(id)) seen.set(id, at);
    }
  }
  const wrong: string[] = [];
  for (const id of senders.acknowledged) {
    const [from, to] = [received.get(id), answered.get(id)];
    if (from === undefined || to === undefined) wrong.push('an answer is not in the recording');
    else if (!syncs.some(({ begin, end }) => begin > from && end < to))
      wrong.push('a 201 left before its rating was on the disk');
  }
  return verify('201 only after fdatasync', senders.acknowledged.size, program.dataDir, senders, wrong);
}
