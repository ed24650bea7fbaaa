import { Worker } from 'node:worker_threads';
import { type FieldError, type ProblemCode, ProblemError } from '#shared/contract/errors.ts';
import type { Reader, ReaderAddress } from './port.ts';

/** What a module exports to be asked in the reading thread: an answer that can be posted to another thread. */
export type Answerer<Question, Answer> = (reader: Reader, question: Question) => Promise<Answer>;

export interface Request {
  number: number;
  /** Address of the module whose `answer` is called. */
  module: string;
  question: unknown;
}
export type Reply =
  | { number: number; result: unknown }
  | {
      number: number;
      refused: { code: ProblemCode; detail: string; errors: FieldError[] } | null;
      failure: string;
    };

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: unknown) => void;
}

/** Memory of the thread, in MB: a question that needs more fails by itself. */
const memory = 512;

/**
 * The way to the reading thread: questions about years of ratings are answered beside the process that takes ratings
 * in, never in front of it. Started with the first question, or before; when it fails, with the next.
 */
export class ReadingThread {
  readonly #address: ReaderAddress;
  #running: { worker: Worker; waiting: Map<number, Waiting> } | null = null;
  #number = 0;
  #soon: NodeJS.Timeout | null = null;

  constructor(address: ReaderAddress) {
    this.#address = address;
  }

  async ask<Answer>(module: string, question: unknown): Promise<Answer> {
    const { worker, waiting } = this.#start();
    const number = this.#number++;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, module, question } satisfies Request);
    });
  }

  /** Starts it after so many milliseconds, if nobody asks before, so that it reads what will be asked. */
  startIn(delay: number): void {
    this.#soon = setTimeout(() => {
      try {
        this.#start();
      } catch {
        // A thread that cannot be had harms nobody now: whoever asks tries again, and hears what is wrong.
      }
    }, delay);
    this.#soon.unref();
  }

  async close(): Promise<void> {
    if (this.#soon) clearTimeout(this.#soon);
    await this.#running?.worker.terminate();
  }

  #start() {
    if (this.#running) return this.#running;
    const worker = new Worker(new URL('./thread-worker.ts', import.meta.url), {
      workerData: this.#address,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    worker.unref();
    // Of this thread alone: what its successor is asked must not end with it.
    const waiting = new Map<number, Waiting>();
    const running = { worker, waiting };
    worker.on('message', (reply: Reply) => {
      const asker = waiting.get(reply.number);
      waiting.delete(reply.number);
      if ('result' in reply) asker?.resolve(reply.result as never);
      else if (reply.refused)
        asker?.reject(
          new ProblemError(reply.refused.code, reply.refused.detail, { errors: reply.refused.errors }),
        );
      else asker?.reject(new Error(reply.failure));
    });
    const failed = (error: unknown) => {
      if (this.#running === running) this.#running = null;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    worker.on('error', failed);
    worker.on('exit', () => failed(new Error('The reading thread ended.')));
    this.#running = running;
    return running;
  }
}
