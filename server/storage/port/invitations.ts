import type { InvitationRules, Moment } from '#shared/contract/invitations.ts';
import type { MailState, NewMail } from './mail.ts';

/** One person to be asked, with the messages that go with it: all of it is kept, or nothing. */
export interface NewInvitation {
  /** A UUID in lower case. */
  id: string;
  /** The secret part of the link. */
  token: Buffer;
  touchpoint: string;
  product: string | null;
  form: string | null;
  moment: Moment;
  language: string;
  reference: string | null;
  expiresAt: number;
  /** Keyed hash of who is asked; null when the caller did not say. */
  address: Buffer | null;
  /** Until when the same address is not asked again; null: it may be. */
  quarantineUntil: number | null;
  /** The invitation, and a reminder for later. */
  mails: NewMail[];
}

export interface InvitationRecord {
  id: string;
  token: Buffer;
  touchpoint: string;
  product: string | null;
  form: string | null;
  moment: Moment;
  language: string;
  reference: string | null;
  createdAt: number;
  expiresAt: number;
  answeredAt: number | null;
  /** What became of its message; null where the caller sends the link. */
  delivery: MailState | null;
}

export type InvitationOutcome =
  | { status: 'accepted' | 'duplicate'; token: Buffer; expiresAt: number; mailed: boolean }
  | { status: 'quarantine' | 'unsubscribed' };

export interface RateRow {
  product: string | null;
  moment: Moment;
  invited: number;
  reached: number;
  answered: number;
}

/** Before when what is forgotten, in milliseconds UTC. */
export interface ForgetInvitations {
  references: number;
  invitations: number;
  counts: number;
  now: number;
}

/** Who was asked, without addresses. Times in milliseconds UTC. */
export interface InvitationStore {
  rules(): Promise<InvitationRules>;
  setRules(rules: InvitationRules): Promise<void>;
  /** Keeps all or none, in order; an address that is in quarantine or unsubscribed is not asked. */
  add(invitations: NewInvitation[], now: number): Promise<InvitationOutcome[]>;
  find(by: { token: Buffer } | { id: string }): Promise<InvitationRecord | null>;
  /** The first answer counts; what was still to be sent is cancelled. */
  answered(token: Buffer, at: number): Promise<void>;
  /** Not to be asked again, ever; what waits for it is cancelled. */
  unsubscribe(address: Buffer, now: number): Promise<void>;
  /** Invited in this period to rate one of these touchpoints (null: any), per product and moment. */
  rates(from: number | null, to: number | null, touchpoints: readonly string[] | null): Promise<RateRow[]>;
  /**
   * Of what was answered or ran out: references before `references`; before `invitations` all but what the response
   * rate counts, so that no link leads to it. Quarantines that ended before `now`; what was made before `counts` whole.
   */
  forget(before: ForgetInvitations): Promise<void>;
}
