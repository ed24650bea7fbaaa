import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { answer, type Watch } from '../../server/insight/signals/advance.ts';
import type { Sentry } from '../../server/insight/signals/sentry.ts';
import { SignalWatch } from '../../server/insight/signals/watch.ts';
import type { NewRating, SignalRecord } from '../../server/storage/port.ts';
import { openSqlite, type SqliteStore } from '../../server/storage/sqlite/store.ts';
import { drawer, type Random, seeded, shapes } from '../load/simulations/random.ts';
import { temporaryFolder } from './program.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Midnight in Amsterdam, so that every day below is a day there; until the clocks change it stays one. */
const firstDay = Date.parse('2025-01-01T23:00:00Z');

export type Weights = readonly number[];
export const usual: Weights = shapes.usual;

export interface Days {
  count: number;
  /** Ratings per day and touchpoint. */
  perDay?: number;
  /** Grades of one touchpoint; `usual` otherwise. */
  grades?: Record<string, Weights>;
  touchpoints?: string[];
  fields?: Partial<NewRating>;
}

/** A real store whose time is the test's own, and the watch over it. */
export class WatchedCity {
  readonly store: SqliteStore;
  readonly told: SignalRecord[] = [];
  readonly failures: unknown[] = [];
  watch: SignalWatch | null = null;
  clock = firstDay;
  readonly #random: Random;
  readonly #touchpoints = ['balie-1', 'website', 'balie-2'];

  private constructor(store: SqliteStore, seed: number) {
    this.store = store;
    this.#random = seeded(seed);
  }

  /** Two desks and a website, and two touchpoints that nobody uses. */
  static async open(seed = 1): Promise<WatchedCity> {
    const store = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db') });
    const city = new WatchedCity(store, seed);
    const desk = { location: null, scale: 'grade' as const, origins: [], trial: false, retired: false };
    await store.changeSettings({
      touchpoints: [{ ...desk, key: 'balie-2', name: 'Balie 2', channel: 'balie' }],
    });
    return city;
  }

  /** Days of ratings between nine and half past eight in the evening, in the order of their time. */
  async live({ count, perDay = 20, grades = {}, touchpoints = this.#touchpoints, fields = {} }: Days) {
    const ratings: NewRating[] = [];
    const draw = new Map(touchpoints.map((key) => [key, drawer(grades[key] ?? usual)]));
    for (let d = 0; d < count; d++) {
      const ofDay: NewRating[] = [];
      for (const touchpoint of touchpoints)
        for (let i = 0; i < perDay; i++) {
          const at = this.clock + d * day + Math.floor((9 + 11.5 * this.#random()) * hour);
          ofDay.push(
            this.rating(
              { touchpoint, at, receivedAt: at, grade: draw.get(touchpoint)!(this.#random) + 1 },
              fields,
            ),
          );
        }
      ratings.push(...ofDay.sort((a, b) => a.at - b.at));
    }
    this.clock += count * day;
    for (let from = 0; from < ratings.length; from += 2000)
      await this.store.append(ratings.slice(from, from + 2000));
    if (this.watch) await this.watch.catchUp();
  }

  rating(fields: Partial<NewRating>, more: Partial<NewRating> = {}): NewRating {
    return {
      ...{
        kind: 'rating',
        id: randomUUID(),
        touchpoint: 'balie-1',
        product: null,
        language: null,
        form: null,
      },
      ...{ grade: 8, smiley: null, answers: null, comment: null, givenAt: null, marks: 0 },
      ...{ at: this.clock, receivedAt: this.clock, ...fields, ...more },
    };
  }

  /** As a program starts it. */
  async start(): Promise<void> {
    this.watch = new SignalWatch({
      store: this.store,
      // As if it came from another thread.
      advance: async (round) => structuredClone(await answer(this.store, structuredClone(round))),
      now: () => this.clock,
      tell: (signal) => this.told.push(signal),
      log: (error) => this.failures.push(error),
    });
    await this.watch.catchUp();
  }

  async stop(): Promise<void> {
    await this.watch?.close();
    this.watch = null;
  }

  /** What is kept after everything was looked at and written down. */
  async kept(): Promise<Watch> {
    await this.stop();
    const kept = (await this.store.watch()) as Watch;
    await this.start();
    return kept;
  }

  async sentry(key: string): Promise<Sentry | undefined> {
    return (await this.kept()).sentries.find((one) => one.key === key);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.store.close();
    if (this.failures.length > 0) throw new Error(`The watch failed: ${this.failures.join('\n')}`);
  }
}
