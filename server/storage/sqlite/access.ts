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
import { bumpSettings } from './version.ts';
import type { Work } from './work.ts';

type TokenRow = Omit<TokenRecord, 'reach'> & { reach: string | null };
const tokenOf = <Row extends TokenRow>(row: Row) => ({
  ...row,
  reach: row.reach === null ? null : (JSON.parse(row.reach) as Reach),
});

export class SqliteAccess implements AccessStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async addToken({ name, role, scope, reach, hash, expiresAt, now }: Parameters<AccessStore['addToken']>[0]) {
    const { db, changingSettings } = this.#work;
    let id = 0;
    await changingSettings(() => {
      const added = db
        .prepare(
          `INSERT INTO tokens (name, role, scope, reach, hash, created_at, expires_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(name, role, scope, reach ? JSON.stringify(reach) : null, hash, now, expiresAt);
      id = Number(added.lastInsertRowid);
      bumpSettings(db);
    });
    return id;
  }

  async findToken(hash: Buffer, now: number): Promise<TokenRecord | null> {
    const row = this.#work.db
      .prepare(
        `SELECT id, name, role, scope, reach, expires_at AS expiresAt FROM tokens
         WHERE hash = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)`,
      )
      .get(hash, now) as TokenRow | undefined;
    return row ? tokenOf(row) : null;
  }

  async tokens() {
    const rows = this.#work.db
      .prepare(
        `SELECT id, name, role, scope, reach, expires_at AS expiresAt, created_at AS createdAt, revoked_at AS revokedAt
         FROM tokens ORDER BY id DESC`,
      )
      .all() as (TokenRow & { createdAt: number; revokedAt: number | null })[];
    return rows.map(tokenOf);
  }

  async revokeToken(id: number, now: number): Promise<boolean> {
    const { db, changingSettings } = this.#work;
    let revoked = false;
    await changingSettings(() => {
      const revoke = db.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
      revoked = revoke.run(now, id).changes === 1;
      bumpSettings(db);
    });
    return revoked;
  }

  async setSetupLink(hash: Buffer, expiresAt: number): Promise<void> {
    const { db, transaction } = this.#work;
    await transaction(() => {
      db.prepare('DELETE FROM setup_links').run();
      db.prepare('INSERT INTO setup_links VALUES (?, ?)').run(hash, expiresAt);
    });
  }

  async takeSetupLink(hash: Buffer, now: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    const take = db.prepare('DELETE FROM setup_links WHERE hash = ? AND expires_at > ?');
    return transaction(() => take.run(hash, now).changes === 1);
  }

  async hasAccounts(): Promise<boolean> {
    return this.#work.db.prepare('SELECT 1 FROM "user" LIMIT 1').get() !== undefined;
  }

  async users() {
    return readUsers(this.#work.db, this.#work.now());
  }

  changeUser(id: string, change: Parameters<AccessStore['changeUser']>[1]) {
    const { db, now, transaction } = this.#work;
    return unlessNobodyLeft(transaction(() => writeUser(db, id, change, now())));
  }

  removeUser(id: string) {
    const { db, transaction } = this.#work;
    return unlessNobodyLeft(transaction(() => deleteUser(db, id)));
  }

  async sessions(user: string, now: number) {
    return readSessions(this.#work.db, user, now);
  }

  endSessions(user: string, which: { only?: string; except?: string }) {
    const { db, transaction } = this.#work;
    return transaction(() => deleteSessions(db, user, which));
  }

  addLink(link: Parameters<AccessStore['addLink']>[0]) {
    const { db, transaction } = this.#work;
    return transaction(() => writeLink(db, link));
  }

  async findLink(hash: Buffer, now: number) {
    return readLink(this.#work.db, hash, now);
  }

  takeLink(hash: Buffer, now: number) {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const found = readLink(db, hash, now);
      if (found) db.prepare('DELETE FROM access_links WHERE user = ?').run(found.user);
      return found;
    });
  }
}
