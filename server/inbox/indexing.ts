import { setImmediate as breathe } from 'node:timers/promises';
import type { Store } from '../storage/port.ts';

/** Comments per commit: some ten milliseconds. */
const perStep = 200;

/** Reads comments again when the lexicon changed, a little at a time beside the ratings that come in. */
export function keepIndexed(store: Store, log: (error: unknown) => void): () => Promise<void> {
  let closed = false;
  let again = false;
  let working: Promise<void> | null = null;
  async function work(): Promise<void> {
    do {
      again = false;
      while (!closed && (await store.inbox.index(perStep))) await breathe();
    } while (again && !closed);
  }
  function start(): void {
    again = true;
    working ??= work()
      .catch(log)
      .finally(() => {
        working = null;
      });
  }
  const unlisten = store.onSettings(start);
  start();
  return async () => {
    closed = true;
    unlisten();
    await working;
  };
}
