/**
 * `waiting` for its time, `sending` now, `sent` (the next server took it), `delivered` (its provider says so), `refused`
 * (by a server, or given up), `bounced` afterwards, `unknown` (the reply was lost; not sent again), `cancelled`.
 */
export const mailStates = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'refused',
  'bounced',
  'unknown',
  'cancelled',
] as const;
export type MailState = (typeof mailStates)[number];

/** A message to one address; `sealed` can only be read with the key that is not in the database. */
export interface NewMail {
  kind: string;
  sealed: Buffer;
  /** Keyed hash of the address, to find what waits for it; forgotten with the content. */
  address: Buffer;
  /** Not before, in milliseconds UTC. */
  dueAt: number;
}

export interface TakenMail {
  id: number;
  kind: string;
  sealed: Buffer;
  /** How often it was tried before. */
  attempts: number;
  queuedAt: number;
}

/** How an attempt ended. All but `waiting` is the end: the content is erased. */
export type MailResult =
  | { id: number; state: 'sent'; reference?: string }
  | { id: number; state: 'refused' | 'unknown'; reason: string }
  | { id: number; state: 'waiting'; reason: string; dueAt: number };

/** What is left of a message: no address, no content. */
export interface MailRecord {
  id: number;
  kind: string;
  state: MailState;
  attempts: number;
  /** Since when it waits: not before it was first due. */
  queuedAt: number;
  dueAt: number;
  changedAt: number;
  /** Of the server or provider, without addresses. */
  reason: string | null;
}

/** The messages that wait for the post, and what became of the others. Times in milliseconds UTC. */
export interface MailStore {
  queue(mails: NewMail[], now: number): Promise<void>;
  /** Marks at most so many that are due as being sent, the oldest first; none while what goes out is paused. */
  take(most: number, now: number): Promise<TakenMail[]>;
  settle(results: MailResult[], now: number): Promise<void>;
  /** What was being sent when a process ended: whether it was is unknown. Their number. */
  interrupted(now: number): Promise<number>;
  /** What the provider says afterwards of what it took; false for a reference that is not known. */
  report(
    reference: string,
    state: 'delivered' | 'bounced',
    reason: string | null,
    now: number,
  ): Promise<boolean>;
  /** Cancels what waits: all of it, or what waits for one address. Their number. */
  cancel(address: Buffer | null, now: number): Promise<number>;
  counts(): Promise<Record<MailState, number>>;
  /** Newest first. */
  recent(most: number): Promise<MailRecord[]>;
  /** Forgets what became of messages before a time. */
  forget(before: number): Promise<void>;
}

/** Whether mail and webhooks may go out: after a restore only when an administrator says so. */
export interface OutgoingStore {
  paused(): Promise<boolean>;
  pause(paused: boolean): Promise<void>;
}
