// The reading thread: opens its own reader and answers questions one by one.
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '#shared/contract/errors.ts';
import { giveWay } from './give-way.ts';
import type { Reader, ReaderAddress } from './port.ts';
import type { Answerer, Reply, Request } from './thread.ts';

// Whoever sends a rating goes first, and whoever asks is not left to wait: more steps made answers three times slower (decision 0014).
giveWay(4);
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
let soon: NodeJS.Timeout | undefined;
port.on('message', (request: Request) => {
  clearTimeout(soon);
  soon = undefined;
  working = working.then(async () => port.postMessage(await reply(request))).then(() => prepareSoon());
});

/** Milliseconds without a question after which others are prepared for. */
const idle = 100;

/** One piece at a time, between which a question is heard. */
function prepareSoon(): void {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    const mine = soon;
    // Whoever asks hears what is wrong.
    while (soon === mine && (await reader.prepare?.().catch(() => false))) await new Promise(setImmediate);
  }, idle);
}

prepareSoon();
