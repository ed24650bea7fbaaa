import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inDatabase } from '../../support/database.ts';
import { runCommand, startProgram, temporaryFolder } from '../../support/program.ts';
import { aRating, post, send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import {
  add,
  admin,
  answer,
  api,
  asAdmin,
  away,
  count,
  environment,
  of,
  program,
  receiver,
  restart,
  told,
} from './here.ts';

export function whoWasAway(): void {
  test('WH2: a receiver that was away gets everything, in exact order for each subject, with the same ids; also after a restart', async () => {
    const waiting = async () => (await asAdmin('GET', '/outgoing')).body.deliveries.waiting;
    const change = (id: string, fields: object) => send('PATCH', api(`/ratings/${id}`), fields);
    await add();
    const ratings = Array.from({ length: 30 }, (_, i) => {
      const grade = 1 + (i % 10);
      return { id: randomUUID(), grade };
    });
    for (const { id, grade } of ratings) await post(program.url, aRating({ id, grade }));
    for (const { id, grade } of ratings.slice(0, 10))
      await change(id, { grade: 11 - grade, comment: `reactie ${grade}` });
    await until('tried in vain', async () => (await waiting()) === 50);

    await program.kill();
    await restart();
    // A failing answer is no delivery, and what comes again has the same id.
    answer(503);
    await receiver();
    await count(1);
    for (const { id, grade } of ratings.slice(0, 5)) await change(id, { grade });
    await until('more waits', async () => (await waiting()) === 55);
    const refused = told.length;
    answer(200);
    await until('all told', async () => (await waiting()) === 0);
    const happened = inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT id, type, subject FROM webhook_events ORDER BY number DESC LIMIT 55').all(),
    ).reverse() as { id: string; type: string; subject: string }[];
    // Whatever was answered with 200 is not told twice.
    const delivered = told.slice(refused).map(({ event }) => event.id);
    expect(delivered.sort()).toEqual(happened.map(({ id }) => id).sort());
    // Nothing of a subject is even tried before what came earlier has arrived.
    for (const subject of new Set(happened.map((one) => one.subject))) {
      const tried = of(subject).map(({ id }) => id);
      expect(tried.filter((id, place) => id !== tried[place - 1])).toEqual(
        happened.filter((one) => one.subject === subject).map(({ id }) => id),
      );
    }
  });

  test('ML4: after a restore nothing is told or sent until it is released, by what waits or without it', async () => {
    await receiver();
    await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
    expect((await asAdmin('PATCH', '/outgoing', { paused: true })).body.paused).toBe(true);
    await post(program.url, aRating());
    await until('waits', async () => (await asAdmin('GET', '/outgoing')).body.deliveries.waiting === 1);
    const released = await asAdmin('PATCH', '/outgoing', { paused: false, discard: ['webhooks', 'mail'] });
    expect(released.body).toMatchObject({ paused: false, deliveries: { waiting: 0 } });
    await post(program.url, aRating({ grade: 4 }));
    await count(1);
    expect(told.map(({ event }) => event.data.grade)).toEqual([4]);
  });

  test('ML4: what a backup still had to tell waits after the real restore, also what comes, until the real release', async () => {
    const { body: hook } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
    await post(program.url, aRating({ grade: 2 }));
    const last = async (url: string) =>
      (
        await send<ReturnType<typeof JSON.parse>>(
          'GET',
          `${url}/api/v1/webhooks/${hook.id}/deliveries`,
          undefined,
          {
            authorization: `Bearer ${admin}`,
          },
        )
      ).body.items;
    await until('waits', async () => (await last(program.url)).length === 1);
    const file = join(temporaryFolder(), 'copy.db');
    expect((await program.command('backup', file)).code).toBe(0);

    const dataDir = join(temporaryFolder(), 'data');
    copyFileSync(`${program.dataDir}.key`, `${dataDir}.key`);
    // The program that it was made of is gone by then.
    await asAdmin('DELETE', `/webhooks/${hook.id}`);
    expect((await runCommand(dataDir, 'restore', file)).stdout).toContain('are paused');
    await receiver();
    const restored = await startProgram({ dataDir, environment: environment() });
    const outgoing = async () =>
      (
        await send<ReturnType<typeof JSON.parse>>('GET', `${restored.url}/api/v1/outgoing`, undefined, {
          authorization: `Bearer ${admin}`,
        })
      ).body;
    await post(restored.url, aRating({ grade: 3 }));
    // The second event shows that the outbox was looked at.
    await until('both wait', async () => (await last(restored.url)).length === 2);
    expect(await outgoing()).toMatchObject({ paused: true, deliveries: { waiting: 2, delivered: 0 } });
    expect(told).toEqual([]);
    expect((await runCommand(dataDir, 'release')).stdout).toBe(
      'Released. Discarded: 0 messages, 0 webhook deliveries.\n',
    );
    await count(2);
    await until('all told', async () => (await outgoing()).deliveries.delivered === 2);
    expect(told.map(({ event }) => event.data.grade).sort()).toEqual([2, 3]);

    // Or without what waited: that went out before.
    await away();
    await post(restored.url, aRating({ grade: 5 }));
    await until('waits', async () => (await outgoing()).deliveries.waiting === 1);
    expect((await runCommand(dataDir, 'release', '--discard')).stdout).toBe(
      'Released. Discarded: 0 messages, 1 webhook deliveries.\n',
    );
    expect(await outgoing()).toMatchObject({ paused: false, deliveries: { waiting: 0, failed: 1 } });
    await restored.stop();
  });
}
