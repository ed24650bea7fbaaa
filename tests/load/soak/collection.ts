import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Program, temporaryFolder } from '../../support/program.ts';
import { until } from '../../support/until.ts';

const file = join(temporaryFolder(), 'heap');

/** The environment of a program whose heap can be asked for. */
export const withCollection = (): Record<string, string> => ({
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'collection-preload.ts')).href}`,
  HEAP_FILE: file,
});

/** What is left of the heap when all that nobody uses is collected, in bytes. */
export async function heapAfterCollection(program: Program): Promise<number> {
  rmSync(file, { force: true });
  program.process.kill('SIGUSR2');
  await until('the heap is measured', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
  return Number(readFileSync(file, 'utf8'));
}
