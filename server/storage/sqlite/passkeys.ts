import type { PasskeyRecord, PasskeyStore } from '../port/passkeys.ts';
import type { Work } from './work.ts';

const columns = `id, user, name, public_key AS publicKey, counter, created_at AS createdAt, last_used_at AS lastUsedAt`;

export class SqlitePasskeys implements PasskeyStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  add(passkey: Omit<PasskeyRecord, 'lastUsedAt'>): Promise<boolean> {
    const { db, transaction } = this.#work;
    const add = db.prepare(
      `INSERT OR IGNORE INTO passkeys (id, user, name, public_key, counter, created_at)
       VALUES (@id, @user, @name, @publicKey, @counter, @createdAt)`,
    );
    return transaction(() => add.run(passkey).changes === 1);
  }

  async of(user: string): Promise<PasskeyRecord[]> {
    const all = this.#work.db.prepare(
      `SELECT ${columns} FROM passkeys WHERE user = ? ORDER BY created_at, id`,
    );
    return all.all(user) as PasskeyRecord[];
  }

  async find(id: string): Promise<PasskeyRecord | null> {
    const found = this.#work.db.prepare(`SELECT ${columns} FROM passkeys WHERE id = ?`).get(id);
    return (found as PasskeyRecord | undefined) ?? null;
  }

  async used(id: string, counter: number, at: number): Promise<void> {
    const { db, transaction } = this.#work;
    const mark = db.prepare('UPDATE passkeys SET counter = ?, last_used_at = ? WHERE id = ?');
    await transaction(() => mark.run(counter, at, id));
  }

  remove(user: string, id: string): Promise<boolean> {
    const { db, transaction } = this.#work;
    const remove = db.prepare('DELETE FROM passkeys WHERE user = ? AND id = ?');
    return transaction(() => remove.run(user, id).changes === 1);
  }
}
