import type { DeliveryResult, Due, WebhookRecord, WebhookStore } from '../storage/port/webhooks.ts';
import type { Settings } from '../storage/port.ts';
import type { EventMaker } from './events.ts';
import type { Answer, Post } from './post.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const lookEvery = 1000;
/** Told to one receiver side by side, each of another subject. */
const together = 8;
const perRound = 500;
/** A slow receiver lets the others have their turn after so many rounds of its own. */
const turns = 20;
/** After this it is given up; it can still be replayed. */
const patience = 3 * day;
const kept = 30 * day;

/** 1 second, 2, 4 … at most an hour. */
export const delayOf = (attempts: number): number => Math.min(1000 * 2 ** attempts, 60 * minute);

export interface CourierOptions {
  store: WebhookStore;
  settings: () => Settings;
  /** Of several processes on one database one tells. */
  leads: () => boolean;
  /** Called after every commit. */
  onChange: (listener: () => void) => () => void;
  events: EventMaker;
  /** Null when the secret was sealed with another key. */
  secretOf: (sealed: Buffer) => Buffer | null;
  post: Post;
  now: () => number;
  failed: (error: unknown) => void;
}

/**
 * Tells others what happened: at least once, in order for each subject, for as long as the receiver was away. What is
 * to be told was written with what happened, so that nothing of it is lost and no rating waits for it.
 */
export class Courier {
  readonly #options: CourierOptions;
  readonly #unlisten: () => void;
  readonly #timer: NodeJS.Timeout;
  /** Receivers that did not answer, and until when they are left alone. */
  readonly #away = new Map<number, { failures: number; until: number }>();
  #forgottenAt = Number.NEGATIVE_INFINITY;
  #closed = false;
  /** Nobody wants to be told anything: whoever is added wakes us. */
  #idle = false;
  #woken = false;
  #working: Promise<unknown> = Promise.resolve();

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#unlisten = options.onChange(() => {
      if (!this.#idle) this.wake();
    });
    this.#timer = setInterval(() => this.wake(), lookEvery);
    this.#timer.unref();
  }

  wake(): void {
    if (this.#woken || this.#closed) return;
    this.#woken = true;
    this.#working = this.#working.then(async () => {
      this.#woken = false;
      await this.#round().catch(this.#options.failed);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    clearInterval(this.#timer);
    await this.#working;
  }

  async #round(): Promise<void> {
    const { store, leads, now } = this.#options;
    if (!leads()) return;
    await this.#gather();
    const webhooks = await store.all();
    this.#idle = webhooks.length === 0;
    await Promise.all(webhooks.map((webhook) => this.#deliver(webhook)));
    if (now() - this.#forgottenAt < day) return;
    this.#forgottenAt = now();
    await store.forget(now() - kept);
  }

  /** What happened, as events. */
  async #gather(): Promise<void> {
    const { store, settings, events, now } = this.#options;
    for (;;) {
      const happened = await store.happened(perRound);
      if (happened.length === 0) break;
      const made = happened.map((one) => events.ofRating(one, settings()));
      await store.record(made, { ratings: happened.at(-1)!.number }, now());
      if (happened.length < perRound) break;
    }
    const noticed = await store.noticed(perRound);
    if (noticed.length === 0) return;
    const made = noticed.map((one) =>
      one.kind === 'signal' ? events.ofSignal(one.signal) : events.ofSilentDevice(one.device),
    );
    await store.record(made, { notices: noticed.at(-1)!.number }, now());
  }

  async #deliver(webhook: WebhookRecord): Promise<void> {
    const { store, now, secretOf, post } = this.#options;
    const secret = secretOf(webhook.sealed);
    for (let turn = 0; !this.#closed && now() >= (this.#away.get(webhook.id)?.until ?? 0); turn++) {
      if (turn === turns) return this.wake();
      const due = await store.due(webhook.id, together, now());
      if (due.length === 0) return;
      const answers = await Promise.all(
        due.map(
          async (one): Promise<[Due, Answer]> => [
            one,
            secret
              ? await post(webhook.url, one, secret)
              : { status: null, reason: 'the secret was sealed with another key' },
          ],
        ),
      );
      const results = answers.map(([one, answer]) => this.#result(one, answer));
      this.#remember(
        webhook.id,
        results.some(({ state }) => state === 'delivered'),
      );
      await store.settle(webhook.id, results, now());
      if (this.#away.has(webhook.id)) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #result({ event, attempts, at }: Due, { status, reason }: Answer): DeliveryResult {
    const now = this.#options.now();
    if (status !== null && status >= 200 && status < 300)
      return { event, status, reason: null, state: 'delivered' };
    return now - at > patience && attempts > 0
      ? { event, status, reason, state: 'failed' }
      : { event, status, reason, state: 'waiting', dueAt: now + delayOf(attempts) };
  }

  #remember(webhook: number, answered: boolean): void {
    if (answered) {
      this.#away.delete(webhook);
      return;
    }
    const failures = (this.#away.get(webhook)?.failures ?? -1) + 1;
    this.#away.set(webhook, {
      failures,
      until: this.#options.now() + Math.min(delayOf(failures), 5 * minute),
    });
  }
}
