import { expect, test } from 'vitest';
import { inDatabase } from '../../support/database.ts';
import { get, send } from '../../support/ratings.ts';
import { traces, tracesInFiles } from '../../support/traces.ts';
import { until } from '../../support/until.ts';
import { api, invite, letterTo, mailbox, pageOf, press, program, read, tokens } from './here.ts';

export function whatIsKept(): void {
  test('IV9: an address lies sealed, and only until it is sent: nobody reads it before, during and after', async () => {
    const address = 'anneke.deboer@inwoner.test';
    const nowhere = () => traces(program, tokens.admin, [address, 'anneke', 'inwoner.test', '612345678']);
    const kept = () =>
      inDatabase(program.dataDir, (db) =>
        db.prepare('SELECT state, sealed, address FROM mail ORDER BY id DESC LIMIT 1').get(),
      ) as { state: string; sealed: Buffer | null; address: Buffer | null };
    const pause = (paused: boolean) =>
      send('PATCH', api('/outgoing'), { paused }, { authorization: `Bearer ${tokens.admin}` });
    expect(await nowhere()).toEqual([]);
    await pause(true);
    const { body } = await invite({ email: address, product: 'paspoort' });
    expect(body.delivery).toBe('waiting');
    const { sealed, ...before } = kept();
    // The begin of it: the rest may go on in another page of the file.
    const begin = sealed!.subarray(0, 64);
    expect(before).toEqual({ state: 'waiting', address: expect.any(Buffer) });
    expect(await nowhere()).toEqual([]);
    // What is there is found.
    expect(tracesInFiles(program, [begin])).not.toEqual([]);

    const during: Promise<string[]>[] = [];
    mailbox.answer = (to) => {
      if (to === address) during.push(nowhere());
      return null;
    };
    await pause(false);
    await letterTo(address);
    expect(during.length).toBeGreaterThan(1);
    expect((await Promise.all(during)).flat()).toEqual([]);
    await until('sent', () => kept().state === 'sent');
    expect(kept()).toEqual({ state: 'sent', sealed: null, address: null });
    expect(await nowhere()).toEqual([]);
    // Nor is it sealed anywhere once the log of the database was emptied, as it is every day.
    const run = await send(
      'POST',
      api('/privacy/retention-runs'),
      {},
      { authorization: `Bearer ${tokens.privacy}` },
    );
    expect(run.status).toBe(201);
    expect(tracesInFiles(program, [begin])).toEqual([]);
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
