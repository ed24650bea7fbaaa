import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../storage/port.ts';

/** Comments per commit: some ten milliseconds. */
const perStep = 200;
/** Reading takes at most a fiftieth of the time of a process that takes ratings in, and ten commits a second. */
const restPerStep = 49;
const shortestRest = 100;
/** A step that took long waited for the disk or for others: what comes next must not wait fifty times as long to be heard of. */
const longestRest = 1000;

export interface Indexing {
  /** Reads what came until now, for somebody who asks; when very much came, the rest follows by itself. */
  now(): Promise<unknown>;
  close(): Promise<void>;
}

/** Reads comments for their words and themes after their commit, and all of them again when the lexicon changed. */
export function keepIndexed(
  store: Store,
  { onRead, log }: { onRead: () => void; log: (error: unknown) => void },
): Indexing {
  const stop = new AbortController();
  let again = false;
  let working: Promise<void> | null = null;
  let restUntil = 0;
  async function step(): Promise<boolean> {
    const more = await store.inbox.index(perStep);
    onRead();
    return more;
  }
  async function work(): Promise<void> {
    while (again && !stop.signal.aborted) {
      await pause(Math.max(0, restUntil - performance.now()), undefined, { signal: stop.signal, ref: false });
      again = false;
      if (!store.leads()) break;
      const started = performance.now();
      again = (await step()) || again;
      const ended = performance.now();
      restUntil = ended + Math.min(longestRest, Math.max(shortestRest, restPerStep * (ended - started)));
    }
  }
  function start(): void {
    again = true;
    working ??= work()
      .catch((error) => stop.signal.aborted || log(error))
      .then(() => {
        working = null;
      });
  }
  const unlisten = [store.onSettings(start), store.onChange(start)];
  start();
  return {
    now: step,
    async close() {
      stop.abort();
      for (const off of unlisten) off();
      await working;
    },
  };
}
