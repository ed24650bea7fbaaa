import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Program } from './program.ts';

const filesOf = (folder: string, recursive: boolean) =>
  readdirSync(folder, { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Where one of these stands, case aside, in what the program has written so far: its data, what lies beside it, its log. */
export function tracesInFiles(program: Program, wanted: readonly (string | Buffer)[]): string[] {
  const files = [...filesOf(program.dataDir, true), ...filesOf(dirname(program.dataDir), false)];
  const places: [string, string][] = [
    ...files.map((file): [string, string] => [basename(file), readFileSync(file, 'latin1')]),
    ['the log', program.output.join('\n')],
  ];
  return found(places, wanted);
}

/** The same, in its metrics too. The files are read before this first waits. */
export async function traces(
  program: Program,
  token: string,
  wanted: readonly (string | Buffer)[],
): Promise<string[]> {
  const inFiles = tracesInFiles(program, wanted);
  const metrics = await fetch(`${program.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  if (!metrics.ok) throw new Error(`The metrics answered ${metrics.status}.`);
  return [...inFiles, ...found([['the metrics', await metrics.text()]], wanted)];
}

function found(places: [string, string][], wanted: readonly (string | Buffer)[]): string[] {
  const texts = wanted.map((one) => (typeof one === 'string' ? one : one.toString('latin1')).toLowerCase());
  return places
    .filter(([, content]) => {
      const lower = content.toLowerCase();
      return texts.some((text) => lower.includes(text));
    })
    .map(([name]) => name);
}
