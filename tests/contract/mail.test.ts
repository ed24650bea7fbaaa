import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../server/mail/message.ts';
import type { NotifySettings } from '../../server/mail/notify.ts';
import { delayOfMessage, delayOfServer, Outbox } from '../../server/mail/outbox.ts';
import { sealerOf } from '../../server/mail/seal.ts';
import { transportsOf } from '../../server/mail/transports.ts';
import { openSqlite, type SqliteStore } from '../../server/storage/sqlite/store.ts';
import { freePort, type Mailbox, startMailbox } from '../support/mailbox.ts';
import { notifyKey, startNotify } from '../support/notify.ts';
import { temporaryFolder } from '../support/program.ts';
import { until } from '../support/until.ts';

const secret = 'a-secret-key-of-more-than-thirty-two-characters';
const start = Date.parse('2026-07-01T10:00:00Z');

const place = temporaryFolder();
let file: string;
let store: SqliteStore;
let mailbox: Mailbox;
let clock = start;
let number = 0;
let outbox: Outbox | null;
let transports: ReturnType<typeof transportsOf> | null;
const facts: string[] = [];

/** An outbox as the program has it; whatever it could not foresee fails the test. */
function open(url = mailbox.url, notify: NotifySettings | null = null): Outbox {
  transports = transportsOf({ smtp: { url, from: 'Gemeente <post@gemeente.test>' }, notify });
  const ways = transports;
  outbox = new Outbox({
    store: store.mail,
    sealer: sealerOf(secret),
    transportFor: (message) => ways.for(message),
    leads: () => true,
    now: () => clock,
    log: (fact) => facts.push(fact),
    failed: (error) => facts.push(String(error)),
  });
  return outbox;
}
const close = async () => {
  await outbox?.close();
  transports?.close();
  outbox = null;
};

const aMessage = (fields: Partial<Message & { kind: string }> = {}): Message & { kind: string } => ({
  ...{ by: 'mail', to: 'jan.jansen@inwoner.test', subject: 'Onderwerp', text: 'Dag', kind: 'test' },
  ...fields,
});
const state = async (wanted: string, count: number) =>
  until(`${count} ${wanted}`, async () => {
    outbox?.wake();
    return (await store.mail.counts())[wanted as 'sent'] === count;
  });

beforeEach(async () => {
  file = join(place, String(++number), 'klantpuls.db');
  store = await openSqlite({ file, lookEvery: 1000 });
  mailbox = await startMailbox();
  clock = start;
  facts.length = 0;
});
afterEach(async () => {
  await close();
  await mailbox.close();
  await store.close();
});

test('ML1: a message is sent once, whole, and its address and content are in no file, before, during and after', async () => {
  const found = () =>
    readdirSync(dirname(file))
      .map((name) => readFileSync(join(dirname(file), name), 'latin1'))
      .filter((content) => /jansen|inwoner|onderwerp|geheime/i.test(content)).length;
  open();
  mailbox.answer = () => {
    expect(found()).toBe(0);
    return null;
  };
  await store.outgoing.pause(true);
  const { sealed } = outbox!.sealed(aMessage({ text: 'geheime tekst' }));
  expect(await outbox!.queue(aMessage({ text: 'geheime tekst', html: '<p>geheime tekst</p>' }))).toBe(true);
  expect(sealed.toString('latin1')).not.toMatch(/jansen/);
  expect(found()).toBe(0);
  await store.outgoing.pause(false);
  await state('sent', 1);
  expect(found()).toBe(0);
  const [letter] = await mailbox.parsed();
  expect(letter).toMatchObject({ subject: 'Onderwerp', html: expect.stringContaining('geheime tekst') });
  expect(letter!.text?.trim()).toBe('geheime tekst');
  expect(letter!.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mailbox.letters.map(({ to }) => to)).toEqual(['jan.jansen@inwoner.test']);
});

test('ML2: a server that is away or busy is tried again with growing delays, and nothing is lost or doubled', async () => {
  const port = await freePort();
  open(`smtp://127.0.0.1:${port}`);
  for (let i = 0; i < 45; i++) await outbox!.queue(aMessage({ to: `p${i}@inwoner.test` }));
  await until('a first attempt', async () =>
    (await store.mail.recent(45)).some(({ attempts }) => attempts > 0),
  );
  await until('rest', async () => (await store.mail.counts()).sending === 0);
  // Not tried again before its time: one failure, not one for each message.
  const tried = (await store.mail.recent(45)).filter(({ attempts }) => attempts > 0).length;
  expect(tried).toBeLessThanOrEqual(20);
  await mailbox.close();
  mailbox = await startMailbox(port);
  let busy = 0;
  mailbox.answer = (to) => (to === 'p7@inwoner.test' && busy++ === 0 ? { code: 451, text: 'later' } : null);
  clock += delayOfServer(0);
  await state('sent', 44);
  clock += delayOfMessage(2);
  await state('sent', 45);
  expect(mailbox.letters.map(({ to }) => to).sort()).toEqual(
    Array.from({ length: 45 }, (_, i) => `p${i}@inwoner.test`).sort(),
  );
  expect([0, 1, 2, 9, 99].map(delayOfServer)).toEqual([1000, 2000, 4000, 300_000, 300_000]);
  expect([0, 1, 2, 9].map(delayOfMessage)).toEqual([60_000, 240_000, 960_000, 21_600_000]);
});

test('ML2: a message that is refused is given up at once, and what the server said is kept without the address', async () => {
  open();
  mailbox.answer = (to, moment) => {
    if (to === 'weg@inwoner.test') return { code: 550, text: `<${to}> does not live here` };
    return to === 'spam@inwoner.test' && moment === 'end' ? { code: 554, text: 'no spam' } : null;
  };
  await outbox!.queue(aMessage({ to: 'weg@inwoner.test' }));
  await outbox!.queue(aMessage({ to: 'spam@inwoner.test' }));
  await outbox!.queue(aMessage());
  await state('refused', 2);
  await state('sent', 1);
  const reasons = (await store.mail.recent(3)).map(({ reason }) => reason).sort();
  expect(reasons).toEqual(['550 <[e-mail]> does not live here', '554 no spam', null].sort());
});

test('ML3: when the reply is lost after the whole message went out, it is unknown and not sent again', async () => {
  open();
  mailbox.answer = (to, moment) => (moment === 'end' && to === 'x@inwoner.test' ? 'hang-up' : null);
  await outbox!.queue(aMessage({ to: 'x@inwoner.test' }));
  await state('unknown', 1);
  clock += 86_400_000;
  mailbox.answer = () => null;
  await outbox!.queue(aMessage({ to: 'y@inwoner.test' }));
  await state('sent', 1);
  expect(mailbox.letters.map(({ to }) => to)).toEqual(['x@inwoner.test', 'y@inwoner.test']);
});

test('ML1: a message that another key sealed, or for which nothing is set up, is not sent as anything else', async () => {
  const other = sealerOf('another-key-of-more-than-thirty-two-characters');
  const mail = {
    kind: 'test',
    sealed: other.seal(aMessage()),
    address: other.addressHash('a@b.test'),
    dueAt: start,
  };
  await store.mail.queue([mail], start);
  open();
  await state('refused', 1);
  expect(mailbox.letters).toEqual([]);
  expect(await outbox!.queue({ ...aMessage(), by: 'sms' })).toBe(false);
  expect(other.addressHash(' A@b.test ')).toEqual(other.addressHash('a@B.test'));
  expect(other.addressHash('a@b.test')).not.toEqual(sealerOf(secret).addressHash('a@b.test'));
});

test('IV10: where NotifyNL has a template it takes the mail to residents, with the way out; the mail server that to staff', async () => {
  const service = await startNotify();
  const mailTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a';
  const settings = {
    url: service.url,
    apiKey: notifyKey,
    mailTemplate,
    smsTemplate: null,
    callbackToken: null,
  };
  open(mailbox.url, settings);
  expect(transports!.ways).toEqual({ mail: 'notify', staff: 'smtp', sms: null });
  service.answers(201, { id: '740e5834-3a29-46b4-9a6f-16142fde533a' });
  const unsubscribe = 'https://klantpuls.test/afmelden/v1.a';
  await outbox!.queue(
    aMessage({ text: 'Welk cijfer?\n8: https://klantpuls.test/i/v1.b', unsubscribe, kind: 'invitation' }),
  );
  await outbox!.queue(aMessage({ to: 'manager@gemeente.test', kind: 'signal' }));
  await state('sent', 2);
  expect(mailbox.letters.map(({ to }) => to)).toEqual(['manager@gemeente.test']);
  expect(service.asked).toEqual([
    {
      path: '/v2/notifications/email',
      token: expect.stringMatching(/^Bearer ey/),
      body: {
        ...{ template_id: mailTemplate, email_address: 'jan.jansen@inwoner.test' },
        personalisation: { subject: 'Onderwerp', body: 'Welk cijfer?\n8: https://klantpuls.test/i/v1.b' },
        one_click_unsubscribe_url: unsubscribe,
      },
    },
  ]);
  // What it tells later finds the message by the name that it gave.
  expect(
    await store.mail.report('740e5834-3a29-46b4-9a6f-16142fde533a', 'bounced', 'permanent-failure', clock),
  ).toBe(true);
  expect((await store.mail.counts()).bounced).toBe(1);

  // Refused for this address, without the address in the reason; away for all; a lost answer is not sent again.
  service.answers(400, { errors: [{ error: 'ValidationError', message: 'a@b.test is no address' }] });
  await outbox!.queue(aMessage({ to: 'a@b.test', kind: 'invitation' }));
  await state('refused', 1);
  expect((await store.mail.recent(1))[0]!.reason).toBe('400 ValidationError [e-mail] is no address');
  service.answers(504, {});
  await outbox!.queue(aMessage({ kind: 'reminder' }));
  await state('unknown', 1);
  service.answers(503, {});
  await outbox!.queue(aMessage({ kind: 'reminder' }));
  await until('tried in vain', async () =>
    (await store.mail.recent(9)).some(({ state, attempts }) => state === 'waiting' && attempts > 0),
  );
  service.answers(201, { id: 'later' });
  clock += delayOfServer(0);
  await state('sent', 2);
  expect(service.asked).toHaveLength(5);
  service.close();
});
