import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inDatabase } from '../support/database.ts';
import { startMailbox } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

export interface Posted {
  invited: number;
  /** Sent, and received exactly once. */
  once: number;
  /** Marked as unknown; received once, or not at all. */
  unknown: number;
  /** Anything else: skipped, doubled, or not what is said of it. */
  wrong: { address: string; state: string; received: number }[];
  /** Letters when the program was killed. */
  atKill: number;
  seconds: number;
}

/** Invites so many by mail, kills the program half-way (SIGKILL), starts it again, and counts what came of it. */
export async function postAndKill(count: number): Promise<Posted> {
  const mailbox = await startMailbox();
  const { program, tokens } = await startPrepared({
    tokens: { machine: 'machine invitations' },
    environment: { SMTP_URL: mailbox.url, MAIL_FROM: 'post@gemeente.test', LOG_LEVEL: 'error' },
  });
  const people = Array.from({ length: count }, (_, i) => ({ id: randomUUID(), email: `p${i}@inwoner.test` }));
  const started = performance.now();
  let killed: Promise<void> | null = null;
  let atKill = 0;
  mailbox.answer = (_to, moment) => {
    // In the middle of a message, so that some are on their way.
    if (moment === 'end' && mailbox.letters.length >= count / 2 && !killed) {
      atKill = mailbox.letters.length;
      killed = program.kill();
    }
    return null;
  };
  for (let start = 0; start < count; start += 1000) {
    const invitations = people.slice(start, start + 1000).map((one) => ({ ...one, moment: 'aanvraag' }));
    const { status } = await send(
      'POST',
      `${program.url}/api/v1/invitations/batch`,
      { invitations },
      {
        authorization: `Bearer ${tokens.machine}`,
      },
    );
    if (status !== 200) throw new Error(`The invitations were answered ${status}.`);
  }
  await until('the kill', () => killed !== null, 300_000);
  await killed;
  const again = await program.restart();
  // Looked at now and then: this process is the mail server as well.
  const left = async () => {
    await pause(500);
    return inDatabase(again.dataDir, (db) =>
      db.prepare("SELECT count(*) FROM mail WHERE state IN ('waiting', 'sending')").pluck().get(),
    );
  };
  await until('everything settled', async () => (await left()) === 0, 600_000);
  const seconds = (performance.now() - started) / 1000;
  const states = inDatabase(again.dataDir, (db) =>
    db
      .prepare(
        `SELECT lower(hex(invitations.id)), mail.state FROM invitations JOIN mail ON mail.invitation = invitations.number`,
      )
      .raw()
      .all(),
  ) as [string, string][];
  await again.stop();
  await mailbox.close();

  const stateOf = new Map(states);
  const received = new Map<string, number>();
  for (const { to } of mailbox.letters) received.set(to, (received.get(to) ?? 0) + 1);
  const all = people.map(({ id, email: address }) => ({
    address,
    state: stateOf.get(id.replaceAll('-', '')) ?? 'absent',
    received: received.get(address) ?? 0,
  }));
  const once = all.filter((one) => one.state === 'sent' && one.received === 1);
  const unknown = all.filter((one) => one.state === 'unknown' && one.received <= 1);
  const wrong = all.filter((one) => !once.includes(one) && !unknown.includes(one));
  return { invited: count, once: once.length, unknown: unknown.length, wrong, atKill, seconds };
}
