import type { AuditEvent } from '#shared/contract/audit.ts';

/** What happened, before it has its place in the chain. Times in milliseconds UTC. */
export interface AuditEntry {
  kind: AuditEvent['actor']['kind'];
  actor: string;
  name: string;
  session: string | null;
  method: string;
  route: string;
  object: string | null;
  outcome: number;
}

export interface AuditRecord extends AuditEntry {
  id: number;
  at: number;
  /** Lower-case hexadecimal. */
  hash: string;
}

export interface AuditSearch {
  /** At or after, and before; null is open. */
  from: number | null;
  to: number | null;
  /** Part of a name, route, object or session, in any case. */
  text: string | null;
  /** Only older ones than this. */
  before: number | null;
  most: number;
}

export interface AuditVerdict {
  records: number;
  /** The first record that does not fit what is before it; null when all do. */
  broken: number | null;
  /** Hash of the last record: kept elsewhere, it shows later that nothing before it was replaced. */
  head: string;
}

/** The audit log: records are added at the end and forgotten from the beginning, never changed. */
export interface AuditStore {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  search(search: AuditSearch): Promise<AuditRecord[]>;
  /** Computes every hash again. */
  verify(): Promise<AuditVerdict>;
  /** Whether a record with this hash is there: a head that was noted down before. */
  holds(hash: string): Promise<boolean>;
  /** Forgets what is older than `before`, in milliseconds UTC; how many records that were. The rest still verifies. */
  forget(before: number): Promise<number>;
}
