// The reading thread: opens its own reader and answers questions one by one.
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Reader, ReaderAddress } from './port.ts';
import type { Answerer, Reply, Request } from './thread.ts';

giveWay();
const { module, options } = workerData as ReaderAddress;
const { openReader } = (await import(module)) as {
  openReader: (options: unknown) => Reader | Promise<Reader>;
};
const reader = await openReader(options);
const port = parentPort!;

async function reply({ number, module, question }: Request): Promise<Reply> {
  try {
    await reader.refresh();
    const { answer } = (await import(module)) as { answer: Answerer<unknown, unknown> };
    return { number, result: await answer(reader, question) };
  } catch (error) {
    const refused =
      error instanceof ProblemError ? { code: error.code, detail: error.detail, errors: error.errors } : null;
    return {
      number,
      refused,
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

let working: Promise<void> = Promise.resolve();
let asked = 0;
port.on('message', (request: Request) => {
  asked++;
  working = working.then(async () => {
    port.postMessage(await reply(request));
    asked--;
    setImmediate(prepare);
  });
});

let preparing = false;
/** In small pieces, between which a question is heard. */
async function prepare(): Promise<void> {
  if (preparing) return;
  preparing = true;
  try {
    while (asked === 0 && (await reader.prepare?.())) await new Promise(setImmediate);
  } catch {
    // Whoever asks hears what is wrong.
  } finally {
    preparing = false;
  }
}

/**
 * Whoever sends a rating goes before whoever asks about years, also where both share a core. Linux has a priority per
 * thread, named by the number of the thread; where it has not, all have the same.
 */
function giveWay(): void {
  try {
    setPriority(
      Number(basename(readlinkSync('/proc/thread-self'))),
      constants.priority.PRIORITY_BELOW_NORMAL,
    );
  } catch {}
}
