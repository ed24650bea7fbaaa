import type { Work } from './work.ts';

/** More than a commit of ratings needs, in characters. */
const muchText = 1_000_000;

/**
 * Whether the disk takes what comes. A disk that is nearly full refuses ratings and still takes a row: after a refusal it has to
 * take more than that to be called ready again.
 */
export class Writable {
  readonly #work: Work;
  readonly #write;
  #refused = false;

  constructor(work: Work) {
    this.#work = work;
    this.#write = work.db.prepare("INSERT OR REPLACE INTO settings VALUES ('writable', ?)");
  }

  /** Remembers how a commit of ratings went. */
  async after<Result>(commit: Promise<Result>): Promise<Result> {
    try {
      const result = await commit;
      this.#refused = false;
      return result;
    } catch (error) {
      this.#refused = true;
      throw error;
    }
  }

  /** Rejects when ratings cannot be stored. */
  async check(): Promise<void> {
    if (this.#refused) await this.#work.transaction(() => void this.#write.run('1'.repeat(muchText)));
    this.#refused = false;
    await this.#work.transaction(() => void this.#write.run('1'));
  }
}
