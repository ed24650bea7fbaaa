import { expect, test } from 'vitest';
import { eventTypes } from '#shared/contract/webhooks.ts';
import { inDatabase } from '../../support/database.ts';
import { startPrepared } from '../../support/prepared.ts';
import { aRating, get, post, send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import { add, answer, asAdmin, count, port, program, receiver, told, viewer } from './here.ts';

export function howItIsKept(): void {
  test('WH4: what was told is seen and can be told again; the secret is shown once and lies sealed', async () => {
    await receiver();
    const { body: hook } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
    await post(program.url, aRating());
    await count(1);
    const seen = () => asAdmin('GET', `/webhooks/${hook.id}/deliveries`);
    await until('delivered', async () => (await seen()).body.items[0]?.state === 'delivered');
    const [delivery] = (await seen()).body.items;
    expect(delivery).toMatchObject({ event: told[0]!.event.id, attempts: 1, status: 200, reason: null });
    const again = await asAdmin('POST', `/webhooks/${hook.id}/replays`, { events: [delivery.event] });
    expect(again.body).toEqual({ replayed: 1 });
    await count(2);
    expect(told[1]!.text).toBe(told[0]!.text);
    const listed = await asAdmin('GET', '/webhooks');
    expect(JSON.stringify(listed.body)).not.toContain('whsec');
    const sealed = inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT sealed FROM webhooks').pluck().get(),
    ) as Buffer;
    expect(sealed.includes(Buffer.from(hook.secret.slice(6), 'base64'))).toBe(false);
    expect((await get(program.url, '/webhooks', viewer)).status).toBe(403);
    expect((await asAdmin('GET', '/webhooks/99999/deliveries')).status).toBe(404);
    expect((await asAdmin('DELETE', '/webhooks/99999')).status).toBe(404);
  });

  test('WH5: private addresses are refused, also behind a name, and a redirect is not followed', async () => {
    for (const url of [
      'http://10.0.0.8/hook',
      'https://192.168.1.1/',
      'http://[::1]:80/',
      'http://[::ffff:10.0.0.8]/',
      'http://127.0.0.2/',
      'http://2130706434/',
      'ftp://example.nl/',
      'https://user:secret@example.nl/',
      'geen adres',
    ])
      expect((await add({ url })).status, url).toBe(400);
    await receiver();
    const { body: moved } = await add({ types: ['nl.klantpuls.waardering-ontvangen'] });
    answer(302);
    await post(program.url, aRating());
    const last = async (id: number) => (await asAdmin('GET', `/webhooks/${id}/deliveries`)).body.items[0];
    const tried = await until('tried', async () => {
      const delivery = await last(moved.id);
      return delivery?.attempts > 0 && delivery;
    });
    expect(tried).toMatchObject({
      state: 'waiting',
      status: 302,
      reason: 'redirects are not followed',
    });
  });

  test('WH5: a name is refused when it turns out to lead to a private address, and nothing is sent there', async () => {
    await receiver();
    const here = await startPrepared({ tokens: { admin: 'admin' } });
    const call = (method: string, path: string, body?: unknown) =>
      send<ReturnType<typeof JSON.parse>>(method, `${here.program.url}/api/v1${path}`, body, {
        authorization: `Bearer ${here.tokens.admin}`,
      });
    const url = `http://localhost:${port}/hook`;
    const made = await call('POST', '/webhooks', { name: 'Intern', url, types: eventTypes });
    expect(made.status).toBe(201);
    await post(here.program.url, aRating());
    const last = async () => (await call('GET', `/webhooks/${made.body.id}/deliveries`)).body.items[0];
    const tried = await until('tried', async () => {
      const delivery = await last();
      return delivery?.attempts > 0 && delivery;
    });
    expect(tried).toMatchObject({
      state: 'waiting',
      status: null,
      reason: 'localhost is an address of a private network; see WEBHOOK_PRIVATE',
    });
    expect(told).toEqual([]);
    await here.program.stop();
  });
}
