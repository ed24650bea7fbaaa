import type { PasskeyRecord, PasskeyStore } from '../port/passkeys.ts';
import type { Work } from './work.ts';

const columns = `id, "user", name, public_key AS "publicKey", counter, created_at AS "createdAt",
  last_used_at AS "lastUsedAt"`;

export class PostgresPasskeys implements PasskeyStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  add({
    id,
    user,
    name,
    publicKey,
    counter,
    createdAt,
  }: Omit<PasskeyRecord, 'lastUsedAt'>): Promise<boolean> {
    return this.#work.transaction(async (db) => {
      const added = await db.run(
        `INSERT INTO passkeys (id, "user", name, public_key, counter, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [id, user, name, publicKey, counter, createdAt],
      );
      return added === 1;
    });
  }

  of(user: string): Promise<PasskeyRecord[]> {
    return this.#work.db.all(
      `SELECT ${columns} FROM passkeys WHERE "user" = $1 ORDER BY created_at, id COLLATE "C"`,
      [user],
    );
  }

  async find(id: string): Promise<PasskeyRecord | null> {
    const found = await this.#work.db.get<PasskeyRecord>(`SELECT ${columns} FROM passkeys WHERE id = $1`, [
      id,
    ]);
    return found ?? null;
  }

  async used(id: string, counter: number, at: number): Promise<void> {
    const mark = 'UPDATE passkeys SET counter = $1, last_used_at = $2 WHERE id = $3';
    await this.#work.transaction((db) => db.run(mark, [counter, at, id]));
  }

  remove(user: string, id: string): Promise<boolean> {
    const remove = 'DELETE FROM passkeys WHERE "user" = $1 AND id = $2';
    return this.#work.transaction(async (db) => (await db.run(remove, [user, id])) === 1);
  }
}
