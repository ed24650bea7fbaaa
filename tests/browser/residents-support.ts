import type { Summary } from '#shared/contract/figures.ts';
import { type Program, startProgram } from '../support/program.ts';
import { get } from '../support/ratings.ts';

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
