import { createHash } from 'node:crypto';
import type { AuditRecord } from './port/audit.ts';

/** What the first record of all builds on. */
export const chainStart = '0'.repeat(64);

/** The hash of a record: over every field of it and the hash of the record before it. */
export function chainHash(previous: string, record: Omit<AuditRecord, 'hash'>): string {
  const { id, at, kind, actor, name, session, method, route, object, outcome } = record;
  const fields = [id, at, kind, actor, name, session, method, route, object, outcome];
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest('hex');
}
