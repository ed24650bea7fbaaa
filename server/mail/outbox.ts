import type { MailResult, MailStore, NewMail, TakenMail } from '../storage/port/mail.ts';
import type { Delivery, Message, Transport } from './message.ts';
import type { Sealer } from './seal.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How often to look for what is due, also from other processes, in milliseconds. */
const lookEvery = 1000;
/** Sent side by side, with one commit before and one after: what a kill leaves unknown is at most this. */
const together = 20;
/** After this it is given up. */
const patience = 3 * day;
const kept = 90 * day;

/** One message that was refused for now: 1 minute, 4, 16 … at most 6 hours. */
export const delayOfMessage = (attempts: number): number => Math.min(4 ** attempts * minute, 6 * 60 * minute);
/** Nobody could be reached: 1 second, 2, 4 … at most 5 minutes. */
export const delayOfServer = (failures: number): number => Math.min(1000 * 2 ** failures, 5 * minute);

export interface OutboxOptions {
  store: MailStore;
  sealer: Sealer;
  /** Null: there is no way for such a message. */
  transportFor: (message: Pick<Message, 'by'> & { kind: string }) => Transport | null;
  /** Of several processes on one database one sends. */
  leads: () => boolean;
  now: () => number;
  log: (fact: string, details?: object) => void;
  failed: (error: unknown) => void;
}

/** What is queued survives a crash; what was sent is never sent again; what may have been sent is marked and left. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #timer: NodeJS.Timeout;
  #failures = 0;
  #notBefore = 0;
  #forgottenAt = Number.NEGATIVE_INFINITY;
  #closed = false;
  #woken = false;
  /** Since it leads: what was being sent before that, somebody else began. */
  #begun = false;
  #working: Promise<void> = Promise.resolve();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.wake(), lookEvery);
    this.#timer.unref();
    this.wake();
  }

  /** What the store keeps of a message. */
  sealed(message: Message & { kind: string; dueAt?: number }): NewMail {
    const { kind, dueAt, ...content } = message;
    const { sealer, now } = this.#options;
    return {
      kind,
      sealed: sealer.seal(content),
      address: sealer.addressHash(content.to),
      dueAt: dueAt ?? now(),
    };
  }

  /** False when nothing can be sent this way; then nothing was kept. Answered when it is on the disk. */
  async queue(message: Message & { kind: string }): Promise<boolean> {
    const { transportFor, store, now } = this.#options;
    if (transportFor(message) === null) return false;
    await store.queue([this.sealed(message)], now());
    this.wake();
    return true;
  }

  /** Looks now instead of within a second. */
  wake(): void {
    if (this.#closed || this.#woken) return;
    this.#woken = true;
    this.#working = this.#working.then(async () => {
      this.#woken = false;
      await this.#send().catch(this.#options.failed);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#working;
  }

  async #begin(): Promise<void> {
    const { store, now, log } = this.#options;
    const lost = await store.interrupted(now());
    if (lost > 0) log('Mail was being sent when the program stopped: marked as unknown.', { messages: lost });
    this.#begun = true;
  }

  async #send(): Promise<void> {
    const { store, leads, now } = this.#options;
    if (!leads()) {
      this.#begun = false;
      return;
    }
    if (!this.#begun) await this.#begin();
    if (now() - this.#forgottenAt > day) {
      this.#forgottenAt = now();
      await store.forget(now() - kept);
    }
    while (!this.#closed && now() >= this.#notBefore) {
      const taken = await store.take(together, now());
      if (taken.length === 0) return;
      const results = await Promise.all(
        taken.map(async (mail) => this.#result(mail, await this.#deliver(mail))),
      );
      await store.settle(results, now());
    }
  }

  async #deliver({ sealed, kind }: TakenMail): Promise<Delivery> {
    const message = this.#options.sealer.open(sealed) as Message | null;
    if (!message) return { state: 'refused', reason: 'sealed with another key' };
    const transport = this.#options.transportFor({ ...message, kind });
    if (!transport) return { state: 'unreachable', reason: `nothing is set up to send ${message.by}` };
    try {
      return await transport.send(message);
    } catch (error) {
      this.#options.failed(error);
      return { state: 'unknown', reason: 'the sending failed' };
    }
  }

  #result({ id, attempts, queuedAt }: TakenMail, delivery: Delivery): MailResult {
    const now = this.#options.now();
    const tooLong = now - queuedAt > patience;
    if (delivery.state !== 'unreachable') this.#failures = 0;
    switch (delivery.state) {
      case 'sent':
        return { id, ...delivery };
      case 'refused':
      case 'unknown':
        return { id, state: delivery.state, reason: delivery.reason };
      case 'unreachable':
        this.#wait(now);
        return tooLong
          ? { id, state: 'refused', reason: delivery.reason }
          : { id, state: 'waiting', reason: delivery.reason, dueAt: now };
      case 'later':
        return tooLong
          ? { id, state: 'refused', reason: delivery.reason }
          : { id, state: 'waiting', reason: delivery.reason, dueAt: now + delayOfMessage(attempts) };
    }
  }

  /** Several messages of one round find the same server away: that is one failure. */
  #wait(now: number): void {
    if (now < this.#notBefore) return;
    this.#notBefore = now + delayOfServer(this.#failures++);
  }
}
