import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { countRatings } from '../support/database.ts';
import { type Program, startProgram, temporaryFolder } from '../support/program.ts';

const traceable = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** One rating, in one small write so that a trace shows all of it: the first line of the answer. */
const exchange = (url: string, body: string, connection: 'close' | 'keep-alive') =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const head = 'POST /api/v1/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Connection: ${connection}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().split('\r\n')[0]!);
    });
    socket.on('error', reject);
  });
const bodyOf = (id: string) => JSON.stringify({ id, touchpoint: 'balie-1', grade: 8 });
const needs = traceable ? '' : ' (needs strace, which does not work here)';

/** The program under a tracer with these options; `end` stops it, and the trace is whole after it. */
async function startTraced(...options: string[]) {
  const program = await startProgram({ through: ['strace', '-f', '-y', ...options] });
  const tracer = program.process.pid!;
  const [traced] = readFileSync(`/proc/${tracer}/task/${tracer}/children`, 'utf8').trim().split(' ');
  const end = async () => {
    // A tracer that is asked to stop leaves the traced program behind; so that one is asked.
    const exited = new Promise((resolve) => program.process.on('exit', resolve));
    process.kill(Number(traced), 'SIGTERM');
    await exited;
  };
  return { program, end };
}

/** The calls in the order in which they ended: what another thread interrupted stands in two lines. */
function callsIn(trace: string): string[] {
  const begun = new Map<string, string>();
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, thread = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
      if (call.endsWith(' <unfinished ...>')) {
        begun.set(thread, call.replace(/ <unfinished \.\.\.>$/, ''));
        return [];
      }
      const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(call);
      return [rest ? `${begun.get(thread) ?? ''}${rest[1]}` : call];
    });
}

test.skipIf(!traceable)(`IN2: the disk has a rating before its 201 leaves${needs}`, async () => {
  const trace = join(temporaryFolder(), 'trace');
  const calls = 'trace=read,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync';
  const { program, end } = await startTraced('-e', calls, '-s', '1500', '-o', trace);
  const ids = { close: randomUUID(), 'keep-alive': randomUUID() };
  expect(await exchange(program.url, bodyOf(ids.close), 'close')).toContain('201 Created');
  expect(await exchange(program.url, bodyOf(ids['keep-alive']), 'keep-alive')).toContain('201 Created');
  await end();

  const lines = callsIn(trace);
  for (const id of Object.values(ids)) {
    const received = lines.findIndex((line) => /^(read|recv)/.test(line) && line.includes(id));
    const answered = lines.findIndex(
      (line) => /^(write|send)/.test(line) && line.includes('201 Created') && line.includes(id),
    );
    expect(received).toBeGreaterThan(-1);
    expect(answered).toBeGreaterThan(received);
    const between = lines.slice(received, answered);
    const written = between.findLastIndex((line) => /^p?write.*klantpuls\.db-wal>/.test(line));
    const synced = between.findLastIndex((line) => /^f(data)?sync\(.*klantpuls\.db-wal>\) += 0/.test(line));
    expect(synced).toBeGreaterThan(-1);
    expect(synced).toBeGreaterThan(written);
  }
});

test.skipIf(!traceable)(
  `IN18: a log that cannot be brought to the disk is copied to the database; when that fails too the answer is 503${needs}`,
  async () => {
    const program = await startProgram();
    const [first, second] = [randomUUID(), randomUUID()];
    const without = await failing(program, 'fdatasync');
    expect(await exchange(program.url, bodyOf(first), 'keep-alive')).toContain('201 Created');
    await without();
    // The database itself has it: the log is not needed any more.
    const withoutLog = () => {
      const copy = join(temporaryFolder(), 'klantpuls.db');
      copyFileSync(join(program.dataDir, 'klantpuls.db'), copy);
      return countRatings(dirname(copy));
    };
    expect(withoutLog()).toBe(1);

    // The first commit in a log that begins anew brings its beginning to the disk itself: that is not what fails here.
    expect(await exchange(program.url, bodyOf(randomUUID()), 'keep-alive')).toContain('201 Created');
    expect(withoutLog()).toBe(1);
    const broken = await failing(program, 'fsync,fdatasync');
    expect(await exchange(program.url, bodyOf(second), 'keep-alive')).toContain('503 Service Unavailable');
    await broken();
    // Sent again as it should be, it is there once; by the database, since the log may have a hole before it.
    expect(await exchange(program.url, bodyOf(second), 'keep-alive')).toMatch(/ 20[01] /);
    expect(withoutLog()).toBe(3);
    // From then on the log is to be trusted again.
    expect(await exchange(program.url, bodyOf(randomUUID()), 'keep-alive')).toContain('201 Created');
    expect([withoutLog(), countRatings(program.dataDir)]).toEqual([3, 4]);
    await program.stop();
  },
);

/** These calls of the program fail until what is returned is called. */
async function failing(program: Program, calls: string): Promise<() => Promise<void>> {
  const what = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`];
  const tracer = spawn('strace', ['-f', '-p', String(program.process.pid), ...what], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise((attached) => tracer.stderr.once('data', attached));
  return async () => {
    const ended = new Promise((resolve) => tracer.on('exit', resolve));
    tracer.kill('SIGINT');
    await ended;
  };
}
