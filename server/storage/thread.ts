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
 * in, never in front of it. Started with the first question; when it fails, with the next.
 */
export class ReadingThread {
  readonly #address: ReaderAddress;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #number = 0;

  constructor(address: ReaderAddress) {
    this.#address = address;
  }

  async ask<Answer>(module: string, question: unknown): Promise<Answer> {
    const worker = this.#start();
    const number = this.#number++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      worker.postMessage({ number, module, question } satisfies Request);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./thread-worker.ts', import.meta.url), {
      workerData: this.#address,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    worker.unref();
    worker.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.number);
      this.#waiting.delete(reply.number);
      if ('result' in reply) waiting?.resolve(reply.result as never);
      else if (reply.refused)
        waiting?.reject(
          new ProblemError(reply.refused.code, reply.refused.detail, { errors: reply.refused.errors }),
        );
      else waiting?.reject(new Error(reply.failure));
    });
    const failed = (error: unknown) => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    worker.on('error', failed);
    worker.on('exit', () => failed(new Error('The reading thread ended.')));
    this.#worker = worker;
    return worker;
  }
}
