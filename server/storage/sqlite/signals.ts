import type { Arrival, NewSignal, SignalRecord } from '../port.ts';
import type { Db } from './open.ts';

type ArrivalRow = Omit<Arrival, 'receivedAt'> & { received_after: number };

/** In order of their commits: one process writes at a time, and seq only rises. */
export function readArrivals(db: Db, after: number, most: number): Arrival[] {
  const rows = db
    .prepare(
      `SELECT seq AS number, placement, grade, at, received_after, marks FROM ratings
       WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    .all(after, most) as ArrivalRow[];
  return rows.map(({ received_after, ...row }) => ({ ...row, receivedAt: row.at + received_after }));
}

export const lastArrival = (db: Db): number =>
  db.prepare('SELECT coalesce(max(seq), 0) FROM ratings').pluck().get() as number;

export function readWatch(db: Db): unknown {
  const content = db.prepare('SELECT content FROM watch').pluck().get() as string | undefined;
  return content === undefined ? null : JSON.parse(content);
}

const columns = {
  ...{ scope: 'scope', key: 'key', raisedAt: 'raised_at', since: 'since' },
  ...{ meanBefore: 'mean_before', nBefore: 'n_before', meanSince: 'mean_since', nSince: 'n_since' },
  ...{ evidence: 'evidence', threshold: 'threshold', baseFrom: 'base_from', baseTo: 'base_to' },
} as const satisfies Record<keyof NewSignal, string>;
const answered = {
  ...{ acknowledgedAt: 'acknowledged_at', snoozedUntil: 'snoozed_until', settledAt: 'settled_at' },
} as const;
const all = Object.entries({ id: 'id', ...columns, ...answered })
  .map(([name, column]) => `${column} AS ${name}`)
  .join(', ');

export const readSignals = (db: Db): SignalRecord[] =>
  db.prepare(`SELECT ${all} FROM signals ORDER BY raised_at DESC, id DESC`).all() as SignalRecord[];

export const signalWith = (db: Db, id: number | bigint) =>
  db.prepare(`SELECT ${all} FROM signals WHERE id = ?`).get(id) as SignalRecord | undefined;

/** Runs inside a transaction. */
export function writeWatch(db: Db, content: unknown, raised: readonly NewSignal[]): SignalRecord[] {
  db.prepare('INSERT INTO watch VALUES (1, ?) ON CONFLICT DO UPDATE SET content = excluded.content').run(
    JSON.stringify(content),
  );
  const names = Object.keys(columns).map((name) => `@${name}`);
  const add = db.prepare(
    `INSERT INTO signals (${Object.values(columns).join(', ')}) VALUES (${names.join(', ')})`,
  );
  return raised.map((signal) => signalWith(db, add.run(signal).lastInsertRowid)!);
}

/** Runs inside a transaction. */
export function changeSignal(
  db: Db,
  id: number,
  change: Partial<Pick<SignalRecord, 'acknowledgedAt' | 'snoozedUntil'>>,
): SignalRecord | null {
  const known = signalWith(db, id);
  if (!known || known.settledAt !== null) return null;
  const { acknowledgedAt, snoozedUntil } = { ...known, ...change };
  db.prepare('UPDATE signals SET acknowledged_at = ?, snoozed_until = ? WHERE id = ?').run(
    acknowledgedAt,
    snoozedUntil,
    id,
  );
  return signalWith(db, id) ?? null;
}

/** Runs inside a transaction. What was settled before stays as it is. */
export function settleSignal(db: Db, id: number, at: number): SignalRecord | null {
  db.prepare('UPDATE signals SET settled_at = ? WHERE id = ? AND settled_at IS NULL').run(at, id);
  return signalWith(db, id) ?? null;
}
