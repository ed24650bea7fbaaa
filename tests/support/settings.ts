import { randomUUID } from 'node:crypto';
import { SettingsFile } from '#shared/contract/settings.ts';
import { prepare } from './prepared.ts';
import type { Program } from './program.ts';
import { get } from './ratings.ts';
import { until } from './until.ts';

/** Loads settings as another process does, such as the command; resolves when the running program has seen them. */
export async function loadSettings(program: Program, settings: Record<string, unknown>): Promise<void> {
  const municipality = `Gemeente ${randomUUID()}`;
  await prepare(program.dataDir, { settings: SettingsFile.parse({ municipality, ...settings }) });
  const expected = settings.municipality ?? municipality;
  await until('the program sees its new settings', async () => {
    const { body } = await get<{ municipality: string }>(program.url, '/meta');
    return body.municipality === expected;
  });
}
