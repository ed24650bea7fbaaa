import { randomUUID } from 'node:crypto';
import { inDatabase } from '../../support/database.ts';
import { type Heard, parametersOf, sendWebhook } from '../../support/phone.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';

export const secret = 'the auth token of the platform';
export let program: Program;
export let tokens: Record<'viewer' | 'admin', string>;

export const aLine = (key: string, fields = {}) => ({
  ...{ key, name: key, channel: 'telefoon', location: null, scale: 'grade' as const },
  ...{ origins: [], trial: false, retired: false, ...fields },
});

export async function start(): Promise<void> {
  const started = await startPrepared({
    environment: { TWIML_AUTH_TOKEN: secret },
    settings: { touchpoints: ['line-own', 'line-telnyx', 'line-two'].map((key) => aLine(key)) },
    tokens: { viewer: 'viewer', admin: 'admin' },
  });
  program = started.program;
  tokens = started.tokens;
}
export async function stop(): Promise<void> {
  await program.stop();
}

export const line = 'telefoon-14079';
export const addressOf = (query = 'lang=nl', touchpoint = line) =>
  `${program.url}/api/v1/telephony/twiml/${touchpoint}?${query}`;
export const newCall = () => `CA${randomUUID().replaceAll('-', '')}`;
export const message = (callId: string, address: string, digits?: string): Promise<Heard> =>
  sendWebhook(address, parametersOf(callId, digits === undefined ? {} : { Digits: digits }), { secret });

/** A whole call: each of `keys` is what is sent at the next step; undefined: nothing was pressed. */
export async function walk(keys: (string | undefined)[], query = 'lang=nl', touchpoint = line) {
  const callId = newCall();
  const heard = [await message(callId, addressOf(query, touchpoint))];
  for (const digits of keys) heard.push(await message(callId, heard.at(-1)!.action!, digits));
  return { callId, heard, last: heard.at(-1)! };
}

export const ratings = (touchpoint = line) =>
  inDatabase(
    program.dataDir,
    (db) =>
      db
        .prepare(
          `SELECT grade, marks, answers, languages.key AS language FROM ratings
           JOIN placements ON placements.id = placement LEFT JOIN languages ON languages.id = language
           WHERE touchpoint = ? ORDER BY seq`,
        )
        .all(touchpoint) as { grade: number; marks: number; answers: string | null; language: string }[],
  );
export const added = async (work: () => Promise<unknown>) => {
  const before = ratings().length;
  await work();
  return ratings()
    .slice(before)
    .map(({ grade }) => grade);
};

/** The same data, a new process. */
export async function restart(): Promise<void> {
  program = await program.restart();
}
