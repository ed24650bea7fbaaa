import type { Reach } from '#shared/contract/access.ts';
import type { AccessStore, TokenRecord } from '../port/access.ts';
import {
  deleteSessions,
  deleteUser,
  readLink,
  readSessions,
  readUsers,
  unlessNobodyLeft,
  writeLink,
  writeUser,
} from './people.ts';
import { bumpSettings } from './settings.ts';
import type { Work } from './work.ts';

type TokenRow = Omit<TokenRecord, 'reach'> & { reach: string | null };
const tokenOf = <Row extends TokenRow>(row: Row) => ({
  ...row,
  reach: row.reach === null ? null : (JSON.parse(row.reach) as Reach),
});

export class PostgresAccess implements AccessStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  addToken({ name, role, scope, reach, hash, expiresAt, now }: Parameters<AccessStore['addToken']>[0]) {
    return this.#work.changingSettings(async (db) => {
      const id = await db.value<number>(
        `INSERT INTO tokens (name, role, scope, reach, hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
        [name, role, scope, reach ? JSON.stringify(reach) : null, hash, now, expiresAt],
      );
      await bumpSettings(db);
      return id!;
    });
  }

  async findToken(hash: Buffer, now: number): Promise<TokenRecord | null> {
    const row = await this.#work.db.get<TokenRow>(
      `SELECT id, name, role, scope, reach, expires_at AS "expiresAt" FROM tokens
       WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
      [hash, now],
      true,
    );
    return row ? tokenOf(row) : null;
  }

  async tokens() {
    const rows = await this.#work.db.all<TokenRow & { createdAt: number; revokedAt: number | null }>(
      `SELECT id, name, role, scope, reach, expires_at AS "expiresAt", created_at AS "createdAt",
         revoked_at AS "revokedAt" FROM tokens ORDER BY id DESC`,
    );
    return rows.map(tokenOf);
  }

  revokeToken(id: number, now: number): Promise<boolean> {
    return this.#work.changingSettings(async (db) => {
      const revoked = await db.run('UPDATE tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL', [
        now,
        id,
      ]);
      await bumpSettings(db);
      return revoked === 1;
    });
  }

  async setSetupLink(hash: Buffer, expiresAt: number): Promise<void> {
    await this.#work.transaction(async (db) => {
      await db.run('DELETE FROM setup_links');
      await db.run('INSERT INTO setup_links VALUES ($1, $2)', [hash, expiresAt]);
    });
  }

  takeSetupLink(hash: Buffer, now: number): Promise<boolean> {
    const take = 'DELETE FROM setup_links WHERE hash = $1 AND expires_at > $2';
    return this.#work.transaction(async (db) => (await db.run(take, [hash, now])) === 1);
  }

  async hasAccounts(): Promise<boolean> {
    return (await this.#work.db.get('SELECT 1 FROM "user" LIMIT 1')) !== undefined;
  }

  users() {
    return readUsers(this.#work.db, this.#work.now());
  }

  changeUser(id: string, change: Parameters<AccessStore['changeUser']>[1]) {
    const { now, transaction } = this.#work;
    return unlessNobodyLeft(transaction((db) => writeUser(db, id, change, now())));
  }

  removeUser(id: string) {
    return unlessNobodyLeft(this.#work.transaction((db) => deleteUser(db, id)));
  }

  sessions(user: string, now: number) {
    return readSessions(this.#work.db, user, now);
  }

  endSessions(user: string, which: { only?: string; except?: string }) {
    return this.#work.transaction((db) => deleteSessions(db, user, which));
  }

  addLink(link: Parameters<AccessStore['addLink']>[0]) {
    return this.#work.transaction((db) => writeLink(db, link));
  }

  findLink(hash: Buffer, now: number) {
    return readLink(this.#work.db, hash, now);
  }

  takeLink(hash: Buffer, now: number) {
    return this.#work.transaction(async (db) => {
      const found = await readLink(db, hash, now);
      if (found) await db.run('DELETE FROM access_links WHERE "user" = $1', [found.user]);
      return found;
    });
  }
}
