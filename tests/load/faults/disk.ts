import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { prepare, startPrepared } from '../../support/prepared.ts';
import { startProgram, temporaryFolder } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { Dashboard, isWhole, missing, type Outcome, recounted, verify } from './outcome.ts';
import { Senders } from './senders.ts';

/** A small disk of its own, where the machine gives the right to mount one; null elsewhere. */
export function smallDisk(
  megabytes: number,
): { folder: string; mount(how: string): void; remove(): void } | null {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0)
    return null;
  return {
    folder,
    mount(how) {
      const { status, stderr } = spawnSync('mount', ['-o', `remount,${how}`, folder]);
      if (status !== 0) throw new Error(String(stderr));
    },
    remove: () => void spawnSync('umount', [folder]),
  };
}

/** Takes every byte that is left. */
export function fill(filler: string): void {
  writeFileSync(filler, '');
  for (const size of [65_536, 4096, 512, 1])
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
}

/** The disk fills up and has room again while ratings keep coming. */
export async function fullDisk(times: number): Promise<Outcome | null> {
  const disk = smallDisk(24);
  if (!disk) return null;
  try {
    const dataDir = join(disk.folder, 'data');
    const { viewer = '' } = await prepare(dataDir, { tokens: { viewer: 'viewer' } });
    const program = await startProgram({ dataDir, environment: { LOG_LEVEL: 'error' } });
    const senders = new Senders(program.url, { clients: 4, gap: 2 });
    const dashboard = new Dashboard(program.url, viewer);
    const wrong: string[] = [];
    senders.start();
    for (let round = 1; round <= times; round++) {
      const [seen, refused] = [senders.acknowledged.size, senders.refused.size];
      await until('answers', () => senders.acknowledged.size > seen + 20);
      fill(join(disk.folder, 'filler'));
      await until('somebody is refused', () => senders.refused.size > refused, 60_000);
      if ((await fetch(`${program.url}/readyz`)).status !== 503) wrong.push('ready on a full disk');
      rmSync(join(disk.folder, 'filler'));
      const since = senders.acknowledged.size;
      await until('somebody is accepted again', () => senders.acknowledged.size > since);
    }
    await senders.stop();
    await senders.settle();
    await dashboard.converges(program.url, senders.acknowledged.size);
    dashboard.close();
    senders.close();
    if ((await program.stop()) !== 0) wrong.push('did not end with 0');
    return await verify('disk full', times, dataDir, senders, wrong);
  } finally {
    disk.remove();
  }
}

/** Killed under load, and started again on a disk that has become read-only: it says so, and loses nothing. */
export async function readOnlyDisk(times: number): Promise<Outcome | null> {
  const disk = smallDisk(64);
  if (!disk) return null;
  try {
    const dataDir = join(disk.folder, 'data');
    let program = await startProgram({ dataDir });
    const senders = new Senders(program.url, { clients: 4 });
    const wrong: string[] = [];
    for (let round = 1; round <= times; round++) {
      const seen = senders.acknowledged.size;
      senders.start();
      await until('answers', () => senders.acknowledged.size > seen + 100);
      await program.kill();
      await senders.stop();
      disk.mount('ro');
      const said = await startProgram({ dataDir }).then(
        () => 'started',
        (error: Error) => error.message,
      );
      if (!/read-only|readonly|not writable|cannot be written/i.test(said)) wrong.push(`said: ${said}`);
      disk.mount('rw');
      program = await program.restart();
      senders.url = program.url;
    }
    await senders.settle();
    senders.close();
    await program.stop();
    return await verify('disk read-only', times, dataDir, senders, wrong);
  } finally {
    disk.remove();
  }
}

const frame = 24 + 4096;

/**
 * What a machine may leave of the log that lost its power: half a frame behind the last commit, which nobody was told of.
 * And what no machine should: a byte changed within. Then what stands before it is kept as a whole, and what comes again
 * is accepted.
 */
export async function damagedLog(times: number): Promise<Outcome> {
  let { program } = await startPrepared({});
  const { dataDir } = program;
  const senders = new Senders(program.url);
  const wrong: string[] = [];
  const log = join(dataDir, 'klantpuls.db-wal');
  for (let round = 1; round <= times; round++) {
    const seen = senders.acknowledged.size;
    senders.start();
    await until('answers', () => senders.acknowledged.size > seen + 50);
    await program.kill();
    await senders.stop();
    // A copy is damaged within; the data themselves get half a frame more.
    const copy = temporaryFolder();
    for (const file of ['klantpuls.db', 'klantpuls.db-wal'])
      copyFileSync(join(dataDir, file), join(copy, file));
    await changeByte(join(copy, 'klantpuls.db-wal'));
    if (!isWhole(copy)) wrong.push(`a changed byte damages what stands before it (${round})`);
    const differences = await recounted(copy);
    if (differences > 0) wrong.push(`a changed byte leaves ${differences} differences`);
    rmSync(copy, { recursive: true });

    if (round % 2 === 0) appendFileSync(log, Buffer.alloc(1 + Math.floor(Math.random() * 2 * frame), round));
    else {
      const { size } = statSync(log);
      appendFileSync(log, Buffer.alloc(frame / 2, 0xff));
      if (round % 3 === 0) truncateSync(log, size + 1);
    }
    const told = [...senders.acknowledged];
    program = await program.restart();
    const gone = missing(dataDir, told);
    if (gone.length > 0) wrong.push(`half a frame costs ${gone.length} ratings`);
    senders.url = program.url;
  }
  await senders.settle();
  senders.close();
  await program.stop();
  return verify('log damaged', times, dataDir, senders, wrong);
}

async function changeByte(file: string): Promise<void> {
  const { size } = statSync(file);
  if (size === 0) return;
  const handle = await open(file, 'r+');
  const at = Math.floor(Math.random() * size);
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  byte[0]! ^= 0x55;
  await handle.write(byte, 0, 1, at);
  await handle.close();
}
