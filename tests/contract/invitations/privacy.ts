import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { inDatabase } from '../../support/database.ts';
import { get, send } from '../../support/ratings.ts';
import { api, invite, pageOf, press, program, read, tokens } from './here.ts';

export function whatIsKept(): void {
  test('IV9: no address is in a file, the log or the metrics, whatever happened before', async () => {
    const files = [program.dataDir, dirname(program.dataDir)].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => readFileSync(join(folder, name), 'latin1')),
    );
    const metrics = await (
      await fetch(`${program.url}/metrics`, { headers: { authorization: `Bearer ${tokens.admin}` } })
    ).text();
    for (const text of [...files, ...program.output, metrics])
      expect(text).not.toMatch(/inwoner\.test|6(?:12345678|87654321)/i);
    expect(files.length).toBeGreaterThan(1);
  });

  test('IV9: after its period nothing leads to an invitation that was answered; the response rate stays', async () => {
    const [gone, waits] = [await invite({}), await invite({})];
    expect((await press(pageOf(gone.body.link), { grade: '6' })).status).toBe(303);
    const rate = await read('/invitations/response-rates', tokens.viewer);
    inDatabase(program.dataDir, (db) =>
      db
        .prepare('UPDATE invitations SET answered_at = answered_at - ? WHERE answered_at IS NOT NULL')
        .run(31 * 86_400_000),
    );
    expect((await fetch(pageOf(gone.body.link))).status).toBe(410);
    const run = await send(
      'POST',
      api('/privacy/retention-runs'),
      {},
      { authorization: `Bearer ${tokens.privacy}` },
    );
    expect(run.status).toBe(201);
    expect((await fetch(pageOf(gone.body.link))).status).toBe(404);
    expect((await get(program.url, `/invitations/${gone.body.id}`, tokens.machine)).status).toBe(404);
    expect((await fetch(pageOf(waits.body.link))).status).toBe(200);
    expect(await read('/invitations/response-rates', tokens.viewer)).toEqual(rate);
  });
}
