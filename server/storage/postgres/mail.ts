import {
  type MailRecord,
  type MailResult,
  type MailState,
  type MailStore,
  mailStates,
  type NewMail,
  type OutgoingStore,
  type TakenMail,
} from '../port/mail.ts';
import type { Db } from './db.ts';
import { keepValue } from './settings.ts';
import type { Work } from './work.ts';

export const erased = 'sealed = NULL, address = NULL';

/** Runs inside a transaction. */
export const addMail = (db: Db, mail: NewMail, invitation: number | null, now: number) =>
  db.run(
    `INSERT INTO mail (kind, invitation, sealed, address, state, attempts, queued_at, due_at, changed_at)
     VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $6, $7)`,
    [mail.kind, invitation, mail.sealed, mail.address, Math.max(now, mail.dueAt), mail.dueAt, now],
  );

export const isPaused = async (db: Db): Promise<boolean> =>
  (await db.get("SELECT 1 FROM settings WHERE name = 'outgoingPaused' AND value = 'true'")) !== undefined;

export class PostgresOutgoing implements OutgoingStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  paused(): Promise<boolean> {
    return isPaused(this.#work.db);
  }

  async pause(paused: boolean): Promise<void> {
    await this.#work.transaction((db) =>
      paused
        ? keepValue(db, 'outgoingPaused', true)
        : db.run("DELETE FROM settings WHERE name = 'outgoingPaused'"),
    );
  }
}

export class PostgresMail implements MailStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async queue(mails: NewMail[], now: number): Promise<void> {
    await this.#work.transaction(async (db) => {
      for (const mail of mails) await addMail(db, mail, null, now);
    });
  }

  async take(most: number, now: number): Promise<TakenMail[]> {
    const due = `SELECT id, kind, sealed, attempts, queued_at AS "queuedAt" FROM mail
      WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT $2`;
    // Looked at every second: only what is due costs a transaction.
    const { db, transaction } = this.#work;
    if ((await isPaused(db)) || (await db.all(due, [now, 1])).length === 0) return [];
    return transaction(async (db) => {
      const taken = await db.all<TakenMail>(due, [now, most]);
      await db.run(
        "UPDATE mail SET state = 'sending', attempts = attempts + 1, changed_at = $1 WHERE id = ANY($2::bigint[])",
        [now, taken.map(({ id }) => id)],
      );
      return taken;
    });
  }

  async settle(results: MailResult[], now: number): Promise<void> {
    const again = `UPDATE mail SET state = 'waiting', due_at = $1, reason = $2, changed_at = $3
      WHERE id = $4 AND state = 'sending' AND sealed IS NOT NULL`;
    const end = `UPDATE mail SET state = $1, reason = $2, reference = $3, changed_at = $4, ${erased}
      WHERE id = $5 AND state IN ('sending', 'unknown')`;
    // Who could not be reached is not reminded.
    const spare = `UPDATE mail SET state = 'cancelled', changed_at = $1, ${erased}
      WHERE state = 'waiting' AND invitation = (SELECT invitation FROM mail WHERE id = $2)`;
    await this.#work.transaction(async (db) => {
      for (const result of results) {
        if (result.state === 'refused') await db.run(spare, [now, result.id]);
        if (result.state === 'waiting') await db.run(again, [result.dueAt, result.reason, now, result.id]);
        else if (result.state === 'sent')
          await db.run(end, ['sent', null, result.reference ?? null, now, result.id]);
        else await db.run(end, [result.state, result.reason, null, now, result.id]);
      }
    });
  }

  async interrupted(now: number): Promise<number> {
    const { db, transaction } = this.#work;
    if ((await db.get("SELECT 1 FROM mail WHERE state = 'sending' LIMIT 1")) === undefined) return 0;
    return transaction((db) =>
      db.run(
        `UPDATE mail SET state = 'unknown', reason = 'interrupted', changed_at = $1, ${erased} WHERE state = 'sending'`,
        [now],
      ),
    );
  }

  report(
    reference: string,
    state: 'delivered' | 'bounced',
    reason: string | null,
    now: number,
  ): Promise<boolean> {
    return this.#work.transaction(async (db) => {
      if (state === 'bounced')
        await db.run(
          `UPDATE mail SET state = 'cancelled', changed_at = $1, ${erased}
           WHERE state = 'waiting' AND invitation IN (SELECT invitation FROM mail WHERE reference = $2)`,
          [now, reference],
        );
      const marked = await db.run(
        "UPDATE mail SET state = $1, reason = $2, changed_at = $3 WHERE reference = $4 AND state <> 'bounced'",
        [state, reason, now, reference],
      );
      return marked > 0;
    });
  }

  cancel(address: Buffer | null, now: number): Promise<number> {
    return this.#work.transaction((db) =>
      db.run(
        `UPDATE mail SET state = 'cancelled', changed_at = $1, ${erased}
         WHERE state = 'waiting' AND ($2::bytea IS NULL OR address = $2)`,
        [now, address],
      ),
    );
  }

  async counts(): Promise<Record<MailState, number>> {
    const rows = await this.#work.db.all<{ state: MailState; count: number }>(
      'SELECT state, count(*) AS count FROM mail GROUP BY state',
    );
    const none = Object.fromEntries(mailStates.map((state) => [state, 0])) as Record<MailState, number>;
    return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  }

  recent(most: number): Promise<MailRecord[]> {
    return this.#work.db.all(
      `SELECT id, kind, state, attempts, queued_at AS "queuedAt", due_at AS "dueAt", changed_at AS "changedAt", reason
       FROM mail ORDER BY id DESC LIMIT $1`,
      [most],
    );
  }

  async forget(before: number): Promise<void> {
    const drop = 'DELETE FROM mail WHERE changed_at < $1 AND sealed IS NULL AND invitation IS NULL';
    await this.#work.transaction((db) => db.run(drop, [before]));
  }
}
