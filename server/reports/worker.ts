// The reading thread: opens its own reader and answers questions one by one.
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Reader, ReaderAddress } from '../storage/port.ts';
import { answer } from './question.ts';
import type { Reply, Request } from './thread.ts';

const { module, options } = workerData as ReaderAddress;
const { openReader } = (await import(module)) as {
  openReader: (options: unknown) => Reader | Promise<Reader>;
};
const reader = await openReader(options);
const port = parentPort!;

let working: Promise<void> = Promise.resolve();
port.on('message', ({ number, question }: Request) => {
  working = working.then(async () => {
    let reply: Reply;
    try {
      reply = { number, result: await answer(reader, question) };
    } catch (error) {
      const refused =
        error instanceof ProblemError
          ? { code: error.code, detail: error.detail, errors: error.errors }
          : null;
      reply = {
        number,
        refused,
        failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
    port.postMessage(reply);
  });
});
