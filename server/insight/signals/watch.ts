import { dayOf } from '#shared/core/calendar.ts';
import type { SignalRecord, Store } from '../../storage/port.ts';
import { type Advanced, continued, type Round, type Watch, watchFrom } from './advance.ts';
import type { Place } from './places.ts';

/** Milliseconds between a commit and the look at it: an alarm may wait, and one look serves all that came meanwhile. */
const pace = 1000;
/** Ratings per question to the reading thread, which others ask as well. */
const perRound = 2000;
const saveEvery = 10_000;

export interface WatchOptions {
  store: Store;
  /** Does one round, elsewhere. */
  advance: (round: Round) => Promise<Advanced>;
  now: () => number;
  tell: (signal: SignalRecord) => void;
  log: (error: unknown) => void;
}

/**
 * Looks at every rating after its commit and raises the signals. What it knows is kept in the store, each signal
 * together with the state that raised it, so that a restart neither loses a fall nor tells it twice.
 */
export class SignalWatch {
  readonly #options: WatchOptions;
  readonly #unlisten: () => void;
  #watch: Watch | null = null;
  #savedAt = -Infinity;
  #savedPosition = -1;
  /** The places that had an open signal at the last look. */
  #known: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<unknown> = Promise.resolve();

  constructor(options: WatchOptions) {
    this.#options = options;
    const schedule = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.catchUp().catch(options.log);
      }, pace).unref();
    };
    this.#unlisten = options.store.onChange(schedule);
    schedule();
  }

  /** Resolves when everything that was committed before the call was looked at. */
  catchUp(): Promise<void> {
    return this.#next(async (watch) => {
      const { store, advance, now } = this.#options;
      // Without any rating there is nothing to ask.
      if (store.settings().placements.length === 0) return;
      for (let current = watch; ; ) {
        const open = await this.#open();
        // Whoever settled one elsewhere asked for it to be watched anew.
        if (this.#known.some((place) => !open.some(({ scope, key }) => place === `${scope} ${key}`)))
          current.day = null;
        this.#known = open.map(({ scope, key }) => `${scope} ${key}`);
        const round = { watch: current, open, most: perRound, today: dayOf(now()) };
        const done = await advance(round);
        await this.#take(done);
        if (done.seen < perRound) return;
        current = done.watch;
      }
    });
  }

  /** Null for a signal that does not exist. Whoever it was about is watched anew. */
  async settle(id: number): Promise<SignalRecord | null> {
    const { store, now, log } = this.#options;
    const signal = await store.settleSignal(id, now());
    const again = this.#next(async (watch) => {
      watch.day = null;
    });
    Promise.all([again, this.catchUp()]).catch(log);
    return signal;
  }

  async close(): Promise<void> {
    this.#unlisten();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#working;
    const watch = this.#watch;
    if (watch && watch.position !== this.#savedPosition) await this.#save(watch, []).catch(this.#options.log);
  }

  /** One thing after the other. Who fails starts the next time from what is in the store. */
  #next(work: (watch: Watch) => Promise<void>): Promise<void> {
    const done = this.#working.then(async () => {
      if (!this.#options.store.leads()) {
        // Whoever leads keeps it from now on.
        this.#watch = null;
        return;
      }
      try {
        await work(await this.#load());
      } catch (error) {
        this.#watch = null;
        throw error;
      }
    });
    this.#working = done.catch(() => {});
    return done;
  }

  async #load(): Promise<Watch> {
    const { store } = this.#options;
    if (this.#watch) return this.#watch;
    const kept = (await store.watch()) as Watch | null;
    this.#watch = kept ? { ...continued(kept), day: null } : watchFrom(await store.lastArrival());
    return this.#watch;
  }

  async #take({ watch, raised, posted }: Advanced): Promise<void> {
    const due = performance.now() - this.#savedAt >= saveEvery && watch.position !== this.#savedPosition;
    this.#watch = watch;
    if (raised.length === 0 && !posted && !due) return;
    const signals = await this.#save(watch, raised);
    for (const signal of signals) this.#options.tell(signal);
  }

  async #save(watch: Watch, raised: Advanced['raised']): Promise<SignalRecord[]> {
    const signals = await this.#options.store.keepWatch(watch, raised);
    this.#savedAt = performance.now();
    this.#savedPosition = watch.position;
    return signals;
  }

  async #open(): Promise<Place[]> {
    const signals = await this.#options.store.signals();
    return signals.filter(({ settledAt }) => settledAt === null).map((signal) => this.#placeOf(signal));
  }

  #placeOf({ scope, key }: SignalRecord): Place {
    const { touchpoints } = this.#options.store.settings();
    const own = scope === 'channel' ? key : touchpoints.find((point) => point.key === key)?.channel;
    return { scope, key, channel: own ?? '' };
  }
}
