import { chainHash } from '../audit-chain.ts';
import type { AuditEntry, AuditRecord, AuditSearch, AuditStore, AuditVerdict } from '../port/audit.ts';
import type { Db } from './open.ts';
import type { Work } from './work.ts';

interface Ends {
  forgotten: number;
  forgottenHash: string;
  last: number;
  lastHash: string;
}
const endsOf = (db: Db): Ends =>
  db
    .prepare(
      `SELECT forgotten, forgotten_hash AS forgottenHash, last, last_hash AS lastHash FROM audit_chain`,
    )
    .get() as Ends;

/** Adds one record to the chain. Runs inside a transaction. */
export function appendAudit(db: Db, entry: AuditEntry, at: number): void {
  const { last, lastHash } = endsOf(db);
  const record = { ...entry, id: last + 1, at };
  const hash = chainHash(lastHash, record);
  db.prepare(
    `INSERT INTO audit_events VALUES (@id, @at, @kind, @actor, @name, @session, @method, @route, @object, @outcome, @hash)`,
  ).run({ ...record, hash });
  db.prepare('UPDATE audit_chain SET last = ?, last_hash = ?').run(record.id, hash);
}

/** So many are verified between two looks at what else there is to do. */
const atOnce = 2000;

export class SqliteAudit implements AuditStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  append(entry: AuditEntry): Promise<void> {
    const { db, now, transaction } = this.#work;
    return transaction(() => appendAudit(db, entry, now()));
  }

  async search({ from, to, text, before, most }: AuditSearch): Promise<AuditRecord[]> {
    const like = text === null ? null : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return this.#work.db
      .prepare(
        `SELECT * FROM audit_events WHERE (@before IS NULL OR id < @before)
           AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to)
           AND (@like IS NULL OR name LIKE @like ESCAPE '\\' OR route LIKE @like ESCAPE '\\'
             OR object LIKE @like ESCAPE '\\' OR session LIKE @like ESCAPE '\\')
         ORDER BY id DESC LIMIT @most`,
      )
      .all({ from, to, like, before, most }) as AuditRecord[];
  }

  async verify(): Promise<AuditVerdict> {
    const { db } = this.#work;
    const page = db.prepare('SELECT * FROM audit_events WHERE id > ? ORDER BY id LIMIT ?');
    // What is added meanwhile is for the next time.
    const { forgotten, forgottenHash, last, lastHash } = endsOf(db);
    let previous = forgottenHash;
    let done = forgotten;
    const broken = (): AuditVerdict => ({ records: last - forgotten, broken: done + 1, head: lastHash });
    while (done < last) {
      const records = page.all(done, Math.min(atOnce, last - done)) as AuditRecord[];
      if (records.length === 0) return broken();
      for (const record of records) {
        if (record.id !== done + 1 || chainHash(previous, record) !== record.hash) return broken();
        previous = record.hash;
        done = record.id;
      }
      await new Promise(setImmediate);
    }
    return previous === lastHash ? { records: last - forgotten, broken: null, head: lastHash } : broken();
  }

  async holds(hash: string): Promise<boolean> {
    return (
      this.#work.db.prepare('SELECT 1 FROM audit_events WHERE hash = ?').get(hash.toLowerCase()) !== undefined
    );
  }

  forget(before: number): Promise<number> {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const kept = db
        .prepare(
          'SELECT coalesce((SELECT min(id) FROM audit_events WHERE at >= ?), (SELECT last + 1 FROM audit_chain))',
        )
        .pluck()
        .get(before) as number;
      const hash = db
        .prepare('SELECT hash FROM audit_events WHERE id = ?')
        .pluck()
        .get(kept - 1);
      if (hash === undefined) return 0;
      db.prepare('UPDATE audit_chain SET forgotten = ?, forgotten_hash = ?').run(kept - 1, hash);
      return db.prepare('DELETE FROM audit_events WHERE id < ?').run(kept).changes;
    });
  }
}
