import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram, temporaryFolder } from '../support/program.ts';

const traceable = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** A request in one small write, so that a trace shows all of it. */
const exchange = (url: string, body: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const head = 'POST /api/v1/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    socket.end(`${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });

test.skipIf(!traceable)(
  `IN2: the disk has a rating before its 201 leaves${traceable ? '' : ' (needs strace, which does not work here)'}`,
  async () => {
    const trace = join(temporaryFolder(), 'trace');
    const calls = 'trace=read,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync';
    const program = await startProgram({
      through: ['strace', '-f', '-y', '-e', calls, '-s', '400', '-o', trace],
    });
    const tracer = program.process.pid!;
    const [traced] = readFileSync(`/proc/${tracer}/task/${tracer}/children`, 'utf8').trim().split(' ');
    const id = randomUUID();
    expect(await exchange(program.url, JSON.stringify({ id, touchpoint: 'balie-1', grade: 8 }))).toContain(
      '201 Created',
    );
    // A tracer that is asked to stop leaves the traced program behind; so that one is asked.
    const exited = new Promise((resolve) => program.process.on('exit', resolve));
    process.kill(Number(traced), 'SIGTERM');
    await exited;

    const lines = readFileSync(trace, 'utf8').split('\n');
    const received = lines.findIndex((line) => /\b(read|recv)/.test(line) && line.includes(id));
    const answered = lines.findIndex((line) => /\b(write|send)/.test(line) && line.includes('201 Created'));
    expect(received).toBeGreaterThan(-1);
    expect(answered).toBeGreaterThan(received);
    const between = lines.slice(received, answered);
    const written = between.findIndex((line) => line.includes('klantpuls.db-wal') && /\bp?write/.test(line));
    const synced = between.findIndex((line) => /\bf(data)?sync\(.*klantpuls\.db-wal>\) += 0/.test(line));
    expect(synced).toBeGreaterThan(-1);
    expect(synced).toBeGreaterThan(written);
  },
);
