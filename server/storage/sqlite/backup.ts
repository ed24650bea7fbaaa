import { existsSync, statSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BackupRefused } from '../refused.ts';

/**
 * A consistent copy of one moment, compacted, while others write (VACUUM INTO holds no lock that a writer needs). It
 * gets its name only when it is complete and on the disk.
 */
export async function backup(from: string, to: string, onProgress?: (share: number) => void): Promise<void> {
  if (existsSync(to))
    throw new BackupRefused(`${to} exists. Choose another name: a backup overwrites nothing.`);
  const unfinished = `${to}.unfinished`;
  await rm(unfinished, { force: true });
  const size = (await stat(from)).size;
  const watching = setInterval(async () => {
    const written = await stat(unfinished).then(
      (found) => found.size,
      () => 0,
    );
    onProgress?.(Math.min(1, written / size));
  }, 200);
  try {
    await new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), {
        workerData: { from, unfinished },
      });
      worker.on('error', reject);
      worker.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`The copy stopped with code ${code}.`)),
      );
    });
    await syncToDisk(unfinished);
    await rename(unfinished, to);
    await syncToDisk(dirname(to));
  } finally {
    clearInterval(watching);
    await rm(unfinished, { force: true });
  }
}

export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Of a database and the log beside it, in bytes. */
export function sizeOf(file: string): number {
  const parts = [file, `${file}-wal`].map((part) => statSync(part, { throwIfNoEntry: false }));
  return parts.reduce((sum, found) => sum + (found?.size ?? 0), 0);
}
