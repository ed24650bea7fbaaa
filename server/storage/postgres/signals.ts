import type { NewSignal, SignalRecord } from '../port.ts';
import type { Db } from './db.ts';

export async function readWatch(db: Db): Promise<unknown> {
  const content = await db.value<string>('SELECT content FROM watch');
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
  .map(([name, column]) => `${column} AS "${name}"`)
  .join(', ');

export const readSignals = (db: Db): Promise<SignalRecord[]> =>
  db.all(`SELECT ${all} FROM signals ORDER BY raised_at DESC, id DESC`);

export const signalWith = (db: Db, id: number): Promise<SignalRecord | undefined> =>
  db.get(`SELECT ${all} FROM signals WHERE id = $1`, [id]);

/** Runs inside a transaction. */
export async function writeWatch(
  db: Db,
  content: unknown,
  raised: readonly NewSignal[],
): Promise<SignalRecord[]> {
  await db.run('INSERT INTO watch VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET content = excluded.content', [
    JSON.stringify(content),
  ]);
  const names = Object.keys(columns) as (keyof NewSignal)[];
  const places = names.map((_, i) => `$${i + 1}`).join(', ');
  const kept: SignalRecord[] = [];
  for (const signal of raised) {
    const made = await db.get<SignalRecord>(
      `INSERT INTO signals (${Object.values(columns).join(', ')}) VALUES (${places}) RETURNING ${all}`,
      names.map((name) => signal[name]),
    );
    kept.push(made!);
  }
  return kept;
}

/** Runs inside a transaction. */
export async function changeSignal(
  db: Db,
  id: number,
  change: Partial<Pick<SignalRecord, 'acknowledgedAt' | 'snoozedUntil'>>,
): Promise<SignalRecord | null> {
  const known = await signalWith(db, id);
  if (!known || known.settledAt !== null) return null;
  const { acknowledgedAt, snoozedUntil } = { ...known, ...change };
  const changed = await db.get<SignalRecord>(
    `UPDATE signals SET acknowledged_at = $1, snoozed_until = $2 WHERE id = $3 RETURNING ${all}`,
    [acknowledgedAt, snoozedUntil, id],
  );
  return changed ?? null;
}

/** Runs inside a transaction. What was settled before stays as it is. */
export async function settleSignal(db: Db, id: number, at: number): Promise<SignalRecord | null> {
  await db.run('UPDATE signals SET settled_at = $1 WHERE id = $2 AND settled_at IS NULL', [at, id]);
  return (await signalWith(db, id)) ?? null;
}
