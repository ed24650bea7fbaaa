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
import type { Work } from './work.ts';

export const erased = 'sealed = NULL, address = NULL';

/** Runs inside a transaction. */
export function addMail(
  db: Work['db'],
  mail: NewMail,
  invitation: number | bigint | null,
  now: number,
): void {
  db.prepare(
    `INSERT INTO mail (kind, invitation, sealed, address, state, attempts, queued_at, due_at, changed_at)
     VALUES (?, ?, ?, ?, 'waiting', 0, ?, ?, ?)`,
  ).run(mail.kind, invitation, mail.sealed, mail.address, Math.max(now, mail.dueAt), mail.dueAt, now);
}

export class SqliteOutgoing implements OutgoingStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async paused(): Promise<boolean> {
    return isPaused(this.#work.db);
  }

  async pause(paused: boolean): Promise<void> {
    await this.#work.transaction(() => {
      if (paused)
        this.#work.db.prepare("INSERT OR REPLACE INTO settings VALUES ('outgoingPaused', 'true')").run();
      else this.#work.db.prepare("DELETE FROM settings WHERE name = 'outgoingPaused'").run();
    });
  }
}

export const isPaused = (db: Work['db']): boolean =>
  db.prepare("SELECT 1 FROM settings WHERE name = 'outgoingPaused' AND value = 'true'").get() !== undefined;

export class SqliteMail implements MailStore {
  readonly #work: Work;
  readonly #due;
  readonly #take;

  constructor(work: Work) {
    this.#work = work;
    this.#due = work.db.prepare(
      `SELECT id, kind, sealed, attempts, queued_at AS queuedAt FROM mail WHERE state = 'waiting' AND due_at <= ?
       ORDER BY due_at, id LIMIT ?`,
    );
    this.#take = work.db.prepare(
      "UPDATE mail SET state = 'sending', attempts = attempts + 1, changed_at = ? WHERE id = ?",
    );
  }

  async queue(mails: NewMail[], now: number): Promise<void> {
    await this.#work.transaction(() => {
      for (const mail of mails) addMail(this.#work.db, mail, null, now);
    });
  }

  async take(most: number, now: number): Promise<TakenMail[]> {
    // Looked at every second: only what is due costs a transaction.
    if (isPaused(this.#work.db) || this.#due.all(now, 1).length === 0) return [];
    return this.#work.transaction(() => {
      const taken = this.#due.all(now, most) as TakenMail[];
      for (const { id } of taken) this.#take.run(now, id);
      return taken;
    });
  }

  async settle(results: MailResult[], now: number): Promise<void> {
    const { db } = this.#work;
    const again = db.prepare(
      `UPDATE mail SET state = 'waiting', due_at = ?, reason = ?, changed_at = ?
       WHERE id = ? AND state = 'sending' AND sealed IS NOT NULL`,
    );
    const end = db.prepare(
      `UPDATE mail SET state = ?, reason = ?, reference = ?, changed_at = ?, ${erased}
       WHERE id = ? AND state IN ('sending', 'unknown')`,
    );
    // Who could not be reached is not reminded.
    const spare = db.prepare(
      `UPDATE mail SET state = 'cancelled', changed_at = ?, ${erased}
       WHERE state = 'waiting' AND invitation = (SELECT invitation FROM mail WHERE id = ?)`,
    );
    await this.#work.transaction(() => {
      for (const result of results) {
        if (result.state === 'refused') spare.run(now, result.id);
        if (result.state === 'waiting') again.run(result.dueAt, result.reason, now, result.id);
        else if (result.state === 'sent') end.run('sent', null, result.reference ?? null, now, result.id);
        else end.run(result.state, result.reason, null, now, result.id);
      }
    });
  }

  async interrupted(now: number): Promise<number> {
    const { db } = this.#work;
    if (db.prepare("SELECT 1 FROM mail WHERE state = 'sending'").get() === undefined) return 0;
    const mark = db.prepare(
      `UPDATE mail SET state = 'unknown', reason = 'interrupted', changed_at = ?, ${erased} WHERE state = 'sending'`,
    );
    return this.#work.transaction(() => mark.run(now).changes);
  }

  async report(
    reference: string,
    state: 'delivered' | 'bounced',
    reason: string | null,
    now: number,
  ): Promise<boolean> {
    const { db } = this.#work;
    const mark = db.prepare(
      "UPDATE mail SET state = ?, reason = ?, changed_at = ? WHERE reference = ? AND state <> 'bounced'",
    );
    const spare = db.prepare(
      `UPDATE mail SET state = 'cancelled', changed_at = ?, ${erased}
       WHERE state = 'waiting' AND invitation IN (SELECT invitation FROM mail WHERE reference = ?)`,
    );
    return this.#work.transaction(() => {
      if (state === 'bounced') spare.run(now, reference);
      return mark.run(state, reason, now, reference).changes > 0;
    });
  }

  async cancel(address: Buffer | null, now: number): Promise<number> {
    const mark = this.#work.db.prepare(
      `UPDATE mail SET state = 'cancelled', changed_at = ?, ${erased}
       WHERE state = 'waiting' AND (@address IS NULL OR address = @address)`,
    );
    return this.#work.transaction(() => mark.run(now, { address }).changes);
  }

  async counts(): Promise<Record<MailState, number>> {
    const rows = this.#work.db.prepare('SELECT state, count(*) FROM mail GROUP BY state').raw().all() as [
      MailState,
      number,
    ][];
    const none = Object.fromEntries(mailStates.map((state) => [state, 0])) as Record<MailState, number>;
    return { ...none, ...Object.fromEntries(rows) };
  }

  async recent(most: number): Promise<MailRecord[]> {
    return this.#work.db
      .prepare(
        `SELECT id, kind, state, attempts, queued_at AS queuedAt, due_at AS dueAt, changed_at AS changedAt, reason
         FROM mail ORDER BY id DESC LIMIT ?`,
      )
      .all(most) as MailRecord[];
  }

  async forget(before: number): Promise<void> {
    const drop = this.#work.db.prepare(
      'DELETE FROM mail WHERE changed_at < ? AND sealed IS NULL AND invitation IS NULL',
    );
    await this.#work.transaction(() => drop.run(before));
  }
}
