import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startPrepared } from '../../support/prepared.ts';
import { type Program, temporaryFolder } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { Dashboard, isWhole, missing, type Outcome, recounted, verify } from './outcome.ts';
import { Senders } from './senders.ts';

const chance = (most: number) => Math.floor(Math.random() * most);

/** SIGKILL at a moment of chance under load, again and again on the same data. */
export async function kills(times: number): Promise<Outcome> {
  const start = await startPrepared({ tokens: { viewer: 'viewer' } });
  let program = start.program;
  const senders = new Senders(program.url);
  const dashboard = new Dashboard(program.url, start.tokens.viewer);
  const wrong: string[] = [];
  for (let round = 1; round <= times; round++) {
    const before = new Set(senders.acknowledged);
    senders.start();
    await until('an answer', () => senders.acknowledged.size > before.size);
    await pause(chance(120));
    await program.kill();
    await senders.stop();
    // Before anybody repairs anything: what was acknowledged since the last time is there.
    const fresh = [...senders.acknowledged].filter((id) => !before.has(id));
    program = await program.restart();
    const gone = missing(program.dataDir, fresh);
    if (gone.length > 0) wrong.push(`${gone.length} lost after kill ${round}`);
    senders.url = dashboard.url = program.url;
  }
  await senders.settle();
  await dashboard.converges(program.url, senders.acknowledged.size);
  dashboard.close();
  senders.close();
  await program.stop();
  return verify('kill -9 under load', times, program.dataDir, senders, wrong);
}

/** Waits until no thread of a process runs. */
const isStopped = (pid: number) =>
  !existsSync(`/proc/${pid}/task`) ||
  readdirSync(`/proc/${pid}/task`).every((task) =>
    /\) [Tt] /.test(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')),
  );

/** A copy of the database and its log at a moment of chance, as a machine leaves them that lost its power. */
export async function copies(times: number): Promise<Outcome> {
  const { program } = await startPrepared({});
  const senders = new Senders(program.url, { clients: 4, gap: 4 });
  const wrong: string[] = [];
  const copy = join(temporaryFolder(), 'copy');
  const pid = program.process.pid!;
  senders.start();
  for (let number = 1; number <= times; number++) {
    const seen = senders.acknowledged.size;
    await until('another answer', () => senders.acknowledged.size > seen);
    await pause(chance(60));
    program.process.kill('SIGSTOP');
    await until('the program stands still', () => isStopped(pid));
    const told = [...senders.acknowledged];
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy);
    for (const file of ['klantpuls.db', 'klantpuls.db-wal'])
      cpSync(join(program.dataDir, file), join(copy, file));
    program.process.kill('SIGCONT');
    if (!isWhole(copy)) wrong.push(`copy ${number} is damaged`);
    const differences = await recounted(copy);
    if (differences > 0) wrong.push(`copy ${number}: ${differences} differences`);
    const gone = missing(copy, told);
    if (gone.length > 0) wrong.push(`copy ${number} lacks ${gone.length}`);
  }
  await senders.stop();
  await senders.settle();
  senders.close();
  await program.stop();
  return verify('copy of database and log', times, program.dataDir, senders, wrong);
}

/** SIGTERM at a moment of chance under load: the program ends with 0 each time. */
export async function stops(times: number): Promise<Outcome> {
  let { program } = await startPrepared({});
  const senders = new Senders(program.url, { clients: 30 });
  const wrong: string[] = [];
  for (let round = 1; round <= times; round++) {
    const seen = senders.acknowledged.size;
    senders.start();
    await until('answers', () => senders.acknowledged.size > seen + 30);
    await pause(chance(200));
    const code = await program.stop();
    await senders.stop();
    if (code !== 0) wrong.push(`ended with ${code}`);
    if (/rror/.test(program.output.join('\n'))) wrong.push(`said ${program.output.at(-1)}`);
    program = await program.restart();
    senders.url = program.url;
  }
  await senders.settle();
  senders.close();
  await program.stop();
  return verify('SIGTERM under load', times, program.dataDir, senders, wrong);
}

/** A limit on open files that clients use up: who is connected is served, and afterwards everybody. */
export async function outOfDescriptors(times: number, connect: (program: Program) => Promise<() => void>) {
  const start = await startPrepared({
    tokens: { viewer: 'viewer' },
    through: ['prlimit', '--nofile=120:120'],
  });
  const { program } = start;
  const senders = new Senders(program.url, { clients: 4 });
  const dashboard = new Dashboard(program.url, start.tokens.viewer);
  await dashboard.converges(program.url);
  const wrong: string[] = [];
  senders.start();
  await until('answers', () => senders.acknowledged.size > 20);
  for (let round = 1; round <= times; round++) {
    const leave = await connect(program);
    const seen = senders.acknowledged.size;
    await until('who is connected is served', () => senders.acknowledged.size > seen + 50);
    leave();
    await until('others are served again', () =>
      fetch(`${program.url}/healthz`).then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    if (program.process.exitCode !== null) wrong.push('the program ended');
  }
  await senders.stop();
  if (!program.output.some((line) => line.includes('limit on open files')))
    wrong.push('did not say what there is too little of');
  await senders.settle();
  await dashboard.converges(program.url, senders.acknowledged.size);
  dashboard.close();
  senders.close();
  await program.stop();
  return verify('out of file descriptors', times, program.dataDir, senders, wrong);
}
