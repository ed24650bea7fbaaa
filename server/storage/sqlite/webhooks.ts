import type {
  DeliveryCounts,
  DeliveryRecord,
  DeliveryResult,
  Due,
  NewEvent,
  Notice,
  RatingEvent,
  Recorded,
  WebhookRecord,
  WebhookStore,
} from '../port/webhooks.ts';
import { isPaused } from './mail.ts';
import type { Db } from './open.ts';
import { signalWith } from './signals.ts';
import type { Work } from './work.ts';

type Row = Omit<WebhookRecord, 'types'> & { types: string } & DeliveryCounts;
const countOf = (state: string) => `sum(state = '${state}')`;
const counted = ['waiting', 'delivered', 'failed']
  .map((state) => `coalesce(${countOf(state)}, 0) AS ${state}`)
  .join(', ');

type NoticeRow = { number: number; kind: Notice['kind']; subject: number; at: number };
const noticeOf = (db: Db, { number, kind, subject, at }: NoticeRow): Notice[] => {
  if (kind === 'signal') {
    const signal = signalWith(db, subject);
    return signal ? [{ number, kind, signal }] : [];
  }
  const found = db.prepare('SELECT name, touchpoint FROM devices WHERE id = ?').get(subject);
  const { name, touchpoint } = found as { name: string; touchpoint: string };
  return [{ number, kind, device: { id: subject, name, touchpoint, silentSince: at } }];
};
function forgetHappened(db: Db): void {
  db.exec('DELETE FROM rating_events; DELETE FROM notices');
}

export class SqliteWebhooks implements WebhookStore {
  readonly #work: Work;
  readonly #happened;
  readonly #due;

  constructor(work: Work) {
    this.#work = work;
    this.#happened = work.db.prepare(
      `SELECT number, kind, rating, ratings.placement, product, grade, smiley, ratings.at,
         ratings.at + received_after AS receivedAt, text AS comment
       FROM rating_events JOIN ratings ON ratings.seq = rating LEFT JOIN comments ON comments.seq = rating
       ORDER BY number LIMIT ?`,
    );
    this.#due = work.db.prepare(
      `SELECT event, id, body, attempts, at FROM webhook_deliveries one JOIN webhook_events ON number = event
       WHERE webhook = @webhook AND state = 'waiting' AND due_at <= @now AND NOT EXISTS (
         SELECT 1 FROM webhook_deliveries earlier
         WHERE earlier.webhook = @webhook AND earlier.subject = one.subject AND earlier.event < one.event
           AND earlier.state = 'waiting')
       ORDER BY event LIMIT @most`,
    );
  }

  async all(): Promise<(WebhookRecord & { deliveries: DeliveryCounts })[]> {
    const rows = this.#work.db
      .prepare(
        `SELECT id, name, url, types, sealed, created_at AS createdAt, ${counted}
         FROM webhooks LEFT JOIN webhook_deliveries ON webhook = id GROUP BY id ORDER BY id`,
      )
      .all() as Row[];
    return rows.map(({ waiting, delivered, failed, types, ...row }) => ({
      ...row,
      types: JSON.parse(types),
      deliveries: { waiting, delivered, failed },
    }));
  }

  async add({ name, url, types, sealed, createdAt }: Omit<WebhookRecord, 'id'>): Promise<number> {
    const add = this.#work.db.prepare(
      'INSERT INTO webhooks (name, url, types, sealed, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    return this.#work.transaction(() =>
      Number(add.run(name, url, JSON.stringify(types), sealed, createdAt).lastInsertRowid),
    );
  }

  async remove(id: number): Promise<boolean> {
    const { db } = this.#work;
    return this.#work.transaction(() => {
      const { changes } = db.prepare('DELETE FROM webhooks WHERE id = ?').run(id);
      if (db.prepare('SELECT 1 FROM webhooks').get() === undefined) forgetHappened(db);
      return changes > 0;
    });
  }

  async happened(most: number): Promise<RatingEvent[]> {
    return this.#happened.all(most) as RatingEvent[];
  }

  async noticed(most: number): Promise<Notice[]> {
    const { db } = this.#work;
    const rows = db.prepare('SELECT * FROM notices ORDER BY number LIMIT ?').all(most) as NoticeRow[];
    return rows.flatMap((row) => noticeOf(db, row));
  }

  async record(events: NewEvent[], upTo: Recorded, now: number): Promise<void> {
    const { db } = this.#work;
    const add = db.prepare('INSERT INTO webhook_events (id, type, subject, body, at) VALUES (?, ?, ?, ?, ?)');
    const tell = db.prepare(
      `INSERT INTO webhook_deliveries (webhook, event, subject, state, attempts, due_at, changed_at)
       VALUES (?, ?, ?, 'waiting', 0, ?, ?)`,
    );
    await this.#work.transaction(() => {
      const webhooks = db.prepare('SELECT id, types FROM webhooks').all() as { id: number; types: string }[];
      for (const { id, type, subject, body } of events) {
        const wanting = webhooks.filter(({ types }) => (JSON.parse(types) as string[]).includes(type));
        if (wanting.length === 0) continue;
        const event = add.run(id, type, subject, body, now).lastInsertRowid;
        for (const webhook of wanting) tell.run(webhook.id, event, subject, now, now);
      }
      db.prepare('DELETE FROM rating_events WHERE number <= ?').run(upTo.ratings ?? 0);
      db.prepare('DELETE FROM notices WHERE number <= ?').run(upTo.notices ?? 0);
    });
  }

  async due(webhook: number, most: number, now: number): Promise<Due[]> {
    return isPaused(this.#work.db) ? [] : (this.#due.all({ webhook, most, now }) as Due[]);
  }

  async settle(webhook: number, results: DeliveryResult[], now: number): Promise<void> {
    const set = this.#work.db.prepare(
      `UPDATE webhook_deliveries SET state = ?, due_at = ?, status = ?, reason = ?, attempts = attempts + 1, changed_at = ?
       WHERE webhook = ? AND event = ?`,
    );
    await this.#work.transaction(() => {
      for (const result of results) {
        const { state, status, reason, event } = result;
        set.run(state, state === 'waiting' ? result.dueAt : now, status, reason, now, webhook, event);
      }
    });
  }

  async deliveries(webhook: number, most: number): Promise<DeliveryRecord[] | null> {
    const { db } = this.#work;
    if (db.prepare('SELECT 1 FROM webhooks WHERE id = ?').get(webhook) === undefined) return null;
    return db
      .prepare(
        `SELECT id AS event, type, webhook_events.subject, state, attempts, status, reason, at, changed_at AS changedAt
         FROM webhook_deliveries JOIN webhook_events ON number = event
         WHERE webhook = ? ORDER BY event DESC LIMIT ?`,
      )
      .all(webhook, most) as DeliveryRecord[];
  }

  async replay(webhook: number, events: string[] | null, now: number): Promise<number> {
    const again = this.#work.db.prepare(
      `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, due_at = @now, changed_at = @now
       WHERE webhook = @webhook AND state <> 'waiting' AND CASE WHEN @events IS NULL THEN state = 'failed'
         ELSE event IN (SELECT number FROM webhook_events WHERE id IN (SELECT value FROM json_each(@events))) END`,
    );
    const named = events === null ? null : JSON.stringify(events);
    return this.#work.transaction(() => again.run({ webhook, now, events: named }).changes);
  }

  async counts(): Promise<DeliveryCounts> {
    return this.#work.db.prepare(`SELECT ${counted} FROM webhook_deliveries`).get() as DeliveryCounts;
  }

  async cancel(now: number): Promise<number> {
    const give = this.#work.db.prepare(
      "UPDATE webhook_deliveries SET state = 'failed', reason = 'cancelled', changed_at = ? WHERE state = 'waiting'",
    );
    return this.#work.transaction(() => {
      forgetHappened(this.#work.db);
      return give.run(now).changes;
    });
  }

  async forget(before: number): Promise<void> {
    const drop = this.#work.db.prepare(
      `DELETE FROM webhook_events WHERE at < ?
         AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE event = number AND state = 'waiting')`,
    );
    await this.#work.transaction(() => drop.run(before));
  }
}
