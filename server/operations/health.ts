import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RequestHandler, Router } from 'express';
import type { Health } from '#shared/contract/health.ts';
import { sendJson } from '../http/respond.ts';
import type { Backups } from './backups.ts';

export interface HealthOptions {
  version: string;
  startedAt: number;
  database: string;
  /** Of the database, in bytes. */
  size: () => Promise<number>;
  backups: Backups;
  now: () => number;
  checkWritable: () => Promise<void>;
  lastRetention: () => Promise<{ at: string; emptied: boolean } | null>;
  /** Mails that wait, and whether mail can be sent at all. */
  mail: () => Promise<{ possible: boolean; waiting: number }>;
  tls: boolean;
  needs: RequestHandler;
}

const hour = 3_600_000;
/** More than this says that the mail server takes nothing. */
const mostWaiting = 500;
type Check = Health['checks'][number];

/** Disk, backup, retention, queue and version on one page for the administrator. */
export function healthRoutes(options: HealthOptions): Router {
  const router = Router();
  router.get('/health', options.needs, async (_request, response) => {
    sendJson(response, 200, await healthOf(options));
  });
  return router;
}

/** The same for the metrics. */
export async function gaugesOf(options: HealthOptions) {
  const { backups, lastRetention, now } = options;
  const { free, bytes } = await spaceOf(options);
  const [last] = await backups.list();
  const retention = await lastRetention();
  return {
    backup_age_seconds: last ? (now() - last.at) / 1000 : null,
    retention_age_seconds: retention ? (now() - Date.parse(retention.at)) / 1000 : null,
    disk_free_bytes: free,
    database_bytes: bytes,
  };
}

/** Where the data stands, or will: of several machines the database may stand elsewhere. */
async function spaceOf({ database, size }: Pick<HealthOptions, 'database' | 'size'>) {
  let folder = dirname(database);
  while (!existsSync(folder)) folder = dirname(folder);
  const disk = await statfs(folder);
  return { free: disk.bavail * disk.bsize, whole: disk.blocks * disk.bsize, bytes: await size() };
}

async function healthOf(options: HealthOptions): Promise<Health> {
  const { backups, now, startedAt, version } = options;
  const { free: diskFreeBytes, whole: diskBytes, bytes: databaseBytes } = await spaceOf(options);
  const files = await backups.list();
  const storable = await options.checkWritable().then(
    () => true,
    () => false,
  );
  const check = (key: Check['key'], state: Check['state'], fact: string | number = ''): Check => ({
    ...{ key, state, fact: String(fact) },
  });
  const last = files[0];
  const retention = await options.lastRetention();
  const mail = await options.mail();
  const age = (at: number) => now() - at;
  // An upgrade copies the database, and a backup may stand on the same disk.
  const room = diskFreeBytes > 3 * databaseBytes && diskFreeBytes > 500_000_000;
  return {
    version,
    node: process.versions.node,
    startedAt: new Date(startedAt).toISOString(),
    databaseBytes,
    diskFreeBytes,
    diskBytes,
    memoryBytes: process.memoryUsage.rss(),
    backups: files.map(({ name, at, bytes }) => ({ name, at: new Date(at).toISOString(), bytes })),
    checks: [
      check('storage', storable ? 'good' : 'bad'),
      check('disk', room ? 'good' : diskFreeBytes > 100_000_000 ? 'attention' : 'bad', diskFreeBytes),
      backups.planned && last
        ? check('backup', age(last.at) < 26 * hour ? 'good' : 'bad', new Date(last.at).toISOString())
        : check('backup', 'attention'),
      retention
        ? check('retention', age(Date.parse(retention.at)) < 50 * hour ? 'good' : 'bad', retention.at)
        : check('retention', 'attention'),
      // Without a server for it nothing is ever queued; what waits then waits for its settings.
      check('mail', mail.waiting < (mail.possible ? mostWaiting : 1) ? 'good' : 'attention', mail.waiting),
      check('tls', options.tls ? 'good' : 'attention'),
    ],
  };
}
