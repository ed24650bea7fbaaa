import type { RetentionRun } from '#shared/contract/privacy.ts';
import { dayOf, hourOfSlot, slotOf } from '#shared/core/calendar.ts';
import type { PrivacyStore } from '../storage/port/privacy.ts';
import type { Settings } from '../storage/port.ts';
import { cutsAt } from './retention.ts';

export interface RetentionJobOptions {
  store: PrivacyStore;
  settings: () => Settings;
  /** Of several processes on one database one removes. */
  leads: () => boolean;
  now: () => number;
  /** Removes copies of the database from before this time; how many. */
  removeCopies: (before: number) => Promise<number>;
  /** What features keep with a period of their own, such as invitations. */
  forgetOthers?: () => Promise<void>;
  log: (run: RetentionRun) => void;
  failed: (error: unknown) => void;
}

/** From this hour of the night on (Amsterdam) the removal of a day runs; or at the first look after it. */
const hour = 3;
const lookEvery = 10 * 60_000;

/** Removes every night what is older than its period. */
export class RetentionJob {
  readonly #options: RetentionJobOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<RetentionRun> | null = null;

  constructor(options: RetentionJobOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), lookEvery);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { store, leads, now, failed } = this.#options;
    if (!leads()) return;
    try {
      const last = await store.lastRun();
      const today = dayOf(now());
      if (last !== null && dayOf(Date.parse(last.at)) === today) return;
      if (last !== null && hourOfSlot(slotOf(now())) < hour) return;
      await this.run();
    } catch (error) {
      failed(error);
    }
  }

  /** Runs now; whoever asks while it runs gets the same run. */
  run(): Promise<RetentionRun> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<RetentionRun> {
    const { store, settings, now, removeCopies, forgetOthers, log } = this.#options;
    const at = now();
    const { retention } = settings();
    await forgetOthers?.();
    const copiesRemoved = await removeCopies(at - retention.backupDays * 86_400_000);
    const result = await store.remove(cutsAt(at, retention));
    const run = { at: new Date(at).toISOString(), copiesRemoved, ...result };
    await store.keepRun(run);
    log(run);
    return run;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running?.catch(() => {});
  }
}
