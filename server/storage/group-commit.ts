import type { Entry, Outcome } from './port.ts';

interface Waiting {
  entries: Entry[];
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

/** So many entries share one commit at most: a commit holds the lock, and everybody else's answer, for as long. */
const perCommit = 2000;
/**
 * So many entries wait at most for the commits to come: about a second's worth on a small machine. Whoever comes then is refused
 * at once, so that those who wait are answered soon.
 */
const mostWaiting = 4_000;
/** What whoever comes then is refused with. */
export const queueFull = Object.assign(new Error('More ratings are waiting than can be stored soon.'), {
  code: 'QUEUE_FULL',
});
/**
 * So long a request waits for company at most, in milliseconds, and only as long as some keeps coming: about what a commit
 * takes, so that each costs the disk and the roll-ups a share.
 */
const patience = 5;

/**
 * Requests that arrive while a commit is under way share the next one, so that one write to the disk serves all.
 * `commit` keeps all entries or throws and keeps none.
 */
export class GroupCommit {
  readonly #commit: (entries: Entry[]) => Promise<Outcome[]>;
  /** Whether a commit failed for a reason that holds for every other one as well. */
  readonly #failsAll: (error: unknown) => boolean;
  #queue: Waiting[] = [];
  /** Entries in the queue. */
  #waiting = 0;
  #running: Promise<void> | null = null;
  /** Ends the wait for company. */
  #enough: (() => void) | null = null;

  constructor(
    commit: (entries: Entry[]) => Promise<Outcome[]>,
    failsAll: (error: unknown) => boolean = () => false,
  ) {
    this.#commit = commit;
    this.#failsAll = failsAll;
  }

  /** Rejects at once, with the code `QUEUE_FULL`, when too much waits already. */
  append(entries: Entry[]): Promise<Outcome[]> {
    if (this.#waiting > 0 && this.#waiting + entries.length > mostWaiting) return Promise.reject(queueFull);
    this.#waiting += entries.length;
    return new Promise((resolve, reject) => {
      this.#queue.push({ entries, resolve, reject });
      // When very many ask, a turn of the loop takes longer than a commit.
      if (this.#waiting >= perCommit) this.#enough?.();
      this.#running ??= new Promise((done) => {
        // After this turn's input was read: what arrived together is committed together.
        setImmediate(() => void this.#drain().then(done));
      });
    });
  }

  /** Whether the next one would be refused. */
  isFull(): boolean {
    return this.#waiting >= mostWaiting;
  }

  /** Resolves when everything that was asked for is answered. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#company();
      let size = 0;
      let groups = 0;
      for (const { entries } of this.#queue) {
        if (groups > 0 && size + entries.length > perCommit) break;
        size += entries.length;
        groups++;
      }
      this.#waiting -= size;
      await this.#together(this.#queue.splice(0, groups));
    }
    this.#running = null;
  }

  /** Returns when a turn of the loop brought nobody new, when who came first waited long enough, or when a commit is full. */
  async #company(): Promise<void> {
    const until = performance.now() + patience;
    for (
      let seen = 0;
      this.#queue.length > seen && this.#waiting < perCommit && performance.now() < until;
    ) {
      seen = this.#queue.length;
      await new Promise<void>((resolve) => {
        this.#enough = resolve;
        setImmediate(resolve);
      });
    }
    this.#enough = null;
  }

  async #together(group: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#commit(
        group.length === 1 ? group[0]!.entries : group.flatMap(({ entries }) => entries),
      );
      let from = 0;
      for (const { entries, resolve } of group) {
        resolve(group.length === 1 ? outcomes : outcomes.slice(from, from + entries.length));
        from += entries.length;
      }
    } catch (error) {
      // One poisoned request must not cost the others their rating: each gets its own commit.
      if (group.length === 1 || this.#failsAll(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#together([one]);
    }
  }
}
