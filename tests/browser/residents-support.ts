import { type Browser, chromium as playwright } from 'playwright-core';
import type { Summary } from '#shared/contract/figures.ts';
import { type Program, startProgram } from '../support/program.ts';
import { get } from '../support/ratings.ts';

/** With the same-origin policy, which the packaged arguments switch off: which website may send is tested here. */
export async function startStrictBrowser(): Promise<Browser> {
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const harmful = /single-process|disable-web-security|allow-running-insecure-content/;
  return playwright.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await packaged.executablePath()),
    args: packaged.args.filter((argument) => !harmful.test(argument)),
  });
}

export interface Counted {
  program: Program;
  /** The grades that the server counts, lowest first. */
  received(): Promise<number[]>;
}

export async function startCounted(): Promise<Counted> {
  const program = await startProgram();
  const token = await program.token('viewer');
  return {
    program,
    async received() {
      const { body } = await get<Summary>(program.url, '/summary', token);
      return body.total.histogram.flatMap((count, index) => Array<number>(count).fill(index + 1));
    },
  };
}
