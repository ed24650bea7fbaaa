import { changesKept, packDelta, tellAtMost } from '../deltas.ts';
import type { Delta } from '../port.ts';
import { BucketWriter } from './buckets.ts';
import { NormWriter } from './norms.ts';
import type { Db } from './open.ts';

/** Moves figures inside one transaction: every roll-up, and the change that announces them. */
export class Counting {
  readonly #buckets: BucketWriter;
  readonly #norms: NormWriter;
  readonly #announce;
  readonly #prune;
  #deltas = new Map<string, Delta>();
  #moved = false;
  #telling = true;

  constructor(db: Db) {
    this.#buckets = new BucketWriter(db);
    this.#norms = new NormWriter(db);
    this.#announce = db.prepare('INSERT INTO changes (deltas) VALUES (?)');
    this.#prune = db.prepare('DELETE FROM changes WHERE sequence <= ?');
  }

  /** Also after a transaction that was rolled back. */
  begin(entries: number): void {
    this.#deltas = new Map();
    this.#moved = false;
    this.#telling = entries <= tellAtMost;
    this.#buckets.forget();
    this.#norms.forget();
  }

  add(delta: Delta): void {
    this.#buckets.add(delta);
    this.#moved = true;
    if (!this.#telling) return;
    const key = `${delta.slot} ${delta.placement} ${delta.product} ${delta.language} ${delta.marked} ${delta.index}`;
    const known = this.#deltas.get(key);
    if (known) known.count += delta.count;
    else this.#deltas.set(key, { ...delta });
  }

  /** What a rating answered to the questions of service norms, more or less by one. */
  answered(...given: Parameters<NormWriter['count']>): void {
    this.#norms.count(...given);
  }

  finish(): void {
    this.#norms.flush();
    if (!this.#moved) return;
    this.#buckets.flush({ many: !this.#telling });
    const tooMuch = !this.#telling || this.#deltas.size > tellAtMost;
    const told = tooMuch ? null : JSON.stringify([...this.#deltas.values()].map(packDelta));
    const sequence = Number(this.#announce.run(told).lastInsertRowid);
    if (sequence % 1000 === 0) this.#prune.run(sequence - changesKept);
  }
}
