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
import type { Db } from './db.ts';
import { isPaused } from './mail.ts';
import { ratingOf } from './rows.ts';
import { signalWith } from './signals.ts';
import type { Work } from './work.ts';

type Row = Omit<WebhookRecord, 'types'> & { types: string } & DeliveryCounts;
const counted = ['waiting', 'delivered', 'failed']
  .map((state) => `count(*) FILTER (WHERE state = '${state}') AS ${state}`)
  .join(', ');

type NoticeRow = { number: number; kind: Notice['kind']; subject: number; at: number };
async function noticeOf(db: Db, { number, kind, subject, at }: NoticeRow): Promise<Notice[]> {
  if (kind === 'signal') {
    const signal = await signalWith(db, subject);
    return signal ? [{ number, kind, signal }] : [];
  }
  const found = await db.get<{ name: string; touchpoint: string }>(
    'SELECT name, touchpoint FROM devices WHERE id = $1',
    [subject],
  );
  return [{ number, kind, device: { id: subject, ...found!, silentSince: at } }];
}
async function forgetHappened(db: Db): Promise<void> {
  await db.run('DELETE FROM rating_events');
  await db.run('DELETE FROM notices');
}

export class PostgresWebhooks implements WebhookStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async all(): Promise<(WebhookRecord & { deliveries: DeliveryCounts })[]> {
    const rows = await this.#work.db.all<Row>(
      `SELECT id, name, url, types, sealed, created_at AS "createdAt", ${counted}
       FROM webhooks LEFT JOIN webhook_deliveries ON webhook = id GROUP BY id ORDER BY id`,
    );
    return rows.map(({ waiting, delivered, failed, types, ...row }) => ({
      ...row,
      types: JSON.parse(types),
      deliveries: { waiting, delivered, failed },
    }));
  }

  add({ name, url, types, sealed, createdAt }: Omit<WebhookRecord, 'id'>): Promise<number> {
    return this.#work.transaction(async (db) => {
      const id = await db.value<number>(
        'INSERT INTO webhooks (name, url, types, sealed, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id',
        [name, url, JSON.stringify(types), sealed, createdAt],
      );
      return id!;
    });
  }

  remove(id: number): Promise<boolean> {
    return this.#work.transaction(async (db) => {
      const removed = await db.run('DELETE FROM webhooks WHERE id = $1', [id]);
      if ((await db.get('SELECT 1 FROM webhooks LIMIT 1')) === undefined) await forgetHappened(db);
      return removed > 0;
    });
  }

  happened(most: number): Promise<RatingEvent[]> {
    return this.#work.db.all(
      `SELECT e.number, e.kind, e.rating, r.placement, r.product, r.grade, r.smiley, r.at,
         r.at + r.received_after AS "receivedAt", c.text AS comment
       FROM (SELECT * FROM rating_events ORDER BY number LIMIT $1) e
       CROSS JOIN LATERAL (SELECT seq, at FROM rating_numbers WHERE seq = e.rating LIMIT 1) n ${ratingOf('n')}
       LEFT JOIN comments c ON c.seq = e.rating ORDER BY e.number`,
      [most],
    );
  }

  async noticed(most: number): Promise<Notice[]> {
    const { db } = this.#work;
    const rows = await db.all<NoticeRow>('SELECT * FROM notices ORDER BY number LIMIT $1', [most]);
    return (await Promise.all(rows.map((row) => noticeOf(db, row)))).flat();
  }

  async record(events: NewEvent[], upTo: Recorded, now: number): Promise<void> {
    await this.#work.transaction(async (db) => {
      const webhooks = await db.all<{ id: number; types: string }>(
        'SELECT id, types FROM webhooks ORDER BY id',
      );
      for (const { id, type, subject, body } of events) {
        const wanting = webhooks.filter(({ types }) => (JSON.parse(types) as string[]).includes(type));
        if (wanting.length === 0) continue;
        const event = await db.value<number>(
          'INSERT INTO webhook_events (id, type, subject, body, at) VALUES ($1, $2, $3, $4, $5) RETURNING number',
          [id, type, subject, body, now],
        );
        await db.run(
          `INSERT INTO webhook_deliveries (webhook, event, subject, state, attempts, due_at, changed_at)
           SELECT webhook, $2, $3, 'waiting', 0, $4, $4 FROM unnest($1::int[]) AS webhook`,
          [wanting.map((webhook) => webhook.id), event, subject, now],
        );
      }
      await db.run('DELETE FROM rating_events WHERE number <= $1', [upTo.ratings ?? 0]);
      await db.run('DELETE FROM notices WHERE number <= $1', [upTo.notices ?? 0]);
    });
  }

  async due(webhook: number, most: number, now: number): Promise<Due[]> {
    if (await isPaused(this.#work.db)) return [];
    return this.#work.db.all(
      `SELECT event, id, body, attempts, at FROM webhook_deliveries one JOIN webhook_events ON number = event
       WHERE webhook = $1 AND state = 'waiting' AND due_at <= $2 AND NOT EXISTS (
         SELECT 1 FROM webhook_deliveries earlier
         WHERE earlier.webhook = $1 AND earlier.subject = one.subject AND earlier.event < one.event
           AND earlier.state = 'waiting')
       ORDER BY event LIMIT $3`,
      [webhook, now, most],
    );
  }

  async settle(webhook: number, results: DeliveryResult[], now: number): Promise<void> {
    const set = `UPDATE webhook_deliveries
      SET state = $1, due_at = $2, status = $3, reason = $4, attempts = attempts + 1, changed_at = $5
      WHERE webhook = $6 AND event = $7`;
    await this.#work.transaction(async (db) => {
      for (const result of results) {
        const { state, status, reason, event } = result;
        await db.run(set, [
          state,
          state === 'waiting' ? result.dueAt : now,
          status,
          reason,
          now,
          webhook,
          event,
        ]);
      }
    });
  }

  async deliveries(webhook: number, most: number): Promise<DeliveryRecord[] | null> {
    const { db } = this.#work;
    if ((await db.get('SELECT 1 FROM webhooks WHERE id = $1', [webhook])) === undefined) return null;
    return db.all(
      `SELECT id AS event, type, webhook_events.subject, state, attempts, status, reason, at, changed_at AS "changedAt"
       FROM webhook_deliveries JOIN webhook_events ON number = event
       WHERE webhook = $1 ORDER BY webhook_deliveries.event DESC LIMIT $2`,
      [webhook, most],
    );
  }

  replay(webhook: number, events: string[] | null, now: number): Promise<number> {
    return this.#work.transaction((db) =>
      db.run(
        `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, due_at = $1, changed_at = $1
         WHERE webhook = $2 AND state <> 'waiting' AND CASE WHEN $3::text[] IS NULL THEN state = 'failed'
           ELSE event IN (SELECT number FROM webhook_events WHERE id = ANY($3)) END`,
        [now, webhook, events],
      ),
    );
  }

  async counts(): Promise<DeliveryCounts> {
    return (await this.#work.db.get<DeliveryCounts>(`SELECT ${counted} FROM webhook_deliveries`))!;
  }

  cancel(now: number): Promise<number> {
    return this.#work.transaction(async (db) => {
      await forgetHappened(db);
      return db.run(
        "UPDATE webhook_deliveries SET state = 'failed', reason = 'cancelled', changed_at = $1 WHERE state = 'waiting'",
        [now],
      );
    });
  }

  async forget(before: number): Promise<void> {
    const drop = `DELETE FROM webhook_events WHERE at < $1
      AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE event = number AND state = 'waiting')`;
    await this.#work.transaction((db) => db.run(drop, [before]));
  }
}
