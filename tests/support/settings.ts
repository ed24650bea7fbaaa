import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, temporaryFolder } from './program.ts';
import { get } from './ratings.ts';
import { until } from './until.ts';

/** Loads settings by the real command; resolves when the running program has seen them. */
export async function loadSettings(program: Program, settings: Record<string, unknown>): Promise<void> {
  const municipality = `Gemeente ${randomUUID()}`;
  const file = join(temporaryFolder(), 'settings.json');
  writeFileSync(file, JSON.stringify({ municipality, ...settings }));
  const { code, stderr } = await program.command('settings', file);
  if (code !== 0) throw new Error(stderr);
  const expected = settings.municipality ?? municipality;
  await until('the program sees its new settings', async () => {
    const { body } = await get<{ municipality: string }>(program.url, '/meta');
    return body.municipality === expected;
  });
}
