import { InvitationRules } from '#shared/contract/invitations.ts';
import type {
  ForgetInvitations,
  InvitationOutcome,
  InvitationRecord,
  InvitationStore,
  NewInvitation,
  RateRow,
} from '../port/invitations.ts';
import { addMail, erased } from './mail.ts';
import { bytesOfId } from './rows.ts';
import type { Work } from './work.ts';

const freshRules: InvitationRules = { quarantineDays: 90, validDays: 60 };

const delivery = `(SELECT state FROM mail WHERE mail.invitation = invitations.number AND kind = 'invitation'
  ORDER BY mail.id LIMIT 1)`;
const columns = `number, lower(hex(id)) AS id, token, touchpoint, product, form, moment, language, reference,
  created_at AS createdAt, expires_at AS expiresAt, answered_at AS answeredAt, ${delivery} AS delivery`;
type Row = InvitationRecord & { number: number };

const uuidOf = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

export class SqliteInvitations implements InvitationStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async rules(): Promise<InvitationRules> {
    const kept = this.#work.db.prepare("SELECT value FROM settings WHERE name = 'invitations'").pluck().get();
    return kept === undefined ? freshRules : InvitationRules.parse(JSON.parse(kept as string));
  }

  async setRules(rules: InvitationRules): Promise<void> {
    const set = this.#work.db.prepare("INSERT OR REPLACE INTO settings VALUES ('invitations', ?)");
    await this.#work.transaction(() => set.run(JSON.stringify(rules)));
  }

  add(invitations: NewInvitation[], now: number): Promise<InvitationOutcome[]> {
    return this.#work.transaction(() => invitations.map((invitation) => this.#add(invitation, now)));
  }

  #add(invitation: NewInvitation, now: number): InvitationOutcome {
    const { db } = this.#work;
    const known = this.#row('id', bytesOfId(invitation.id));
    if (known) {
      const { token, expiresAt, delivery } = known;
      return { status: 'duplicate', token, expiresAt, mailed: delivery !== null };
    }
    const { address, quarantineUntil } = invitation;
    if (address) {
      const reasons = db
        .prepare('SELECT reason FROM spared_addresses WHERE address = ? AND (until IS NULL OR until > ?)')
        .pluck()
        .all(address, now) as ('unsubscribed' | 'quarantine')[];
      if (reasons.length > 0)
        return { status: reasons.includes('unsubscribed') ? 'unsubscribed' : 'quarantine' };
      if (quarantineUntil !== null)
        db.prepare("INSERT OR REPLACE INTO spared_addresses VALUES (?, 'quarantine', ?)").run(
          address,
          quarantineUntil,
        );
    }
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO invitations (id, token, touchpoint, product, form, moment, language, reference, created_at, expires_at)
         VALUES (?, ?, @touchpoint, @product, @form, @moment, @language, @reference, ?, @expiresAt)`,
      )
      .run(bytesOfId(invitation.id), invitation.token, now, invitation);
    for (const mail of invitation.mails) addMail(db, mail, lastInsertRowid, now);
    const { token, expiresAt, mails } = invitation;
    return { status: 'accepted', token, expiresAt, mailed: mails.length > 0 };
  }

  #row(column: 'id' | 'token', value: Buffer): Row | undefined {
    return this.#work.db.prepare(`SELECT ${columns} FROM invitations WHERE ${column} = ?`).get(value) as
      | Row
      | undefined;
  }

  async find(by: { token: Buffer } | { id: string }): Promise<InvitationRecord | null> {
    const row = 'token' in by ? this.#row('token', by.token) : this.#row('id', bytesOfId(by.id));
    if (!row) return null;
    const { number: _, ...record } = row;
    return { ...record, id: uuidOf(record.id) };
  }

  async answered(token: Buffer, at: number): Promise<void> {
    const { db } = this.#work;
    await this.#work.transaction(() => {
      const mark = db.prepare(
        'UPDATE invitations SET answered_at = ? WHERE token = ? AND answered_at IS NULL',
      );
      if (mark.run(at, token).changes === 0) return;
      db.prepare(
        `UPDATE mail SET state = 'cancelled', changed_at = ?, ${erased}
         WHERE state = 'waiting' AND invitation = (SELECT number FROM invitations WHERE token = ?)`,
      ).run(at, token);
    });
  }

  async unsubscribe(address: Buffer, now: number): Promise<void> {
    const { db } = this.#work;
    await this.#work.transaction(() => {
      db.prepare("INSERT OR IGNORE INTO spared_addresses VALUES (?, 'unsubscribed', NULL)").run(address);
      db.prepare(
        `UPDATE mail SET state = 'cancelled', changed_at = ?, ${erased}
         WHERE state = 'waiting' AND address = ? AND invitation IS NOT NULL`,
      ).run(now, address);
    });
  }

  async rates(
    from: number | null,
    to: number | null,
    touchpoints: readonly string[] | null,
  ): Promise<RateRow[]> {
    return this.#work.db
      .prepare(
        `SELECT product, moment, count(*) AS invited,
           sum(answered_at IS NOT NULL OR coalesce(${delivery}, '') NOT IN ('refused', 'bounced', 'cancelled')) AS reached,
           count(answered_at) AS answered
         FROM invitations
         WHERE (@from IS NULL OR created_at >= @from) AND (@to IS NULL OR created_at < @to)
           AND (@touchpoints IS NULL OR touchpoint IN (SELECT value FROM json_each(@touchpoints)))
         GROUP BY product, moment ORDER BY product, moment`,
      )
      .all({ from, to, touchpoints: touchpoints && JSON.stringify(touchpoints) }) as RateRow[];
  }

  async forget({ references, invitations, counts, now }: ForgetInvitations): Promise<void> {
    const { db } = this.#work;
    await this.#work.transaction(() => {
      db.prepare(
        `UPDATE invitations SET reference = NULL
         WHERE reference IS NOT NULL AND (answered_at <= @cut OR (answered_at IS NULL AND expires_at <= @cut))`,
      ).run({ cut: references });
      // The end of what has gone is 0, so that it is written once.
      db.prepare(
        `UPDATE invitations SET reference = NULL, form = NULL, id = randomblob(16), token = randomblob(16), expires_at = 0
         WHERE expires_at > 0 AND (answered_at <= @cut OR (answered_at IS NULL AND expires_at <= @cut))`,
      ).run({ cut: invitations });
      db.prepare('DELETE FROM spared_addresses WHERE until <= ?').run(now);
      db.prepare(
        'DELETE FROM mail WHERE invitation IN (SELECT number FROM invitations WHERE created_at < ?)',
      ).run(counts);
      db.prepare('DELETE FROM invitations WHERE created_at < ?').run(counts);
    });
  }
}
