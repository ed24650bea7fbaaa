import { randomBytes } from 'node:crypto';
import { InvitationRules } from '#shared/contract/invitations.ts';
import type {
  ForgetInvitations,
  InvitationOutcome,
  InvitationRecord,
  InvitationStore,
  NewInvitation,
  RateRow,
} from '../port/invitations.ts';
import type { Db } from './db.ts';
import { addMail, erased } from './mail.ts';
import { bytesOfId } from './rows.ts';
import { keepValue, keptValue } from './settings.ts';
import type { Work } from './work.ts';

const freshRules: InvitationRules = { quarantineDays: 90, validDays: 60 };

const delivery = `(SELECT state FROM mail WHERE mail.invitation = invitations.number AND kind = 'invitation'
  ORDER BY mail.id LIMIT 1)`;
const columns = `number, encode(id, 'hex') AS id, token, touchpoint, product, form, moment, language, reference,
  created_at AS "createdAt", expires_at AS "expiresAt", answered_at AS "answeredAt", ${delivery} AS delivery`;
type Row = InvitationRecord & { number: number };

const uuidOf = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const rowWith = (db: Db, column: 'id' | 'token', value: Buffer): Promise<Row | undefined> =>
  db.get(`SELECT ${columns} FROM invitations WHERE ${column} = $1`, [value]);

/** What has gone is written over a few hundred at a time. */
const atOnce = 500;

export class PostgresInvitations implements InvitationStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async rules(): Promise<InvitationRules> {
    const kept = await keptValue(this.#work.db, 'invitations');
    return kept === undefined ? freshRules : InvitationRules.parse(kept);
  }

  async setRules(rules: InvitationRules): Promise<void> {
    await this.#work.transaction((db) => keepValue(db, 'invitations', rules));
  }

  add(invitations: NewInvitation[], now: number): Promise<InvitationOutcome[]> {
    return this.#work.transaction(async (db) => {
      const outcomes: InvitationOutcome[] = [];
      for (const invitation of invitations) outcomes.push(await this.#add(db, invitation, now));
      return outcomes;
    });
  }

  async #add(db: Db, invitation: NewInvitation, now: number): Promise<InvitationOutcome> {
    const known = await rowWith(db, 'id', bytesOfId(invitation.id));
    if (known) {
      const { token, expiresAt, delivery } = known;
      return { status: 'duplicate', token, expiresAt, mailed: delivery !== null };
    }
    const { address, quarantineUntil } = invitation;
    if (address) {
      const reasons = await db.column<'unsubscribed' | 'quarantine'>(
        'SELECT reason FROM spared_addresses WHERE address = $1 AND (until IS NULL OR until > $2)',
        [address, now],
      );
      if (reasons.length > 0)
        return { status: reasons.includes('unsubscribed') ? 'unsubscribed' : 'quarantine' };
      if (quarantineUntil !== null)
        await db.run(
          `INSERT INTO spared_addresses VALUES ($1, 'quarantine', $2)
           ON CONFLICT (address, reason) DO UPDATE SET until = excluded.until`,
          [address, quarantineUntil],
        );
    }
    const { token, touchpoint, product, form, moment, language, reference, expiresAt, mails } = invitation;
    const number = await db.value<number>(
      `INSERT INTO invitations (id, token, touchpoint, product, form, moment, language, reference, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number`,
      [
        ...[bytesOfId(invitation.id), token, touchpoint, product, form, moment, language, reference, now],
        expiresAt,
      ],
    );
    for (const mail of mails) await addMail(db, mail, number!, now);
    return { status: 'accepted', token, expiresAt, mailed: mails.length > 0 };
  }

  async find(by: { token: Buffer } | { id: string }): Promise<InvitationRecord | null> {
    const { db } = this.#work;
    const row = await ('token' in by ? rowWith(db, 'token', by.token) : rowWith(db, 'id', bytesOfId(by.id)));
    if (!row) return null;
    const { number: _, ...record } = row;
    return { ...record, id: uuidOf(record.id) };
  }

  answered(token: Buffer, at: number): Promise<void> {
    return this.#work.transaction(async (db) => {
      const marked = await db.run(
        'UPDATE invitations SET answered_at = $1 WHERE token = $2 AND answered_at IS NULL',
        [at, token],
      );
      if (marked === 0) return;
      await db.run(
        `UPDATE mail SET state = 'cancelled', changed_at = $1, ${erased}
         WHERE state = 'waiting' AND invitation = (SELECT number FROM invitations WHERE token = $2)`,
        [at, token],
      );
    });
  }

  unsubscribe(address: Buffer, now: number): Promise<void> {
    return this.#work.transaction(async (db) => {
      await db.run("INSERT INTO spared_addresses VALUES ($1, 'unsubscribed', NULL) ON CONFLICT DO NOTHING", [
        address,
      ]);
      await db.run(
        `UPDATE mail SET state = 'cancelled', changed_at = $1, ${erased}
         WHERE state = 'waiting' AND address = $2 AND invitation IS NOT NULL`,
        [now, address],
      );
    });
  }

  rates(from: number | null, to: number | null, touchpoints: readonly string[] | null): Promise<RateRow[]> {
    return this.#work.db.all(
      `SELECT product, moment, count(*) AS invited,
         count(*) FILTER (WHERE answered_at IS NOT NULL
           OR coalesce(${delivery}, '') NOT IN ('refused', 'bounced', 'cancelled')) AS reached,
         count(answered_at) AS answered
       FROM invitations
       WHERE ($1::bigint IS NULL OR created_at >= $1) AND ($2::bigint IS NULL OR created_at < $2)
         AND ($3::text[] IS NULL OR touchpoint = ANY($3))
       GROUP BY product, moment ORDER BY product COLLATE "C" NULLS FIRST, moment COLLATE "C"`,
      [from, to, touchpoints],
    );
  }

  forget({ references, invitations, counts, now }: ForgetInvitations): Promise<void> {
    const over = 'answered_at <= $1 OR (answered_at IS NULL AND expires_at <= $1)';
    return this.#work.transaction(async (db) => {
      await db.run(`UPDATE invitations SET reference = NULL WHERE reference IS NOT NULL AND (${over})`, [
        references,
      ]);
      await this.#blank(db, `expires_at > 0 AND (${over})`, invitations);
      await db.run('DELETE FROM spared_addresses WHERE until <= $1', [now]);
      await db.run(
        'DELETE FROM mail WHERE invitation IN (SELECT number FROM invitations WHERE created_at < $1)',
        [counts],
      );
      await db.run('DELETE FROM invitations WHERE created_at < $1', [counts]);
    });
  }

  /** Ids and tokens that nobody has. The end of what has gone is 0, so that it is written once. */
  async #blank(db: Db, which: string, cut: number): Promise<void> {
    for (;;) {
      const numbers = await db.column<number>(
        `SELECT number FROM invitations WHERE ${which} LIMIT ${atOnce}`,
        [cut],
      );
      const random = () => numbers.map(() => randomBytes(16));
      if (numbers.length > 0)
        await db.run(
          `UPDATE invitations i SET reference = NULL, form = NULL, id = n.id, token = n.token, expires_at = 0
           FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS n(number, id, token) WHERE i.number = n.number`,
          [numbers, random(), random()],
        );
      if (numbers.length < atOnce) return;
    }
  }
}
