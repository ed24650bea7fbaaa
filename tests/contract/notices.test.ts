import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import type { Letter, MailWishesAnswer } from '#shared/contract/mail-wishes.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { Access } from '../../server/access/accounts.ts';
import { signalOf } from '../../server/insight/signals/routes.ts';
import { sealerOf } from '../../server/mail/seal.ts';
import { Notifier } from '../../server/notices/notifier.ts';
import { answer } from '../../server/reports/question.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { freePort, type Mailbox, startMailbox } from '../support/mailbox.ts';
import { type Program, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';
import { aSignal } from './store/signals.ts';

const admin = { email: 'anja@gemeente.example', password: 'een lang wachtwoord 1' };
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

test('ML6: a signal goes once to who asked for it, also when the program is killed and starts again', async () => {
  const mailbox: Mailbox = await startMailbox();
  closing.push(() => mailbox.close());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let program: Program = await startProgram({
    environment: {
      PORT: String(port),
      ...{ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, PUBLIC_URL: url },
      ...{ SMTP_URL: mailbox.url, MAIL_FROM: 'klantpuls@gemeente.example' },
    },
  });
  closing.push(() => program.stop());
  const session = await send('POST', `${program.url}/api/v1/session`, admin, {
    origin: url,
  });
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const ask = <Body>(method: string, path: string, body?: unknown) =>
    send<Body>(method, `${program.url}/api/v1/account/${path}`, body, {
      cookie,
      origin: url,
    });
  expect((await ask<MailWishesAnswer>('GET', 'mail-wishes')).body).toEqual({
    ...{ kinds: [], language: 'nl', possible: true },
  });
  const wishes = { kinds: ['digest', 'signals'], language: 'nl' };
  expect((await ask('PUT', 'mail-wishes', wishes)).body).toEqual({ ...wishes, possible: true });
  expect((await ask('PUT', 'mail-wishes', { kinds: ['sms'] })).status).toBe(400);
  for (let i = 0; i < 11; i++) await send('POST', `${program.url}/api/v1/ratings`, aRating({ grade: 7 }));
  const { body } = await ask<Letter>('GET', 'digest?language=en');
  expect(body.subject).toMatch(/^Klantpuls of /);
  expect(body.text).toContain(`${url}/account`);

  await program.kill();
  const store = await openSqlite({ file: join(program.dataDir, 'klantpuls.db') });
  const now = Date.now();
  const fall = aSignal({
    raisedAt: now - 1000,
    since: now - 86_400_000,
    baseFrom: dayOf(now) - 90,
    baseTo: dayOf(now) - 2,
  });
  await store.keepWatch({ ...((await store.watch()) as object) }, [fall]);
  await store.close();
  for (let i = 0; i < 2; i++) {
    program = await program.restart();
    const signals = () => mailbox.letters.filter(({ raw }) => raw.includes('Subject: Signaal'));
    await until('the signal was mailed', async () => signals().length > 0);
    expect(signals()).toHaveLength(1);
    await program.kill();
  }
  program = await program.restart();
  const letters = await mailbox.parsed();
  const letter = letters.find(({ subject }) => subject?.startsWith('Signaal'))!;
  expect(letter.subject).toBe('Signaal: het cijfer van Balie 1 daalde van 7,5 naar 6,3');
  expect(letter.text).toContain(`${url}/waarom?from=`);
  expect(letter.text).toContain(`${url}/signalen`);
  expect(letter.html).toBe(false);
});

test('ML7: the week comes on Monday from seven o’clock, about what its reader may see, once', async () => {
  let clock = Date.parse('2026-07-06T04:59:00Z');
  const store = await openSqlite({ file: join(temporaryFolder(), 'klantpuls.db'), now: () => clock });
  closing.push(() => store.close());
  const access = new Access({
    store,
    secret: 'x'.repeat(43),
    baseUrl: 'http://127.0.0.1',
    secure: false,
    now: () => clock,
  });
  const add = (name: string, more = {}) =>
    access.addAccount({ email: `${name}@gemeente.example`, name, role: 'manager', ...more });
  await add('beheer', { role: 'admin' });
  const [anja, bob, carla] = [
    await add('anja'),
    await add('bob', { role: 'viewer', reach: { channels: ['digitaal'], locations: null } }),
    await add('carla'),
  ];
  await store.mailWishes.set(anja, { kinds: ['digest', 'signals'], language: 'nl' });
  await store.mailWishes.set(bob, { kinds: ['digest'], language: 'en' });
  await store.mailWishes.set(carla, { kinds: ['digest'], language: 'nl' });
  expect(await store.access.changeUser(carla, { disabledAt: clock })).toBe('done');
  const at = Date.parse('2026-07-01T10:00:00Z');
  const base = {
    kind: 'rating' as const,
    product: null,
    language: null,
    form: null,
    smiley: null,
    answers: null,
  };
  const rating = (touchpoint: string, grade: number, time: number) => ({
    ...{ ...base, id: crypto.randomUUID(), touchpoint, grade, comment: null, at: time, receivedAt: time },
    ...{ givenAt: null, marks: 0 },
  });
  const week = 7 * 86_400_000;
  await store.append([
    ...Array.from({ length: 40 }, (_, i) => rating('balie-1', i % 2 ? 8 : 7, at)),
    ...Array.from({ length: 12 }, () => rating('digitaal-product', 6, at)),
    ...Array.from({ length: 20 }, () => rating('balie-1', 7, at - week)),
  ]);
  await store.keepWatch({}, [aSignal({ raisedAt: at, since: at - week })]);
  const sent: { to: string; subject: string; text: string }[] = [];
  const start = () =>
    new Notifier({
      ...{ store, publicUrl: 'https://kp.example', canMail: true, now: () => clock, wake: () => {} },
      summary: async (filters) =>
        (await answer(store, { kind: 'summary', filters, by: 'channel', today: dayOf(clock) })) as Summary,
      signalOf: (record) => signalOf(record, store.settings(), dayOf(clock)),
      seal: (mail) => {
        sent.push(mail);
        return {
          kind: mail.kind,
          sealed: Buffer.from('x'),
          address: sealerOf('y').addressHash(mail.to),
          dueAt: clock,
        };
      },
      failed: (error) => {
        throw error;
      },
    });
  let notifier = start();
  await notifier.look();
  expect(sent).toEqual([]);
  clock += 60_000;
  await notifier.look();
  await notifier.look();
  await notifier.close();
  notifier = start();
  await notifier.look();
  await notifier.close();
  expect(sent.map(({ to }) => to).sort()).toEqual(['anja@gemeente.example', 'bob@gemeente.example']);
  expect((await store.mail.counts()).waiting).toBe(2);
  const [one, two] = [
    sent.find(({ to }) => to.startsWith('anja'))!,
    sent.find(({ to }) => to.startsWith('bob'))!,
  ];
  expect(one.text).toMatch(
    /Week van 29 juni t\/m 5 juli[\s\S]*Rapportcijfer: 7,2 \(52 cijfers\)[\s\S]*De week ervoor: 7,0/,
  );
  expect(one.text).toContain('https://kp.example/reacties?from=2026-06-29&to=2026-07-05');
  expect(one.text).toContain('Balie 1: van 7,5 naar 6,3');
  expect(two.text).toMatch(/Grade: 6.0 \(12 ratings\)/);
  expect(two.text).not.toMatch(/Balie|reacties/);
  expect(await store.mailWishes.told(anja, 'digest 2026-07-06')).toBe(true);
  clock += 3 * 86_400_000;
  expect(sent).toHaveLength(2);
});
