import type { MailKind, MailWishes } from '#shared/contract/mail-wishes.ts';
import type { NewMail } from '../port/mail.ts';
import type { MailWishStore } from '../port/mail-wishes.ts';
import { addMail } from './mail.ts';
import type { Work } from './work.ts';

type Language = MailWishes['language'];

export class SqliteMailWishes implements MailWishStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async of(account: string): Promise<MailWishes> {
    const rows = this.#work.db
      .prepare('SELECT kind, language FROM mail_wishes WHERE account = ? ORDER BY kind')
      .all(account) as { kind: MailKind; language: Language }[];
    return { kinds: rows.map(({ kind }) => kind), language: rows[0]?.language ?? 'nl' };
  }

  async set(account: string, { kinds, language }: MailWishes): Promise<void> {
    const { db, transaction } = this.#work;
    await transaction(() => {
      db.prepare('DELETE FROM mail_wishes WHERE account = ?').run(account);
      const add = db.prepare('INSERT INTO mail_wishes (account, kind, language) VALUES (?, ?, ?)');
      for (const kind of new Set(kinds)) add.run(account, kind, language);
    });
  }

  async wanting(kind: MailKind): Promise<{ account: string; language: Language }[]> {
    return this.#work.db
      .prepare('SELECT account, language FROM mail_wishes WHERE kind = ? ORDER BY account')
      .all(kind) as { account: string; language: Language }[];
  }

  tell(account: string, subject: string, mail: NewMail, now: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const added = db
        .prepare('INSERT INTO mail_told (account, subject, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(account, subject, now);
      if (added.changes > 0) addMail(db, mail, null, now);
      return added.changes > 0;
    });
  }

  async told(account: string, subject: string): Promise<boolean> {
    const row = this.#work.db.prepare('SELECT 1 FROM mail_told WHERE account = ? AND subject = ?');
    return row.get(account, subject) !== undefined;
  }

  async forget(before: number): Promise<void> {
    const { db, transaction } = this.#work;
    await transaction(() => {
      db.prepare('DELETE FROM mail_told WHERE at < ?').run(before);
      db.prepare('DELETE FROM mail_wishes WHERE account NOT IN (SELECT id FROM "user")').run();
    });
  }
}
