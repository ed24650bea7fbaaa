import { GroupCommit } from '../group-commit.ts';
import type { Entry, Outcome } from '../port.ts';
import { DatabaseAway } from '../refused.ts';
import type { Announcer } from './announcer.ts';
import { isAway } from './db.ts';
import { keepAll } from './keeping.ts';
import type { LoadedSettings } from './settings.ts';
import type { atOnceOf } from './transactions.ts';
import type { Clock, Work } from './work.ts';
import { Writer } from './writer.ts';

/** Who found the database away lets others know for so long, in milliseconds. */
const awayFor = 1000;

/** Keeps entries, many in a commit, and announces each commit. */
export class Appending {
  readonly #announcer: Announcer;
  readonly #transaction: Work['transaction'];
  readonly #atOnce: ReturnType<typeof atOnceOf>;
  readonly #writer: Writer;
  readonly #group = new GroupCommit((entries) => this.#commit(entries), isAway);
  #awayUntil = -Infinity;

  constructor(announcer: Announcer, transaction: Work['transaction'], atOnce: ReturnType<typeof atOnceOf>) {
    this.#announcer = announcer;
    this.#transaction = transaction;
    this.#atOnce = atOnce;
    this.#writer = new Writer(announcer.settings);
  }

  use(settings: LoadedSettings): void {
    this.#writer.use(settings);
  }

  async append(entries: Entry[]): Promise<Outcome[]> {
    this.#refuseWhileAway();
    const done = this.#announcer.committing();
    try {
      return await this.#group.append(entries);
    } finally {
      done();
    }
  }

  isFull(): boolean {
    return this.#group.isFull();
  }

  #refuseWhileAway(): void {
    if (performance.now() < this.#awayUntil) throw new DatabaseAway('PostgreSQL cannot be reached.');
  }

  /** Resolves when everything that was asked for is answered. */
  idle(): Promise<void> {
    return this.#group.idle();
  }

  async #commit(entries: Entry[]): Promise<Outcome[]> {
    // Those who waited for a commit that found nobody are not made to wait for another.
    this.#refuseWhileAway();
    try {
      const quick = this.#writer.quick(entries);
      const clock = quick && (await this.#atOnce<Pick<Clock, 'changes'>>(keepAll, quick.values));
      if (clock) {
        this.#announcer.committed(clock.changes);
        return quick.outcomes;
      }
      const { outcomes, settings } = await this.#transaction((db, clock) =>
        this.#writer.write(db, clock, entries),
      );
      if (settings) this.#announcer.use(settings);
      void this.#announcer.look(true);
      return outcomes;
    } catch (error) {
      this.#writer.use(this.#announcer.settings);
      if (isAway(error)) this.#awayUntil = performance.now() + awayFor;
      throw error;
    }
  }
}
