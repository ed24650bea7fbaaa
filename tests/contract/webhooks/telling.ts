import { createHmac, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventTypes, type WebhookMade } from '#shared/contract/webhooks.ts';
import { hashOf } from '../../../server/access/accounts.ts';
import { webhooks } from '../../../server/app/webhooks.ts';
import { SilenceWatch } from '../../../server/devices/silence.ts';
import { sealerOf } from '../../../server/mail/seal.ts';
import { openSqlite } from '../../../server/storage/sqlite/store.ts';
import { inDatabase } from '../../support/database.ts';
import { temporaryFolder } from '../../support/program.ts';
import { aRating, post, send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import { aDevice } from '../store/devices.ts';
import { aSignal } from '../store/signals.ts';
import { add, api, asAdmin, count, of, port, program, receiver, told } from './here.ts';

export function whatIsTold(): void {
  test('WH1: a rating, its correction and its comment are told as CloudEvents, in order, signed, without its id', async () => {
    await receiver();
    const made = await add();
    expect(made.status).toBe(201);
    const { secret } = made.body as WebhookMade;
    const rating = aRating({ grade: 8 });
    await post(program.url, rating);
    await count(1);
    await send('PATCH', api(`/ratings/${rating.id}`), {
      grade: 3,
      comment: 'Te lang gewacht, bel 0612345678',
    });
    await count(3);
    const [received] = told;
    const { subject } = received!.event;
    expect(of(subject).map(({ type }) => type)).toEqual([
      'nl.klantpuls.waardering-ontvangen',
      'nl.klantpuls.waardering-gewijzigd',
      'nl.klantpuls.reactie-ontvangen',
    ]);
    expect(of(subject).map(({ data }) => data.grade)).toEqual([8, 3, 3]);
    expect(of(subject)[2]!.data.comment).toBe('Te lang gewacht, bel [telefoonnummer]');
    expect(received!.event).toMatchObject({
      specversion: '1.0',
      source: 'urn:nld:oin:00000001002220647000:systeem:klantpuls',
      datacontenttype: 'application/json',
      data: { reference: subject, touchpoint: 'balie-1', channel: 'balie', product: null },
    });
    for (const { headers, text, event } of told) {
      expect(text).not.toContain(rating.id);
      expect(headers['content-type']).toContain('application/cloudevents+json');
      expect(headers['webhook-id']).toBe(event.id);
      const signed = `${event.id}.${headers['webhook-timestamp']}.${text}`;
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      );
    }
  });

  test('WH1: a signal and a tablet that fell silent are told, each once, also by a program that started after they came', async () => {
    const file = join(temporaryFolder(), 'data', 'k.db');
    let store = await openSqlite({ file });
    let clock = Date.parse('2026-07-01T10:00:00+02:00');
    const failures: unknown[] = [];
    const logError = (error: unknown) => failures.push(error);
    const secret = 'a secret of the program that is long enough';
    const sealer = sealerOf(secret);
    const url = `http://127.0.0.1:${port}/hook`;
    const key = sealer.seal(randomBytes(32).toString('base64'));
    const hook = { name: 'x', url, types: eventTypes, sealed: key, createdAt: clock };
    const id = await store.webhooks.add({ ...hook, types: [...eventTypes] });
    const silence = new SilenceWatch({
      ...{ store, now: () => clock, log: logError },
      tell: () => {},
    });
    const device = await store.devices.add(aDevice({ name: 'Tablet hal' }), clock);
    await store.devices.pair(device.id, hashOf('a'), clock);
    await silence.look();
    clock += 4 * 60_000;
    await silence.look();
    await silence.look();
    const [signal] = await store.keepWatch(null, [aSignal({ raisedAt: clock })]);
    await silence.close();
    // Nothing told of them so far: whoever is killed here loses nothing.
    await store.close();
    store = await openSqlite({ file });
    const out = webhooks({
      ...{ store, secret, sealer, logError, now: () => clock },
      settings: { oin: '00000001002220647000', allowed: ['127.0.0.1'] },
    });
    await until('tried in vain', async () => {
      const kept = (await store.webhooks.deliveries(id, 9))!;
      return kept.length === 2 && kept.some(({ attempts }) => attempts > 0);
    });

    await receiver();
    clock += 60 * 60_000;
    await count(2);
    await until('delivered', async () => (await store.webhooks.counts()).delivered === 2);
    const byType = (type: string) =>
      told.filter(({ event }) => event.type === type).map(({ event }) => event);
    expect(byType('nl.klantpuls.apparaat-stil')).toMatchObject([
      {
        subject: `apparaat-${device.id}`,
        data: { name: 'Tablet hal', touchpoint: 'balie-1', silentSince: '2026-07-01T08:04:00.000Z' },
      },
    ]);
    expect(byType('nl.klantpuls.signaal-gegeven')).toMatchObject([
      {
        subject: `signaal-${signal!.id}`,
        data: { scope: 'touchpoint', key: 'balie-1', meanBefore: 7.5, meanSince: 6.25 },
      },
    ]);
    expect(told).toHaveLength(2);
    await out.close();
    await store.close();
    expect(failures).toEqual([]);
  });

  test('WH3: only what was asked for is told, from then on; imported and late ratings and trials tell nothing', async () => {
    await receiver();
    await post(program.url, aRating());
    const { body: hook } = await add({ types: ['nl.klantpuls.reactie-ontvangen'] });
    const late = new Date(Date.now() - 4 * 3_600_000).toISOString();
    await post(program.url, aRating({ givenAt: late, comment: 'laat' }));
    await post(program.url, aRating({ touchpoint: 'proef-1', comment: 'om te proberen' }));
    const file = join(temporaryFolder(), 'import.csv');
    writeFileSync(
      file,
      `touchpoint,grade,givenAt,comment\nbalie-1,8,${new Date().toISOString()},ingelezen\n`,
    );
    expect((await program.command('import', file)).stdout).toContain('1 accepted');
    const kept = inDatabase(program.dataDir, (db) => db.prepare('SELECT text FROM comments').pluck().all());
    expect(kept).toEqual(expect.arrayContaining(['laat', 'om te proberen', 'ingelezen']));
    await post(program.url, aRating({ comment: 'op tijd' }));
    await count(1);
    await post(program.url, aRating());
    await post(program.url, aRating({ comment: 'ook op tijd' }));
    await count(2);
    expect(told.map(({ event }) => event.data.comment)).toEqual(['op tijd', 'ook op tijd']);
    await asAdmin('DELETE', `/webhooks/${hook.id}`);
    await post(program.url, aRating({ comment: 'niemand luistert' }));
    expect(
      inDatabase(program.dataDir, (db) => db.prepare('SELECT count(*) FROM rating_events').pluck().get()),
    ).toBe(0);
  });
}
