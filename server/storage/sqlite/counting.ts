import type { Delta } from '../port.ts';
import { BucketWriter } from './buckets.ts';
import { NormWriter } from './norms.ts';
import type { Db } from './open.ts';

/** What a commit of more entries than this moved is not told one by one: whoever watches reads anew. */
const tellAtMost = 1000;
/** So many changes stay known to somebody who missed some. */
const changesKept = 20_000;

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

type PackedDelta = [
  slot: number,
  placement: number,
  product: number,
  language: number,
  marked: 0 | 1,
  index: number,
  count: number,
];
const packDelta = (delta: Delta): PackedDelta => [
  delta.slot,
  delta.placement,
  delta.product,
  delta.language,
  delta.marked ? 1 : 0,
  delta.index,
  delta.count,
];
export const unpackDelta = ([
  slot,
  placement,
  product,
  language,
  marked,
  index,
  count,
]: PackedDelta): Delta => ({
  slot,
  placement,
  product,
  language,
  marked: marked === 1,
  index,
  count,
});
