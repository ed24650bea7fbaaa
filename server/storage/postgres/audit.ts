import { chainHash } from '../audit-chain.ts';
import type { AuditEntry, AuditRecord, AuditSearch, AuditStore, AuditVerdict } from '../port/audit.ts';
import type { Db } from './db.ts';
import type { Work } from './work.ts';

interface Ends {
  forgotten: number;
  forgottenHash: string;
  last: number;
  lastHash: string;
}
const endsOf = async (db: Db): Promise<Ends> =>
  (await db.get<Ends>(
    `SELECT forgotten, forgotten_hash AS "forgottenHash", last, last_hash AS "lastHash" FROM audit_chain`,
  ))!;

/** Adds one record to the chain. Runs inside a transaction. */
export async function appendAudit(db: Db, entry: AuditEntry, at: number): Promise<void> {
  const { last, lastHash } = await endsOf(db);
  const record = { ...entry, id: last + 1, at };
  const hash = chainHash(lastHash, record);
  const { id, kind, actor, name, session, method, route, object, outcome } = record;
  await db.run('INSERT INTO audit_events VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    ...[id, at, kind, actor, name, session, method, route, object, outcome, hash],
  ]);
  await db.run('UPDATE audit_chain SET last = $1, last_hash = $2', [id, hash]);
}

/** So many are verified between two looks at what else there is to do. */
const atOnce = 2000;

export class PostgresAudit implements AuditStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  append(entry: AuditEntry): Promise<void> {
    const { now, transaction } = this.#work;
    return transaction((db) => appendAudit(db, entry, now()));
  }

  search({ from, to, text, before, most }: AuditSearch): Promise<AuditRecord[]> {
    const like = text === null ? null : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return this.#work.db.all(
      `SELECT * FROM audit_events WHERE ($1::bigint IS NULL OR id < $1)
         AND ($2::bigint IS NULL OR at >= $2) AND ($3::bigint IS NULL OR at < $3)
         AND ($4::text IS NULL OR name ILIKE $4 OR route ILIKE $4 OR object ILIKE $4 OR session ILIKE $4)
       ORDER BY id DESC LIMIT $5`,
      [before, from, to, like, most],
    );
  }

  async verify(): Promise<AuditVerdict> {
    const { db } = this.#work;
    // What is added meanwhile is for the next time.
    const { forgotten, forgottenHash, last, lastHash } = await endsOf(db);
    let previous = forgottenHash;
    let done = forgotten;
    const broken = (): AuditVerdict => ({ records: last - forgotten, broken: done + 1, head: lastHash });
    while (done < last) {
      const records = await db.all<AuditRecord>(
        'SELECT * FROM audit_events WHERE id > $1 ORDER BY id LIMIT $2',
        [done, Math.min(atOnce, last - done)],
      );
      if (records.length === 0) return broken();
      for (const record of records) {
        if (record.id !== done + 1 || chainHash(previous, record) !== record.hash) return broken();
        previous = record.hash;
        done = record.id;
      }
    }
    return previous === lastHash ? { records: last - forgotten, broken: null, head: lastHash } : broken();
  }

  async holds(hash: string): Promise<boolean> {
    const found = await this.#work.db.get('SELECT 1 FROM audit_events WHERE hash = $1', [hash.toLowerCase()]);
    return found !== undefined;
  }

  forget(before: number): Promise<number> {
    return this.#work.transaction(async (db) => {
      const kept = (await db.value<number>(
        'SELECT coalesce((SELECT min(id) FROM audit_events WHERE at >= $1), (SELECT last + 1 FROM audit_chain))',
        [before],
      ))!;
      const hash = await db.value<string>('SELECT hash FROM audit_events WHERE id = $1', [kept - 1]);
      if (hash === undefined) return 0;
      await db.run('UPDATE audit_chain SET forgotten = $1, forgotten_hash = $2', [kept - 1, hash]);
      return db.run('DELETE FROM audit_events WHERE id < $1', [kept]);
    });
  }
}
