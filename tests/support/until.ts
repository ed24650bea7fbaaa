import { setTimeout as pause } from 'node:timers/promises';

/** Waits for something to become true, with a limit that is only there for when it never does. */
export async function until<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  limit = 20_000,
): Promise<Exclude<Value, false | null | undefined>> {
  for (const started = performance.now(); ; await pause(15)) {
    const found = await look();
    if (found) return found as Exclude<Value, false | null | undefined>;
    if (performance.now() - started > limit) throw new Error(`This did not happen: ${what}.`);
  }
}
