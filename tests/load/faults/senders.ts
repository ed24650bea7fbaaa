import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { aRating } from '../../support/ratings.ts';

/** Posts once; the status, or null when nobody answered. */
function post(agent: Agent, url: string, rating: unknown): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' };
    const sending = request(`${url}/api/v1/ratings`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? null));
      response.on('error', () => resolve(null));
    });
    sending.on('error', () => resolve(null));
    sending.end(JSON.stringify(rating));
  });
}

/** Clients that send ratings as fast as they are answered, and a book of what each rating was answered. */
export class Senders {
  url: string;
  /** Every rating that left, by its number. */
  readonly sent = new Map<string, unknown>();
  /** What was answered 201 or 200: these have to be there. */
  readonly acknowledged = new Set<string>();
  /** What was answered 503 and nothing else: these must not be there. */
  readonly refused = new Set<string>();
  /** What nobody answered: sent again, until somebody does. */
  readonly #open = new Set<string>();
  readonly #busy = new Set<string>();
  /** Other answers, which nobody should get. */
  readonly strange: number[] = [];
  readonly #agent: Agent;
  readonly #clients: number;
  readonly #gap: number;
  #running: Promise<unknown> | null = null;
  #stopping = false;

  /** `gap` is how long each client waits after an answer, in milliseconds. */
  constructor(url: string, { clients = 8, gap = 0 } = {}) {
    this.url = url;
    this.#clients = clients;
    this.#gap = gap;
    this.#agent = new Agent({ keepAlive: true, maxSockets: clients });
  }

  get unanswered(): number {
    return this.#open.size;
  }

  start(): void {
    this.#stopping = false;
    this.#running = Promise.all(Array.from({ length: this.#clients }, () => this.#client()));
  }
  /** Resolves when every client has its last answer, or knows that there will be none. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
    this.#running = null;
  }

  async #client(): Promise<void> {
    while (!this.#stopping) {
      const waiting = [...this.#open].find((id) => !this.#busy.has(id));
      const rating = waiting === undefined ? aRating() : this.sent.get(waiting);
      const status = await this.send(rating as { id: string });
      if (status === null) await pause(5);
      else if (this.#gap > 0) await pause(this.#gap);
    }
  }

  /** Sends one, and books the answer. */
  async send(rating: Record<string, unknown>): Promise<number | null> {
    const id = String(rating.id);
    this.sent.set(id, rating);
    this.#open.add(id);
    this.#busy.add(id);
    const status = await post(this.#agent, this.url, rating);
    this.#busy.delete(id);
    if (status === null) return null;
    this.#open.delete(id);
    if (status === 200 || status === 201) {
      this.acknowledged.add(id);
      this.refused.delete(id);
    } else if (status === 503) {
      if (!this.acknowledged.has(id)) this.refused.add(id);
    } else this.strange.push(status);
    return status;
  }

  /** Sends what nobody answered until somebody does. */
  async settle(): Promise<void> {
    for (let tries = 0; this.#open.size > 0; tries++) {
      if (tries === 200) throw new Error(`${this.#open.size} ratings stay without an answer.`);
      for (const id of [...this.#open]) {
        const status = await this.send(this.sent.get(id) as { id: string });
        if (status === null || status === 503) await pause(20);
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}
