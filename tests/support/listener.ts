import { io, type Socket } from 'socket.io-client';
import type { Problem } from '#shared/contract/errors.ts';
import type { Group, Summary } from '#shared/contract/figures.ts';
import { until } from './until.ts';

export type Reply = Summary & { error?: Problem };

/** One dashboard: a real socket that merges what it hears, as a client has to. */
export class Listener {
  readonly socket: Socket;
  readonly changes: Summary[] = [];
  /** The summary with every change merged in. */
  shown: Summary | null = null;

  constructor(url: string, auth: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    this.socket = io(`${url}/live`, {
      auth,
      extraHeaders: headers,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    this.socket.on('change', (change: Summary) => {
      this.changes.push(change);
      if (this.shown) this.shown = merged(this.shown, change);
    });
  }

  /** Resolves when connected; rejects with the reason of a refusal. */
  connected(): Promise<this> {
    if (this.socket.connected) return Promise.resolve(this);
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve(this));
      this.socket.once('connect_error', reject);
    });
  }

  /** Resolves with the acknowledgement of one message. */
  ask(event: string, ...args: unknown[]): Promise<Reply> {
    return this.socket.timeout(15_000).emitWithAck(event, ...args);
  }

  async subscribe(request: unknown): Promise<Reply> {
    const reply = await this.ask('subscribe', request);
    if (!reply.error) this.shown = reply;
    return reply;
  }

  /** Waits until the merged figures are as expected. */
  sees(what: string, is: (shown: Summary) => boolean): Promise<unknown> {
    return until(what, () => this.shown !== null && is(this.shown));
  }

  close(): void {
    this.socket.close();
  }
}

function merged(shown: Summary, change: Summary): Summary {
  const groups = new Map<string, Group>(shown.groups.map((group) => [group.key, group]));
  for (const group of change.groups) groups.set(group.key, group);
  return { sequence: change.sequence, total: change.total, groups: [...groups.values()] };
}

/** Groups by key, without those that are empty: what two views of the same figures must agree on. */
export const figuresIn = ({ total, groups }: Summary) => ({
  total,
  groups: Object.fromEntries(
    groups
      .filter(({ n, derived }) => n > 0 || (derived?.n ?? 0) > 0)
      .map((group) => [group.key, group] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
});
