import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Reach, type Role } from '#shared/contract/access.ts';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { hashOf } from '../../server/access/accounts.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { type Program, type ProgramOptions, startProgram, temporaryFolder } from './program.ts';

export interface Wanted extends ProgramOptions {
  settings?: SettingsFile;
  /**
   * Tokens by a name of the test's own; `machine telephony:KEY` is the token of that line, `viewer channels:balie,web` is
   * limited to those channels, `viewer locations:Noord` to that location.
   */
  tokens?: Record<string, string>;
}

/** Settings and tokens that are in the database before the program starts, so that no test waits for them. */
export async function prepare(
  dataDir: string,
  { settings, tokens = {} }: Pick<Wanted, 'settings' | 'tokens'>,
): Promise<Record<string, string>> {
  const store = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
  const secrets: Record<string, string> = {};
  if (settings) await store.changeSettings(settings);
  for (const [name, wanted] of Object.entries(tokens)) {
    const [role = '', more = ''] = wanted.split(' ');
    const [, limit, keys = ''] = /^(channels|locations):(.*)$/.exec(more) ?? [];
    const reach = limit ? Reach.parse({ [limit]: keys.split(',') }) : null;
    const scope = more && !reach ? more : null;
    const secret = randomBytes(32).toString('base64url');
    const now = Date.now();
    await store.access.addToken({
      name,
      role: role as Role,
      scope,
      reach,
      hash: hashOf(secret),
      expiresAt: null,
      now,
    });
    secrets[name] = secret;
  }
  await store.close();
  return secrets;
}

export async function startPrepared<Names extends string = string>(
  wanted: Wanted & { tokens?: Record<Names, string> },
): Promise<{ program: Program; tokens: Record<Names, string> }> {
  const { settings, tokens, dataDir = join(temporaryFolder(), 'data'), ...options } = wanted;
  const secrets = await prepare(dataDir, { settings, tokens });
  return { program: await startProgram({ ...options, dataDir }), tokens: secrets as Record<Names, string> };
}
