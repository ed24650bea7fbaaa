import type { Summary } from '#shared/contract/figures.ts';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get } from '../support/ratings.ts';

export interface Counted {
  program: Program;
  /** The grades that the server counts since `forget`, lowest first. */
  received(): Promise<number[]>;
  /** What was counted until now is no part of the next test. */
  forget(): Promise<void>;
}

export async function startCounted(settings: SettingsFile = {}): Promise<Counted> {
  const { program, tokens } = await startPrepared({ settings, tokens: { viewer: 'viewer' } });
  const counted = async () =>
    (await get<Summary>(program.url, '/summary', tokens.viewer)).body.total.histogram;
  let before: number[] = [];
  return {
    program,
    async received() {
      const now = await counted();
      return now.flatMap((count, index) => Array<number>(count - (before[index] ?? 0)).fill(index + 1));
    },
    async forget() {
      before = await counted();
    },
  };
}
