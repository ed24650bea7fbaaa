import { setImmediate as turn } from 'node:timers/promises';
import type { Change } from '#shared/contract/live.ts';

/** So many are written to in one turn of the event loop, a millisecond or two: others are served in between. */
export const perTurn = 50;
/** Whoever has so many messages waiting for him does not read: two seconds of a busy time, and what the systems on the way hold. */
const mostBehind = 20;

interface Listening {
  id: string;
  /** `writeBuffer` is what Engine.IO keeps for a connection that takes no more; its types leave it out. */
  conn: { close(discard?: boolean): unknown };
}
const isBehind = ({ conn }: Listening): boolean =>
  (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length > mostBehind;

/** Who listens to which topic. */
export class Listeners {
  readonly #topics = new Map<string, Set<Listening>>();
  readonly #tell: (ids: string[], change: Change) => void;

  constructor(tell: (ids: string[], change: Change) => void) {
    this.#tell = tell;
  }

  join(topic: string, socket: Listening): void {
    const all = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, all.add(socket));
  }

  leave(topic: string, socket: Listening): void {
    const all = this.#topics.get(topic);
    all?.delete(socket);
    if (all?.size === 0) this.#topics.delete(topic);
  }

  /**
   * Tells all who listen now. Whoever does not read is cut off, and is right again when he comes back: what he missed is not
   * kept for him.
   */
  async push(topic: string, change: Change): Promise<void> {
    const all = this.#topics.get(topic);
    let told: string[] = [];
    for (const socket of [...(all ?? [])]) {
      if (!all?.has(socket)) continue;
      if (isBehind(socket)) {
        socket.conn.close(true);
        continue;
      }
      told.push(socket.id);
      if (told.length < perTurn) continue;
      this.#tell(told, change);
      told = [];
      await turn();
    }
    if (told.length > 0) this.#tell(told, change);
  }
}
