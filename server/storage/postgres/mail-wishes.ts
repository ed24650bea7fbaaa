import type { MailKind, MailWishes } from '#shared/contract/mail-wishes.ts';
import type { NewMail } from '../port/mail.ts';
import type { MailWishStore } from '../port/mail-wishes.ts';
import { addMail } from './mail.ts';
import type { Work } from './work.ts';

type Language = MailWishes['language'];

export class PostgresMailWishes implements MailWishStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async of(account: string): Promise<MailWishes> {
    const rows = await this.#work.db.all<{ kind: MailKind; language: Language }>(
      'SELECT kind, language FROM mail_wishes WHERE account = $1 ORDER BY kind COLLATE "C"',
      [account],
    );
    return { kinds: rows.map(({ kind }) => kind), language: rows[0]?.language ?? 'nl' };
  }

  async set(account: string, { kinds, language }: MailWishes): Promise<void> {
    await this.#work.transaction(async (db) => {
      await db.run('DELETE FROM mail_wishes WHERE account = $1', [account]);
      for (const kind of new Set(kinds))
        await db.run('INSERT INTO mail_wishes (account, kind, language) VALUES ($1, $2, $3)', [
          account,
          kind,
          language,
        ]);
    });
  }

  wanting(kind: MailKind): Promise<{ account: string; language: Language }[]> {
    return this.#work.db.all(
      'SELECT account, language FROM mail_wishes WHERE kind = $1 ORDER BY account COLLATE "C"',
      [kind],
    );
  }

  tell(account: string, subject: string, mail: NewMail, now: number): Promise<boolean> {
    return this.#work.transaction(async (db) => {
      const added = await db.run(
        'INSERT INTO mail_told (account, subject, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [account, subject, now],
      );
      if (added > 0) await addMail(db, mail, null, now);
      return added > 0;
    });
  }

  async told(account: string, subject: string): Promise<boolean> {
    const row = await this.#work.db.get('SELECT 1 FROM mail_told WHERE account = $1 AND subject = $2', [
      account,
      subject,
    ]);
    return row !== undefined;
  }

  async forget(before: number): Promise<void> {
    await this.#work.transaction(async (db) => {
      await db.run('DELETE FROM mail_told WHERE at < $1', [before]);
      await db.run('DELETE FROM mail_wishes WHERE account NOT IN (SELECT id FROM "user")');
    });
  }
}
