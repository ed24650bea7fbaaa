import { expect, test } from 'vitest';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { inDatabase } from '../../support/database.ts';
import { send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import {
  api,
  type Fields,
  invite,
  letterTo,
  mailbox,
  notify,
  pageOf,
  press,
  program,
  read,
  smsTemplate,
  tokens,
} from './here.ts';

export function whatBecameOfIt(): void {
  test('IV6: the response rate counts who was reached, per product and moment; a bounce was not', async () => {
    const before = await read('/invitations/response-rates', tokens.viewer);
    const of = ({ items }: { items: Fields[] }) =>
      items.find(({ product, moment }) => product === null && moment === 'afhandeling') as
        | Record<string, number>
        | undefined;
    mailbox.answer = (to) => (to === 'weg@inwoner.test' ? { code: 550, text: 'unknown' } : null);
    await invite({ email: 'weg@inwoner.test', moment: 'afhandeling', remindAfterDays: 3 });
    const { body } = await invite({ moment: 'afhandeling' });
    await press(pageOf(body.link), { grade: '10' });
    await until('refused', async () => (await read('/outgoing', tokens.admin)).mail.refused === 1);
    const after = of(await read('/invitations/response-rates', tokens.viewer))!;
    const was = of(before);
    expect(after.invited! - (was?.invited ?? 0)).toBe(2);
    expect(after.reached! - (was?.reached ?? 0)).toBe(1);
    expect(after.answered! - (was?.answered ?? 0)).toBe(1);
    expect(after.rate).toBeCloseTo(after.answered! / after.reached!);
    // By period: of the days it is asked for, both included, in the time of the city.
    const today = dateOfDay(dayOf(Date.now()));
    const [yesterday, tomorrow] = [-1, 1].map((days) => dateOfDay(dayOf(Date.now()) + days));
    for (const days of [`from=${today}`, `to=${today}`, `from=${yesterday}&to=${tomorrow}`])
      expect(of(await read(`/invitations/response-rates?${days}`, tokens.viewer))).toEqual(after);
    for (const days of [`to=${yesterday}`, `from=${tomorrow}`])
      expect(await read(`/invitations/response-rates?${days}`, tokens.viewer)).toEqual({ items: [] });
    // Who cannot be reached is not reminded either.
    const outgoing = await read('/outgoing', tokens.admin);
    expect(outgoing.recent.filter(({ kind }: Fields) => kind === 'reminder')).toMatchObject([
      { state: 'cancelled' },
    ]);
    expect(JSON.stringify(outgoing)).not.toContain('@');
  });

  test('IV7: a reminder waits, sealed, only where it was asked for, and not for who answered', async () => {
    const { body } = await invite({ email: 'later@inwoner.test', remindAfterDays: 7 });
    await letterTo('later@inwoner.test');
    const waiting = () =>
      inDatabase(program.dataDir, (db) =>
        db.prepare("SELECT count(*) FROM mail WHERE state = 'waiting' AND sealed IS NOT NULL").pluck().get(),
      );
    expect(waiting()).toBe(1);
    await press(pageOf(body.link), { grade: '7' });
    expect(waiting()).toBe(0);
  });

  test('IV8: an SMS goes through NotifyNL with a way to unsubscribe, and it tells with its own token what became of it', async () => {
    const reference = '740e5834-3a29-46b4-9a6f-16142fde533a';
    notify.answers(201, { id: reference });
    const { body } = await invite({ phone: '0612345678', product: 'paspoort' });
    const delivery = (wanted: string) =>
      until(wanted, async () => (await read(`/invitations/${body.id}`, tokens.machine)).delivery === wanted);
    await delivery('sent');
    expect(notify.asked).toHaveLength(1);
    expect(notify.asked[0]).toMatchObject({
      path: '/v2/notifications/sms',
      token: expect.stringMatching(/^Bearer ey/),
      body: { template_id: smsTemplate, phone_number: '+31612345678' },
    });
    const { body: sms } = notify.asked[0]!.body.personalisation as { body: string };
    expect(sms).toContain(body.link);
    expect((await invite({ phone: '+31612345678' })).body.delivery).toBe('quarantine');

    // The way out stands in it; a number in another spelling is the same number.
    const [way] = /https?:\/\/\S+\/afmelden\/\S+/.exec(sms)!;
    expect(await (await fetch(pageOf(way))).text()).toContain('Meld mij af');
    expect((await invite({ phone: '+31612345678' })).body.delivery).toBe('quarantine');
    expect((await press(pageOf(way), {})).status).toBe(200);
    for (const phone of ['+31612345678', '0612345678'])
      expect((await invite({ phone })).body).toMatchObject({ delivery: 'unsubscribed', link: null });

    const report = { id: reference, to: '+31612345678', status: 'delivered' };
    const url = api('/invitations/delivery-reports');
    expect((await send('POST', url, report, { authorization: 'Bearer wrong' })).status).toBe(401);
    const headers = { authorization: 'Bearer a-token-of-notify-of-some-length' };
    expect((await send('POST', url, report, headers)).status).toBe(204);
    await delivery('delivered');
    await send('POST', url, { ...report, status: 'permanent-failure' }, headers);
    await delivery('bounced');
    expect((await send('POST', url, { ...report, id: 'x' }, headers)).status).toBe(204);

    // Refused for this number; out of order for all.
    notify.answers(400, {
      errors: [{ error: 'ValidationError', message: 'Not a mobile +31687654321' }],
    });
    await invite({ phone: '0687654321' });
    const kept = () => read('/outgoing', tokens.admin);
    await until('refused', async () => (await kept()).recent[0].state === 'refused');
    expect((await kept()).recent[0].reason).toBe('400 ValidationError Not a mobile [nummer]');
    notify.answers(503, {});
    await invite({ phone: '0687654322' });
    await until(
      'tried',
      async () => (await kept()).recent[0].attempts > 0 && (await kept()).recent[0].state === 'waiting',
    );
    notify.answers(201, { id: 'later' });
    await until('sent after all', async () => (await kept()).recent[0].state === 'sent');
  });
}
