import type { Reach, Role } from '#shared/contract/access.ts';
import type { AccessStore, LinkPurpose, SessionRecord, UserRecord } from '../port/access.ts';
import type { Db } from './open.ts';

/** The tables are those of the accounts library: times are ISO text, and truth is 0 or 1. */
interface UserRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  reach: string | null;
  disabledAt: number | null;
  createdAt: string;
  hasPassword: number;
  signOn: number;
  secondFactor: number | null;
  sessions: number;
  lastSeenAt: string | null;
}

export function readUsers(db: Db, now: number): UserRecord[] {
  const rows = db
    .prepare(
      `SELECT id, name, email, role, reach, disabledAt, createdAt, twoFactorEnabled AS secondFactor,
         EXISTS (SELECT 1 FROM account a WHERE a.userId = u.id AND a.password IS NOT NULL) AS hasPassword,
         EXISTS (SELECT 1 FROM account a WHERE a.userId = u.id AND a.providerId = 'oidc') AS signOn,
         (SELECT count(*) FROM session s WHERE s.userId = u.id AND s.expiresAt > ?) AS sessions,
         (SELECT max(s.updatedAt) FROM session s WHERE s.userId = u.id) AS lastSeenAt
       FROM "user" u ORDER BY name, email`,
    )
    .all(new Date(now).toISOString()) as UserRow[];
  return rows.map((row) => ({
    ...row,
    reach: row.reach === null ? null : (JSON.parse(row.reach) as Reach),
    createdAt: Date.parse(row.createdAt),
    lastSeenAt: row.lastSeenAt === null ? null : Date.parse(row.lastSeenAt),
    hasPassword: row.hasPassword === 1,
    signOn: row.signOn === 1,
    secondFactor: row.secondFactor === 1,
  }));
}

const existing = (db: Db, id: string) =>
  db.prepare('SELECT 1 FROM "user" WHERE id = ?').get(id) !== undefined;

/** Thrown inside the transaction, so that nothing of it stays. */
class NobodyLeft extends Error {}
function checkAdministrator(db: Db): void {
  const left = db.prepare(`SELECT 1 FROM "user" WHERE role = 'admin' AND disabledAt IS NULL`).get();
  if (!left) throw new NobodyLeft();
}
export const unlessNobodyLeft = (work: Promise<'done' | 'unknown'>) =>
  work.catch((error) => {
    if (error instanceof NobodyLeft) return 'last' as const;
    throw error;
  });

/** Runs inside a transaction. */
export function writeUser(
  db: Db,
  id: string,
  change: Parameters<AccessStore['changeUser']>[1],
  now: number,
): 'done' | 'unknown' {
  if (!existing(db, id)) return 'unknown';
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const kept = name === 'reach' && value !== null ? JSON.stringify(value) : value;
    db.prepare(`UPDATE "user" SET "${name}" = ?, updatedAt = ? WHERE id = ?`).run(
      kept,
      new Date(now).toISOString(),
      id,
    );
  }
  if (change.disabledAt) db.prepare('DELETE FROM session WHERE userId = ?').run(id);
  checkAdministrator(db);
  return 'done';
}

/** Runs inside a transaction. */
export function deleteUser(db: Db, id: string): 'done' | 'unknown' {
  if (!existing(db, id)) return 'unknown';
  db.prepare('DELETE FROM "user" WHERE id = ?').run(id);
  checkAdministrator(db);
  return 'done';
}

export function readSessions(db: Db, user: string, now: number): SessionRecord[] {
  const rows = db
    .prepare(
      `SELECT id, createdAt, updatedAt, expiresAt, userAgent FROM session
       WHERE userId = ? AND expiresAt > ? ORDER BY updatedAt DESC`,
    )
    .all(user, new Date(now).toISOString()) as Record<string, string>[];
  return rows.map(({ id, createdAt, updatedAt, expiresAt, userAgent }) => ({
    id: id!,
    createdAt: Date.parse(createdAt!),
    lastSeenAt: Date.parse(updatedAt!),
    expiresAt: Date.parse(expiresAt!),
    browser: userAgent || null,
  }));
}

/** Runs inside a transaction. */
export const deleteSessions = (
  db: Db,
  user: string,
  { only, except }: { only?: string; except?: string },
): number =>
  db
    .prepare('DELETE FROM session WHERE userId = ? AND (? IS NULL OR id = ?) AND (? IS NULL OR id <> ?)')
    .run(user, only ?? null, only ?? null, except ?? null, except ?? null).changes;

/** Runs inside a transaction. */
export function writeLink(
  db: Db,
  { user, hash, purpose, expiresAt }: Parameters<AccessStore['addLink']>[0],
): void {
  db.prepare('DELETE FROM access_links WHERE user = ? AND purpose = ?').run(user, purpose);
  db.prepare('INSERT INTO access_links (hash, user, purpose, expires_at) VALUES (?, ?, ?, ?)').run(
    hash,
    user,
    purpose,
    expiresAt,
  );
}

export const readLink = (db: Db, hash: Buffer, now: number) =>
  (db.prepare('SELECT user, purpose FROM access_links WHERE hash = ? AND expires_at > ?').get(hash, now) as
    | { user: string; purpose: LinkPurpose }
    | undefined) ?? null;
