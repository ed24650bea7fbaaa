import type { Reach } from '#shared/contract/access.ts';
import type { AccessStore, LinkPurpose, SessionRecord, UserRecord } from '../port/access.ts';
import type { Db } from './db.ts';

/** The tables are those of the accounts library, which writes its names in two cases. */
type UserRow = Omit<UserRecord, 'reach' | 'createdAt' | 'lastSeenAt'> & {
  reach: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
};

export async function readUsers(db: Db, now: number): Promise<UserRecord[]> {
  const rows = await db.all<UserRow>(
    `SELECT id, name, email, role, reach, "disabledAt", "createdAt",
       coalesce("twoFactorEnabled", false) AS "secondFactor",
       EXISTS (SELECT 1 FROM account a WHERE a."userId" = u.id AND a.password IS NOT NULL) AS "hasPassword",
       EXISTS (SELECT 1 FROM account a WHERE a."userId" = u.id AND a."providerId" = 'oidc') AS "signOn",
       (SELECT count(*) FROM session s WHERE s."userId" = u.id AND s."expiresAt" > $1) AS sessions,
       (SELECT max(s."updatedAt") FROM session s WHERE s."userId" = u.id) AS "lastSeenAt"
     FROM "user" u ORDER BY name COLLATE "C", email COLLATE "C"`,
    [new Date(now)],
  );
  return rows.map((row) => ({
    ...row,
    reach: row.reach === null ? null : (JSON.parse(row.reach) as Reach),
    createdAt: row.createdAt.getTime(),
    lastSeenAt: row.lastSeenAt?.getTime() ?? null,
  }));
}

const existing = async (db: Db, id: string) =>
  (await db.get('SELECT 1 FROM "user" WHERE id = $1', [id])) !== undefined;

/** Thrown inside the transaction, so that nothing of it stays. */
class NobodyLeft extends Error {}
async function checkAdministrator(db: Db): Promise<void> {
  const left = await db.get(`SELECT 1 FROM "user" WHERE role = 'admin' AND "disabledAt" IS NULL`);
  if (!left) throw new NobodyLeft();
}
export const unlessNobodyLeft = (work: Promise<'done' | 'unknown'>) =>
  work.catch((error) => {
    if (error instanceof NobodyLeft) return 'last' as const;
    throw error;
  });

/** Runs inside a transaction. */
export async function writeUser(
  db: Db,
  id: string,
  change: Parameters<AccessStore['changeUser']>[1],
  now: number,
): Promise<'done' | 'unknown'> {
  if (!(await existing(db, id))) return 'unknown';
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const kept = name === 'reach' && value !== null ? JSON.stringify(value) : value;
    await db.run(`UPDATE "user" SET "${name}" = $1, "updatedAt" = $2 WHERE id = $3`, [
      kept,
      new Date(now),
      id,
    ]);
  }
  if (change.disabledAt) await db.run('DELETE FROM session WHERE "userId" = $1', [id]);
  await checkAdministrator(db);
  return 'done';
}

/** Runs inside a transaction. */
export async function deleteUser(db: Db, id: string): Promise<'done' | 'unknown'> {
  if (!(await existing(db, id))) return 'unknown';
  await db.run('DELETE FROM "user" WHERE id = $1', [id]);
  await checkAdministrator(db);
  return 'done';
}

export async function readSessions(db: Db, user: string, now: number): Promise<SessionRecord[]> {
  const rows = await db.all<{ id: string; userAgent: string | null } & Record<string, Date>>(
    `SELECT id, "createdAt", "updatedAt", "expiresAt", "userAgent" FROM session
     WHERE "userId" = $1 AND "expiresAt" > $2 ORDER BY "updatedAt" DESC`,
    [user, new Date(now)],
  );
  return rows.map(({ id, createdAt, updatedAt, expiresAt, userAgent }) => ({
    id,
    createdAt: createdAt!.getTime(),
    lastSeenAt: updatedAt!.getTime(),
    expiresAt: expiresAt!.getTime(),
    browser: userAgent || null,
  }));
}

/** Runs inside a transaction. */
export const deleteSessions = (
  db: Db,
  user: string,
  { only, except }: { only?: string; except?: string },
): Promise<number> =>
  db.run(
    `DELETE FROM session WHERE "userId" = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3)`,
    [user, only ?? null, except ?? null],
  );

/** Runs inside a transaction. */
export async function writeLink(
  db: Db,
  { user, hash, purpose, expiresAt }: Parameters<AccessStore['addLink']>[0],
): Promise<void> {
  await db.run('DELETE FROM access_links WHERE "user" = $1 AND purpose = $2', [user, purpose]);
  await db.run('INSERT INTO access_links (hash, "user", purpose, expires_at) VALUES ($1, $2, $3, $4)', [
    ...[hash, user, purpose, expiresAt],
  ]);
}

export async function readLink(db: Db, hash: Buffer, now: number) {
  const found = await db.get<{ user: string; purpose: LinkPurpose }>(
    'SELECT "user", purpose FROM access_links WHERE hash = $1 AND expires_at > $2',
    [hash, now],
  );
  return found ?? null;
}
