import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Permission } from '#shared/contract/access.ts';
import { apiVersion } from '../http/headers.ts';
import { apiRouter } from '../http/router.ts';
import { Backups } from '../operations/backups.ts';
import { gaugesOf, healthRoutes } from '../operations/health.ts';
import { RetentionJob } from '../privacy/job.ts';
import { privacyRoutes } from '../privacy/routes.ts';
import type { Store } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';

export interface KeepingOptions {
  store: Store;
  references: References;
  needs: (permission: Permission) => RequestHandler;
  /** The file of the database, and the folder for scheduled backups. */
  files: { database: string; backups: string | null };
  mail: () => Promise<{ possible: boolean; waiting: number }>;
  forgetOthers: () => Promise<void>;
  tls: boolean;
  log: Logger;
  logError: (error: unknown) => void;
  now: () => number;
}

/** What is kept and how long: retention, erasure, backups, and how the installation fares. */
export function keeping({
  store,
  references,
  needs,
  files,
  mail,
  tls,
  log,
  logError,
  now,
  ...rest
}: KeepingOptions) {
  const backups = new Backups({
    folder: files.backups,
    database: files.database,
    backup: (file) => store.backup(file),
    leads: () => store.leads(),
    now,
    failed: logError,
  });
  const job = new RetentionJob({
    store: store.privacy,
    settings: () => store.settings(),
    leads: () => store.leads(),
    now,
    removeCopies: (before) => backups.removeOlder(before),
    ...rest,
    log: (run) =>
      log.info(
        { removed: run.removed, copies: run.copiesRemoved },
        'What was older than its period is gone.',
      ),
    failed: logError,
  });
  const routes = apiRouter();
  routes.use(
    privacyRoutes({
      store: store.privacy,
      settings: () => store.settings(),
      references,
      job,
      now,
      privacy: needs('privacy'),
      erasure: needs('erasure'),
    }),
  );
  const health = {
    version: apiVersion,
    startedAt: now(),
    database: files.database,
    size: () => store.size(),
    backups,
    now,
    checkWritable: () => store.checkWritable(),
    lastRetention: () => store.privacy.lastRun(),
    mail,
    tls,
    needs: needs('administration'),
  };
  routes.use(healthRoutes(health));
  void backups.look();
  return {
    routes,
    gauges: () => gaugesOf(health),
    async close() {
      await job.close();
      await backups.close();
    },
  };
}
